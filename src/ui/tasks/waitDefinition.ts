import * as v from 'valibot';
import * as vscode from 'vscode';
import { clientIdProblem } from '../../model/clientIds/clientId';
import { InventoryEditError } from '../../model/inventory/editInventory';
import { findInstance, type Instance, type Inventory } from '../../model/inventory/inventory';
import type { Wish } from '../../sessions/wait/condition';
import { numberText } from '../words/numbers';
import { UserError } from '../userError';
import { clientIdProblemText, editProblemText } from '../words/words';
import { saidText } from '../words/joiners';

const t = vscode.l10n.t;

/** The type of the task, as tasks.json has it. */
export const TASK_TYPE = 'apsaramq-mqtt';

/** A longer list belongs into a group. */
const MOST_CLIENTS = 1000;
const MOST_SECONDS = 86_400;
const seconds = (least: number) => v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(MOST_SECONDS));
const shape = v.object({
  type: v.literal(TASK_TYPE),
  instance: v.optional(v.string()),
  clients: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MOST_CLIENTS))),
  group: v.optional(v.string()),
  waitFor: v.optional(v.picklist(['online', 'offline', 'restart']), 'online'),
  match: v.optional(v.picklist(['all', 'any']), 'all'),
  stableForSeconds: v.optional(seconds(0), 0),
  timeoutSeconds: v.optional(seconds(1), 120),
  verify: v.optional(v.boolean(), true),
});

/** What each key may hold, for the sentence that names the one at fault. */
const rules = (): Readonly<Record<keyof typeof shape.entries, string>> => ({
  type: t('the name of the task type'),
  instance: t('the name or ID of a saved instance'),
  clients: t('a list of {0} to {1} client IDs; a group may have more', numberText(1), numberText(MOST_CLIENTS)),
  group: t('the name of a saved group'),
  waitFor: t('"online", "offline" or "restart"'),
  match: t('"all" or "any"'),
  stableForSeconds: t('a number of seconds from {0} to {1}', numberText(0), numberText(MOST_SECONDS)),
  timeoutSeconds: t('a number of seconds from {0} to {1}', numberText(1), numberText(MOST_SECONDS)),
  verify: t('true or false'),
});

/** A task that can run: whom to ask, and what to wait for. */
export interface WaitTask {
  readonly instance: Instance;
  readonly group: string | undefined;
  readonly wish: Wish;
  readonly timeoutSeconds: number;
  readonly verify: boolean;
}

/** Reads a task's definition against what is saved. Throws UserError with one sentence that says what is wrong. */
export function readWaitTask(definition: unknown, inventory: Inventory): WaitTask {
  const parsed = v.safeParse(shape, definition);
  if (!parsed.success) throw new UserError(problemText(parsed.issues[0].path?.[0]?.key));
  const { instance: named, group, clients, waitFor, match, stableForSeconds, timeoutSeconds, verify } = parsed.output;
  if ((clients === undefined) === (group === undefined))
    throw new UserError(t('The task needs "clients" or "group", one of them.'));
  if (stableForSeconds >= timeoutSeconds)
    throw new UserError(t('"stableForSeconds" must be less than "timeoutSeconds", or the task can never succeed.'));
  const instance = instanceNamed(named, inventory);
  const clientIds = [...new Set(clients ?? clientsOf(instance, group ?? ''))];
  for (const clientId of clientIds) {
    const problem = clientIdProblem(clientId);
    if (problem !== undefined && clients !== undefined)
      throw new UserError(saidText(`"${clientId}"`, clientIdProblemText(problem)));
  }
  return { instance, group, wish: { clientIds, waitFor, match, stableForSeconds }, timeoutSeconds, verify };
}

function problemText(key: unknown): string {
  const known = Object.entries(rules()).find(([name]) => name === key);
  return known === undefined
    ? t('The definition of this task has the wrong shape.')
    : t('"{0}" of the task must be {1}.', ...known);
}

function instanceNamed(named: string | undefined, { instances }: Inventory): Instance {
  const [first, second] = instances;
  if (first === undefined)
    throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
  if (named === undefined && second !== undefined)
    throw new UserError(t('Several instances are saved: name one of them in "instance".'));
  const instance = named === undefined ? first : findInstance({ instances }, named);
  if (instance === undefined)
    throw new UserError(editProblemText(new InventoryEditError('noSuchInstance', named ?? '')));
  return instance;
}

function clientsOf({ groups }: Instance, group: string): readonly string[] {
  const found = groups.find(({ name }) => name === group);
  if (found === undefined) throw new UserError(editProblemText(new InventoryEditError('noSuchGroup', group)));
  if (found.clientIds.length === 0)
    throw new UserError(t('Group "{0}" has no clients yet. Run "Add Clients" first.', group));
  return found.clientIds;
}
