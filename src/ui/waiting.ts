import type { Disposable } from '../base/event';
import type { Settings } from '../host/settings';
import type { Subjects } from './commands/arguments';
import { watchCommands } from './commands/watchCommands';
import { waitTasks } from './tasks/waitTasks';
import type { WaiterParts } from '../sessions/wait/waiter';
import type { BudgetGuard } from './budgetGuard';
import { Watches, type WatchesParts } from './watch/watches';

export interface WaitingParts extends Omit<WatchesParts, 'waiter'> {
  readonly checker: WaiterParts['checker'];
  readonly store: WaiterParts['store'];
  readonly budget: BudgetGuard;
  readonly subjects: Subjects;
  readonly settings: Pick<Settings, 'watchMinutes'>;
}

/** All that waits for clients: watches and tasks. */
export function waiting(parts: WaitingParts): Disposable[] {
  const { checker, store, budget } = parts;
  const waiter = { checker, store, now: Date.now, isSpent: budget.isSpent };
  const watches = new Watches({ ...parts, waiter });
  return [watches, ...watchCommands({ ...parts, watches }), waitTasks({ ...parts, waiter })];
}
