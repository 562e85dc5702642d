import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { InventoryEditError } from '../../model/inventory/editInventory';
import { exportInventory, type InventoryFormat, partOf } from '../../model/inventory/exportInventory';
import type { Inventory } from '../../model/inventory/inventory';
import { readArguments, type Subjects } from '../commands/arguments';
import { pick } from '../inputs/steps';
import { askTarget, writeText } from '../results/saveResults';
import { tellInformation } from '../tell';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';

const t = vscode.l10n.t;

const shape = v.object({
  instance: v.optional(v.string()),
  group: v.optional(v.string()),
  format: v.optional(v.picklist(['json', 'csv']), 'json'),
  /** A path or URI to write to. */
  file: v.optional(v.string()),
  clipboard: v.optional(v.boolean(), false),
});

interface Way {
  readonly format: InventoryFormat;
  readonly to: 'file' | 'clipboard';
}

/** Writes out the inventory, one instance or one group, without any key. A caller gets the text. */
export class InventoryExport {
  constructor(
    private readonly inventory: Inventories,
    private readonly subjects: Subjects,
  ) {}

  async run(argument: unknown): Promise<string | undefined> {
    const part = await this.partFor(argument);
    if (argument === undefined || isTreeNode(argument)) {
      await this.ask(part);
      return undefined;
    }
    const { format, file, clipboard } = readArguments(shape, argument);
    const text = exportInventory(part, format);
    if (file !== undefined) await write(uriOf(file), text);
    if (clipboard) await vscode.env.clipboard.writeText(text);
    return text;
  }

  private async partFor(argument: unknown): Promise<Inventory> {
    await this.inventory.ready;
    const { kind, inventory } = this.inventory.state;
    if (kind === 'broken') throw new InventoryEditError('broken');
    if (inventory.instances.length === 0)
      throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
    const isWhole = isTreeNode(argument) ? false : readArguments(shape, argument ?? {}).instance === undefined;
    const instance = isWhole ? undefined : await this.subjects.instance(argument);
    const isGroup = isTreeNode(argument)
      ? argument.kind !== 'instance'
      : readArguments(shape, argument ?? {}).group !== undefined;
    if (instance === undefined || !isGroup) return partOf(inventory, instance?.instanceId);
    return partOf(inventory, instance.instanceId, (await this.subjects.group(instance, argument))?.name);
  }

  private async ask(part: Inventory): Promise<void> {
    const way = await pickWay();
    if (way === undefined) return;
    const text = exportInventory(part, way.format);
    if (way.to === 'clipboard') {
      await vscode.env.clipboard.writeText(text);
      void tellInformation(t('Copied to the clipboard. No key is in it, only the names of credentials.'));
      return;
    }
    const target = await askTarget(`mqtt-inventory.${way.format}`);
    if (target === undefined) return;
    await write(target, text);
    void tellInformation(t('Saved to {0}. No key is in it, only the names of credentials.', target.fsPath));
  }
}

function pickWay(): Promise<Way | undefined> {
  const whole = t('all of it; "Import Clients" reads it back');
  const list = t('instance, group and client ID, for spreadsheets');
  return pick<Way>({
    title: t('Export Inventory'),
    items: [
      { label: t('$(save) JSON file…'), description: whole, value: { format: 'json', to: 'file' } },
      { label: t('$(save) CSV file…'), description: list, value: { format: 'csv', to: 'file' } },
      { label: t('$(copy) JSON to the clipboard'), description: whole, value: { format: 'json', to: 'clipboard' } },
      { label: t('$(copy) CSV to the clipboard'), description: list, value: { format: 'csv', to: 'clipboard' } },
    ],
  });
}

/** A path, or the text of a URI. */
export function uriOf(named: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(named) ? vscode.Uri.parse(named, true) : vscode.Uri.file(named);
}

async function write(target: vscode.Uri, text: string): Promise<void> {
  try {
    await writeText(target, text);
  } catch {
    throw new UserError(t('"{0}" could not be written.', target.fsPath));
  }
}
