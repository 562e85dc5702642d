import { lookUpRows } from '../../src/model/lookup/lookUpRows';
import { SavedClients } from '../../src/model/lookup/savedClients';
import { clientIds } from './askers';
import { medianOf, type Row } from './row';

/** Typed letter by letter, then deleted again. */
const TYPED = ['GID_bench@@@99', '0123', 'ben 17', 'bnch42', 'nothing', 'b@1'];

/** What a key stroke in the look-up takes among 100,000 saved clients. */
export function typing(): Promise<Row[]> {
  const groups = [{ name: 'Fleet', clientIds: clientIds(100_000) }];
  const startedAt = cpuMilliseconds();
  const saved = new SavedClients({ name: 'Bench', instanceId: 'mqtt-bench', credential: 'bench', groups });
  const opened = cpuMilliseconds() - startedAt;
  const strokes = TYPED.flatMap(strokesOf).map((text) => {
    const strokeAt = cpuMilliseconds();
    lookUpRows(text, { saved, recent: [] });
    return cpuMilliseconds() - strokeAt;
  });
  const sorted = [...strokes].sort((a, b) => a - b);
  return Promise.resolve([
    { what: 'Look-up: CPU to make 100,000 saved clients ready', value: opened, unit: 'ms' },
    { what: 'Look-up: CPU of a key stroke, median', value: medianOf(strokes), unit: 'ms', goal: '< 20' },
    {
      what: 'Look-up: CPU of a key stroke, 19 of 20',
      value: sorted[Math.floor(sorted.length * 0.95)] ?? NaN,
      unit: 'ms',
      goal: '< 20',
    },
  ]);
}

function strokesOf(text: string): string[] {
  const forth = Array.from(text, (_, at) => text.slice(0, at + 1));
  return [...forth, ...forth.slice(0, -1).reverse()];
}

/** Other work of the machine does not count here. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
