import { buildVsix } from '../../host/buildVsix';
import { paths } from '../../host/paths';
import { medianOf, type Row } from '../row';
import { buildEmptyExtension } from './benchExtensions';
import { EXTENSION_ID } from './benchWindow';
import type { Load } from './probe/loads';
import { VscodeBench } from './vscodeBench';

const WINDOWS = 9;
const EMPTY_ID = 'bench.empty';

/** Our activation against that of an empty extension, in the same fresh windows. */
export async function activation(): Promise<Row[]> {
  await buildVsix();
  const bench = await VscodeBench.start([await buildEmptyExtension(), paths.vsix]);
  const ours: Load[] = [];
  const empty: Load[] = [];
  await (await bench.open()).close(); // the first window of a server fills its caches
  for (let at = 0; at < WINDOWS; at++) {
    const window = await bench.open();
    ours.push(await window.probe.ask('loadOf', EXTENSION_ID));
    empty.push(await window.probe.ask('loadOf', EMPTY_ID));
    await window.close();
  }
  await bench.dispose();
  const whole = (loads: readonly Load[]) => medianOf(loads.map(({ loadMs, activateMs }) => loadMs + activateMs));
  return [
    { what: 'Activation: time against an empty extension', value: whole(ours) / whole(empty), unit: '×' },
    { what: 'Activation: loading the code', value: medianOf(ours.map(({ loadMs }) => loadMs)), unit: 'ms' },
    { what: 'Activation: activate()', value: medianOf(ours.map(({ activateMs }) => activateMs)), unit: 'ms' },
    { what: 'Activation: an empty extension, both', value: whole(empty), unit: 'ms' },
  ];
}
