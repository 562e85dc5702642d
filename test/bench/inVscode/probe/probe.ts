// An extension of its own, activated before all others in the same extension host: it measures ours from outside.
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { Loads } from './loads';
import { calm, collectedHeap, OwnTime } from './hostProcess';
import { WakeUps } from './wakeUps';

const loads = new Loads();
/** Off elsewhere: looking at every stack slows down what is timed. */
const wakeUps = process.env['BENCH_WAKE_UPS'] === undefined ? undefined : new WakeUps();
const ownTime = new OwnTime();

/** What the benchmark may ask; both sides of the socket read this. */
const answers = {
  run: (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args),
  /** How long VS Code took to load and to activate an extension, once it has. */
  loadOf: (extensionId: string) => loads.of(extensionId),
  /** Resolves when this process has nothing to do. */
  calm,
  collectedHeap,
  cpuMs: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  /** By kind and place: how often the extension's own code was woken since it was asked last. */
  wakeUps: (): Readonly<Record<string, number>> => wakeUps?.take() ?? {},
  startOwnTime: () => ownTime.start(),
  endOwnTime: () => ownTime.end(),
  end: () => process.kill(process.pid, 'SIGKILL'),
};

export type ProbeAnswers = typeof answers;

export interface ProbeRequest {
  readonly id: number;
  readonly name: keyof ProbeAnswers;
  readonly args: readonly unknown[];
}

export interface ProbeReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Calls the benchmark, which waits on the port it named. */
export function activate(): void {
  const socket = createConnection(Number(process.env['BENCH_PROBE_PORT']), '127.0.0.1');
  const reply = (message: ProbeReply): void => void socket.write(`${JSON.stringify(message)}\n`);
  createInterface(socket).on('line', (line) => {
    const { id, name, args } = JSON.parse(line) as ProbeRequest;
    const answer = answers[name] as (...given: readonly unknown[]) => unknown;
    Promise.resolve()
      .then(() => answer(...args))
      .then(
        (value) => reply({ id, value }),
        (error: unknown) => reply({ id, error: String(error) }),
      );
  });
}
