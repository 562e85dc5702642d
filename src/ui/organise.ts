import type { Disposable } from '../base/event';
import type { ContextKeys } from '../host/contextKeys';
import { CONTEXT_KEYS } from '../manifest';
import { type ArrangeCommandParts, arrangeCommands } from './commands/arrangeCommands';
import { describeCommands, type DescribeCommandParts } from './commands/describeCommands';
import { type MoveCommandParts, moveCommands } from './commands/moveCommands';
import { type TreeCommandParts, treeCommands } from './commands/treeCommands';
import type { InstancesView } from './tree/instancesView';
import type { TreeRows } from './tree/treeRows';
import { filterText } from './words/filterWords';

export interface OrganiseParts extends MoveCommandParts, DescribeCommandParts, ArrangeCommandParts, TreeCommandParts {
  readonly inventory: MoveCommandParts['inventory'];
  readonly tree: { readonly rows: TreeRows };
  readonly view: Pick<InstancesView, 'show' | 'showFilter'>;
  readonly contextKeys: ContextKeys;
}

/** What puts the saved clients in order: where they stand, what they are called, and how the view shows them. */
export function organise(parts: OrganiseParts): Disposable[] {
  const { arrangement, tree, view, contextKeys } = parts;
  const tell = (): void => {
    const { isFiltered, isFlat, filter } = arrangement;
    contextKeys.set(CONTEXT_KEYS.isFiltered, isFiltered);
    contextKeys.set(CONTEXT_KEYS.isFlat, isFlat);
    const { matching, total } = isFiltered ? tree.rows.matching : { matching: 0, total: 0 };
    view.showFilter(isFiltered ? filterText(filter, matching, total) : undefined);
  };
  tell();
  return [
    tree.rows.onDidChangeMatching(tell),
    ...moveCommands(parts),
    ...describeCommands(parts),
    ...arrangeCommands(parts),
    ...treeCommands(parts),
  ];
}
