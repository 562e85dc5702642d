import * as v from 'valibot';
import type * as vscode from 'vscode';
import { kept } from '../../host/kept';
import type { Instance } from '../../model/inventory/inventory';
import { SavedClients } from '../../model/lookup/savedClients';
import type { CheckResult, Checks } from '../checks';
import { readArguments, type Subjects } from '../commands/arguments';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { LookUpPick, type LookUpPickParts } from './lookUpPick';
import { LookUpState, type LookUpStateParts } from './lookUpState';
import { RecentLookUps, type RecentLookUpsParts } from './recentLookUps';

/** Under this key of the workspace. */
const RECENT_LOOK_UPS = 'recentLookUps';

const shape = v.object({
  instance: v.optional(v.string()),
  clientIds: v.optional(v.array(v.string())),
  verify: v.optional(v.boolean(), false),
});

export interface LookUpParts extends LookUpPickParts, Omit<LookUpStateParts, 'inventory' | 'recent' | 'savedOf'> {
  readonly checks: Checks;
  readonly subjects: Subjects;
  readonly placeOf: RecentLookUpsParts['placeOf'];
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
}

/** Looks up any client IDs, saved or not: in a list for a person, as results for a caller that names them. */
export function lookUp(parts: LookUpParts): vscode.Disposable {
  const { inventory, checks, subjects, lookUpInstance, placeOf, memento, log } = parts;
  const recent = new RecentLookUps({ kept: kept(memento, RECENT_LOOK_UPS), inventory, placeOf });
  const savedOf = savedClients();

  /** A row chosen by hand is remembered, an instance that a caller names is not. */
  async function instanceOf(argument: unknown): Promise<Instance | undefined> {
    const isNamed = !isTreeNode(argument) && readArguments(shape, argument ?? {}).instance !== undefined;
    if (isNamed) return subjects.instance(argument);
    if (!isTreeNode(argument)) return lookUpInstance.get();
    const instance = await subjects.instance(argument);
    if (instance !== undefined) await lookUpInstance.remember(instance);
    return instance;
  }

  return registerCommand('lookUpClients', log, async (argument): Promise<CheckResult[] | undefined> => {
    await inventory.ready;
    const target = await instanceOf(argument);
    if (target === undefined) return undefined;
    const { clientIds, verify } = isTreeNode(argument) ? {} : readArguments(shape, argument ?? {});
    if (clientIds !== undefined) return checks.run([{ target, clientIds }], verify ? 'verified' : 'cached');
    const state = new LookUpState({ ...parts, recent, savedOf }, target, await recent.of(target.instanceId));
    new LookUpPick(parts, state).show();
    return undefined;
  });
}

/** Those of the last instance stay ready until its inventory changes. */
function savedClients(): (instance: Instance) => SavedClients {
  let last: SavedClients | undefined;
  return (instance) => {
    if (last?.instance !== instance) last = new SavedClients(instance);
    return last;
  };
}
