import { buildVsix } from '../../host/buildVsix';
import { paths } from '../../host/paths';
import { medianOf, type Row } from '../row';
import { groupName, inventoryOf, type Fleet } from './fleet';
import { VscodeBench } from './vscodeBench';

const WINDOWS = 3;
const CLIENTS = 100_000;
const full: Fleet = { name: 'full', clients: CLIENTS, groups: 200 };
const one: Fleet = { name: 'one', clients: 1, groups: 1 };
/** Nobody is asked here. */
const nowhere = {
  apiEndpoint: '127.0.0.1:9',
  mqttUrl: '',
  instanceId: 'mqtt-cn-bench',
  accessKeyId: '',
  accessKeySecret: '',
};

interface Heap {
  readonly saved: number;
  readonly drawn: number;
}

/** What 100,000 saved clients take in the extension host: its heap after a full collection, against that for one client. */
export async function heap(): Promise<Row[]> {
  await buildVsix();
  const bench = await VscodeBench.start([paths.vsix]);
  const measure = async (fleet: Fleet): Promise<Heap[]> => {
    await bench.save(inventoryOf(fleet, nowhere));
    const heaps: Heap[] = [];
    for (let at = 0; at < WINDOWS; at++) heaps.push(await heapOf(bench));
    return heaps;
  };
  const few = await measure(one);
  const many = await measure(full);
  await bench.dispose();
  const perClient = (of: (heap: Heap) => number) => (medianOf(many.map(of)) - medianOf(few.map(of))) / CLIENTS;
  return [
    { what: 'Memory of a saved client, the view never opened', value: perClient(({ saved }) => saved), unit: 'bytes' },
    { what: 'Memory of a saved client, the view opened', value: perClient(({ drawn }) => drawn), unit: 'bytes' },
  ];
}

async function heapOf(bench: VscodeBench): Promise<Heap> {
  const window = await bench.open();
  await window.atRest();
  const saved = await window.probe.ask('collectedHeap');
  await window.openView(new RegExp(`^Group ${groupName(0)},`));
  const drawn = await window.probe.ask('collectedHeap');
  await window.close();
  return { saved, drawn };
}
