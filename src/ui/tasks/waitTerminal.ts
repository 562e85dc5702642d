import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance } from '../../model/inventory/inventory';
import { Waiter, type WaiterParts, type WaitEvent, type WaitOutcome } from '../../sessions/wait/waiter';
import { waitCost } from '../../sessions/wait/waitPace';
import { durationText } from '../words/ages';
import type { BudgetGuard } from '../budgetGuard';
import { numberText } from '../words/numbers';
import { UserError } from '../userError';
import {
  costText,
  metText,
  missingText,
  restartCaveat,
  seenText,
  stableText,
  subjectText,
  timedOutText,
} from '../words/waitWords';
import { errorText } from '../words/failureWords';
import { withoutControls } from '../words/words';
import { readWaitTask, type WaitTask } from './waitDefinition';
import { saidText } from '../words/joiners';

const t = vscode.l10n.t;

/** As shells do it for a program ended by Ctrl-C. */
const CODES = { met: 0, timedOut: 1, failed: 2, removed: 2, spent: 2, cancelled: 130 } as const;
/** A terminal that ends sooner with another code than 0 is said by VS Code to have failed to launch, which is not so. */
const LAUNCHED_MS = 700;
const CTRL_C = '\x03';
/** Of a long list neither the first sight of every client is told one by one, nor all that are missing. */
const MOST_LINES = 20;

export interface WaitTerminalParts {
  readonly waiter: WaiterParts;
  readonly inventory: Inventories;
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly log: Log;
}

/** The terminal of one waiting task: a line for each change, and the exit code. */
export class WaitTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  private readonly abort = new AbortController();
  private rounds = 0;
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  constructor(
    private readonly parts: WaitTerminalParts,
    private readonly definition: vscode.TaskDefinition,
  ) {}

  open(): void {
    const launched = sleep(LAUNCHED_MS, undefined, { signal: this.abort.signal }).catch(() => undefined);
    void this.run().then(async (code) => {
      if (code !== CODES.met) await launched;
      this.closed.fire(code);
    });
  }

  /** The task was ended, or its terminal closed. */
  close(): void {
    this.abort.abort();
  }

  handleInput(data: string): void {
    if (data === CTRL_C) this.abort.abort();
  }

  private async run(): Promise<number> {
    try {
      return await this.wait();
    } catch (error) {
      const isSayable = error instanceof UserError;
      if (!isSayable)
        this.parts.log.error(error instanceof Error ? `${error.name}: ${error.message}` : 'A task failed');
      this.line(isSayable ? error.message : t('Something went wrong; the log says more.'));
      return CODES.failed;
    }
  }

  private async wait(): Promise<number> {
    const { inventory, budget, waiter } = this.parts;
    await inventory.ready;
    const task = readWaitTask(this.definition, inventory.inventory);
    const { instance, wish, verify, timeoutSeconds } = task;
    if (!(await budget.mayAsk([instance.instanceId])))
      throw new UserError(t('Today\'s call budget of "{0}" is spent, so nothing was asked.', instance.name));
    const cost = costText(waitCost(wish.clientIds.length, verify, timeoutSeconds));
    const time = durationText(timeoutSeconds);
    this.line(t('Waiting for {0} until {1}, {2} at most ({3}).', subjectOf(task), stableText(wish), time, cost));
    const outcome = await new Waiter(waiter, {
      instanceId: instance.instanceId,
      target: () => findInstance(inventory.inventory, instance.instanceId),
      wish,
      verify,
      deadline: waiter.now() + timeoutSeconds * 1000,
      report: (event) => this.report(event, wish.clientIds.length),
    }).run(this.abort.signal);
    this.tell(task, outcome);
    return CODES[outcome.kind];
  }

  private report(event: WaitEvent, clients: number): void {
    switch (event.kind) {
      case 'seen':
        if (event.from !== undefined || clients <= MOST_LINES) this.line(seenText(event));
        return;
      case 'trouble': {
        this.line(
          `${errorText(event.error)} ${t('Next try in {0}.', durationText(Math.round(event.nextInMs / 1000)))}`,
        );
        return;
      }
      case 'round':
        if (this.rounds++ === 0 && clients > MOST_LINES)
          this.line(t('{0} of {1} missing', numberText(event.missing.length), numberText(clients)));
    }
  }

  private tell(task: WaitTask, outcome: WaitOutcome): void {
    switch (outcome.kind) {
      case 'met': {
        this.line(metText(subjectOf(task), task.wish, outcome));
        return;
      }
      case 'timedOut': {
        this.line(timedOutText(subjectOf(task), task.wish, task.timeoutSeconds));
        for (const missing of outcome.missing.slice(0, MOST_LINES)) this.line(`  ${missingText(missing)}`);
        const more = outcome.missing.length - MOST_LINES;
        if (more > 0) this.line(`  ${t('{0} more', numberText(more))}`);
        if (task.wish.waitFor === 'restart') this.line(restartCaveat());
        return;
      }
      case 'failed': {
        const isOne = task.wish.clientIds.length === 1;
        this.line(isOne ? errorText(outcome.error) : saidText(outcome.clientId, errorText(outcome.error)));
        return;
      }
      case 'removed': {
        this.line(t('There is no instance "{0}" in the inventory.', task.instance.instanceId));
        return;
      }
      case 'spent': {
        this.line(t('Today\'s call budget of "{0}" is spent, so the task waits no longer.', task.instance.name));
        return;
      }
      case 'cancelled': {
        this.line(t('Stopped.'));
        return;
      }
    }
  }

  private line(text: string): void {
    this.written.fire(`${withoutControls(text)}\r\n`);
  }
}

function subjectOf({ wish, group }: WaitTask): string {
  return subjectText(wish.clientIds, group);
}
