import type { Disposable } from '../../base/event';
import type { Log } from '../../base/log';
import { registerCommand } from '../run';
import { ClientImport, type ClientImportParts } from './clientImport';
import { InventoryExport } from './inventoryExport';

/** The commands that bring clients in and write the inventory out. */
export function imports(parts: ClientImportParts & { readonly log: Log }): Disposable[] {
  const { inventory, subjects, log } = parts;
  const clientImport = new ClientImport(parts);
  const inventoryExport = new InventoryExport(inventory, subjects);
  return [
    registerCommand(
      'importClients',
      log,
      subjects.onRows(['group', 'client'], (argument) => clientImport.run(argument)),
    ),
    registerCommand('exportInventory', log, (argument) => inventoryExport.run(argument)),
  ];
}
