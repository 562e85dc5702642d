import type { Disposable } from '../../base/event';
import { bindingCommands, type BindingCommandParts } from './bindingCommands';
import { copyCommands, type CopyCommandParts } from './copyCommands';
import { openInventory } from './openInventory';

/** All that a team shares through its folders: the bindings of keys, groups handed over, and the files themselves. */
export function team(parts: BindingCommandParts & CopyCommandParts): Disposable[] {
  return [...bindingCommands(parts), ...copyCommands(parts), openInventory(parts.inventory, parts.log)];
}
