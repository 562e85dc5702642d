import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { ApiError } from '../../model/apiError';
import { destination } from '../../model/destination';
import { detailsOf, type Instance } from '../../model/inventory/inventory';
import { REGION_IDS } from '../../model/regions';
import type { FitCheck } from '../../sessions/fitCheck';
import { clientToAskAbout } from '../accountCalls';
import type { BudgetGuard } from '../budgetGuard';
import type { Subjects } from '../commands/arguments';
import { pick, type PickItem } from '../inputs/steps';
import { registerCommand } from '../run';
import { tellInformation, tellWarning, withoutIcons, whileTelling } from '../tell';
import { UserError } from '../userError';
import { errorText } from '../words/failureWords';
import { saidText } from '../words/joiners';
import { destinationProblemText } from '../words/words';

const t = vscode.l10n.t;

export interface RegionTrialParts {
  readonly inventory: Pick<Inventories, 'edit'>;
  readonly fitCheck: Pick<FitCheck, 'check'>;
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** "Try Another Region…": one call in the region that the person chooses, and where it fits, an offer to save it. */
export function tryRegionCommand(parts: RegionTrialParts): vscode.Disposable {
  return registerCommand('tryRegion', parts.log, async (argument) => {
    const instance = await parts.subjects.instance(argument);
    if (instance === undefined) return;
    if (instance.origin !== undefined)
      throw new UserError(t('A workspace names this instance: its region stands in the file of the folder.'));
    for (let isGoingOn = true; isGoingOn;) isGoingOn = await tryOne(parts, instance);
  });
}

/** True where the person wants to try one more. */
async function tryOne(parts: RegionTrialParts, instance: Instance): Promise<boolean> {
  const regionId = await askRegion(instance);
  if (regionId === undefined || !(await parts.budget.mayAsk([instance.instanceId]))) return false;
  const target = { instanceId: instance.instanceId, credential: instance.credential, regionId };
  const failed = await whileTelling(t('Asking {0} for "{1}"', regionId, instance.name), (signal) =>
    parts.fitCheck.check(target, clientToAskAbout(instance), signal).then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError')),
    ),
  );
  if (failed?.kind === 'cancelled') return false;
  if (failed !== undefined) {
    const more = t('Try Another Region… (1 call)');
    return (await tellWarning(saidText(regionId, errorText(failed)), more)) === more;
  }
  const save = t('Save This Region');
  const found = t('"{0}" answers in {1} with this key.', instance.name, regionId);
  if ((await tellInformation(found, save)) !== save) return false;
  const details = { ...detailsOf(instance), regionId, endpoint: undefined };
  await parts.inventory.edit({ kind: 'editInstance', instanceId: instance.instanceId, details });
  return false;
}

/** The regions that are documented but the one that is saved, or one that is typed. */
function askRegion(instance: Instance): Promise<string | undefined> {
  const itemOf = (regionId: string): PickItem<string | undefined> => ({ label: regionId, value: regionId });
  return pick<string | undefined>({
    title: t('Ask for "{0}" in another region (1 call)', withoutIcons(instance.name)),
    placeholder: t('Choose a region, or type another one'),
    items: REGION_IDS.filter((regionId) => regionId !== instance.regionId).map(itemOf),
    itemOfText: (text) => {
      if ((REGION_IDS as readonly string[]).includes(text)) return undefined;
      const place = destination({ regionId: text });
      if (place.kind === 'ok') return itemOf(text);
      return { label: withoutIcons(text), description: destinationProblemText(place.reason), value: undefined };
    },
  });
}
