import { buildVsix } from '../../host/buildVsix';
import { paths } from '../../host/paths';
import { medianOf, type Row } from '../row';
import { clientIdOf, fleetsOf, groupName, inventoryOf, type Fleet } from './fleet';
import type { BenchWindow } from './benchWindow';
import { Gateway } from './gateway';
import { LateError } from './inTime';
import { VscodeBench } from './vscodeBench';

const WINDOWS = 3;
/** Rows that are in sight for certain. */
const ROWS = 8;
const CLIENTS_SHOWN_AT_ONCE = 50;

const firstGroupRow = new RegExp(`^Group ${groupName(0)},`);
const clientRow = (client: number, said = '') => new RegExp(`^${clientIdOf(0, client)}, .*${said}`);

/** Milliseconds; Infinity for what did not come within two minutes, undefined for what was not measured. */
interface Painted {
  readonly viewMs?: number;
  readonly openMs?: number;
  readonly redrawnMs?: number;
}

/** First paint, opening a group, and from an answer to its row, for so many clients. */
export async function tree(clients: number, groups: number): Promise<Row[]> {
  await buildVsix();
  const gateway = await Gateway.start('--cache-ms', '0');
  const bench = await VscodeBench.start([paths.vsix]);
  const rows: Row[] = [];
  for (const fleet of fleetsOf(clients, groups)) {
    const painted: Painted[] = [];
    while (painted.length < WINDOWS && !painted.some(isLate)) {
      await bench.save(inventoryOf(fleet, gateway.info));
      const window = await bench.open();
      painted.push(await paint(window, fleet, gateway));
      console.log(fleet.name, painted.at(-1));
      await window.close();
    }
    rows.push(...rowsOf(fleet, painted));
  }
  await bench.dispose();
  await gateway.dispose();
  return rows;
}

async function paint(window: BenchWindow, { clients, groups }: Fleet, gateway: Gateway): Promise<Painted> {
  await window.setCredential(gateway.info);
  await window.atRest();
  const viewMs = await window.openView(firstGroupRow);
  const isOpen = clients / groups <= CLIENTS_SHOWN_AT_ONCE; // from the start
  const opened = isOpen ? {} : { openMs: await orLate(window.openRow(firstGroupRow, clientRow(0))) };
  const painted = { viewMs, ...opened };
  return isLate(painted) ? painted : { ...painted, redrawnMs: await orLate(redraw(window, gateway)) };
}

function orLate(work: Promise<number>): Promise<number> {
  return work.catch((error: unknown) => {
    if (error instanceof LateError) return Infinity;
    throw error;
  });
}

function isLate(painted: Painted): boolean {
  return Object.values(painted).includes(Infinity);
}

/** From the moment the answer has left the server until the client's row says so. */
async function redraw(window: BenchWindow, gateway: Gateway): Promise<number> {
  await window.probe.ask('calm');
  const times: number[] = [];
  for (let client = 0; client < ROWS; client++) {
    const instance = gateway.info.instanceId;
    const [redrawnAt] = await Promise.all([
      window.rowAt(clientRow(client, 'verified')),
      window.command('verifyClient', { instance, clientId: clientIdOf(0, client) }),
    ]);
    times.push(redrawnAt - gateway.lastAnswerAt);
  }
  return medianOf(times);
}

function rowsOf({ name }: Fleet, painted: readonly Painted[]): Row[] {
  const row = (what: string, of: (one: Painted) => number | undefined): Row[] => {
    const values = painted.map(of).filter((value) => value !== undefined);
    return values.length === 0 ? [] : [{ what: `${name}: ${what}`, value: medianOf(values), unit: 'ms' }];
  };
  return [
    ...row('from opening the view to its rows', ({ viewMs }) => viewMs),
    ...row('from opening a group to its first client', ({ openMs }) => openMs),
    ...row('from an answer to its redrawn row', ({ redrawnMs }) => redrawnMs),
  ];
}
