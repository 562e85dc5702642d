import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import type { FolderInventory } from '../../host/inventory/workspaceInventories';
import { WORKSPACE_PATH } from '../../host/inventory/workspaceInventories';
import type { VendorProblem } from '../../model/destination';
import type { Origin } from '../../model/inventory/inventory';
import type { MergeProblem } from '../../model/inventory/mergeInventories';
import { numberText } from '../words/numbers';
import { destinationProblemText, inventoryProblemText } from '../words/words';

const t = vscode.l10n.t;

/** Where something stands that is not the user's own. */
export function originText({ folder }: Pick<Origin, 'folder'>): string {
  return t('{0} of the folder "{1}"', WORKSPACE_PATH, folder);
}

/** What is said before something is taken out of a file that others share; undefined for the user's own. */
export function sharedText(origin: Origin | undefined): string | undefined {
  return origin === undefined ? undefined : t('It is taken out of {0}, which the team shares.', originText(origin));
}

/** What is said before something is put into a file that others share; undefined for the user's own. */
export function intoSharedText(origin: Origin | undefined): string | undefined {
  return origin === undefined ? undefined : t('It goes into {0}, which the team shares.', originText(origin));
}

export function vendorProblemText(problem: VendorProblem): string {
  switch (problem) {
    case 'notVendor':
      return t("refused: a workspace may name the vendor's endpoints alone");
    case 'local':
      return t('a local instance: start yours to ask it');
    default:
      return destinationProblemText(problem);
  }
}

/** What keeps the inventories of the folders, or parts of them, from being shown; empty where nothing does. */
export function workspaceProblemsText({ folders, problems }: Pick<Inventories, 'folders' | 'problems'>): string {
  const told = [...folders.flatMap(fileProblem), ...problems.map(mergeProblemText)];
  const [first = ''] = told;
  return told.length > 1 ? `${first} ${t('{0} more like this.', numberText(told.length - 1))}` : first;
}

function fileProblem({ folder, file: { state } }: FolderInventory): string[] {
  const name = originText({ folder: folder.name });
  switch (state.kind) {
    case 'broken':
      return [inventoryProblemText(state.problem, name)];
    case 'unreadable':
      return [
        state.isTooLarge ? t('{0} is larger than 16 MB, so it is not read.', name) : t('{0} cannot be read.', name),
      ];
    case 'loading':
    case 'ready':
      return [];
  }
}

function mergeProblemText({ kind, folder, instanceId }: MergeProblem): string {
  const name = originText({ folder });
  switch (kind) {
    case 'otherPlace':
      return t(
        '{0}: the instance "{1}" is in another region there than in another folder, so it is left out.',
        name,
        instanceId,
      );
    case 'imitates':
      return t('{0}: the instance ID "{1}" is the name of an instance of yours, so it is left out.', name, instanceId);
    case 'badInstanceId':
      return t('{0}: "{1}" is no instance ID, so it is left out.', name, instanceId);
  }
}
