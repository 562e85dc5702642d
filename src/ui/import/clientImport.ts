import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { type ParsedClientIds, sortOut } from '../../model/clientIds/parseClientIds';
import { parseTyped } from '../../model/clientIds/parseTyped';
import { InventoryEditError } from '../../model/inventory/editInventory';
import type { Group, Instance, Inventory } from '../../model/inventory/inventory';
import { gatheredIn } from '../../model/inventory/mergeInventory';
import { readArguments, type Subjects } from '../commands/arguments';
import type { ClientIdsInText } from '../editor/clientIdsInText';
import { askClientIds } from '../inputs/clientsInput';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { rangeProblemText } from '../words/words';
import { columnNamed, FileImport, nothingFound, pickColumn } from './fileImport';
import { previewImport } from './importPreview';
import { pickFile, pickSource, reading } from './importSource';
import { tellImported, tellImportedInventory } from './importTold';
import { type ImportedInventory, importInventory, pickWhere, tickInstances } from './inventoryImport';
import { uriOf } from './inventoryExport';
import { tickFound } from './tickList';
import { type Scan, scanText, scanWorkspace } from './workspaceScan';

const t = vscode.l10n.t;

const shape = v.object({
  instance: v.optional(v.string()),
  group: v.optional(v.string()),
  source: v.union([
    v.strictObject({ file: v.string() }),
    v.strictObject({ range: v.string() }),
    v.strictObject({ workspace: v.literal(true) }),
  ]),
  column: v.optional(v.union([v.string(), v.pipe(v.number(), v.integer(), v.minValue(1))])),
  /** IDs of the instances of an inventory to import; all but those with an endpoint of somebody else's by default. */
  instances: v.optional(v.array(v.string())),
});
type Given = v.InferOutput<typeof shape>;

export interface ClientImportParts {
  readonly inventory: Inventories;
  readonly subjects: Subjects;
  readonly ids: Pick<ClientIdsInText, 'findAll'>;
  /** The folder of the bundles. */
  readonly dist: vscode.Uri;
}

interface Target {
  readonly instance: Instance;
  readonly group: Group;
}

/** Imports clients from a file, a range or the workspace into a group, or a whole inventory. It asks the service nothing. */
export class ClientImport {
  constructor(private readonly parts: ClientImportParts) {}

  /** For a person, who sees what would come before it is saved; or for a caller, without UI. */
  async run(argument: unknown): Promise<ParsedClientIds | ImportedInventory | undefined> {
    const { inventory } = this.parts;
    await inventory.ready;
    if (inventory.state.kind === 'broken') throw new InventoryEditError('broken');
    if (argument === undefined || isTreeNode(argument)) {
      await this.ask(argument);
      return undefined;
    }
    return this.take(readArguments(shape, argument));
  }

  private async ask(row: unknown): Promise<void> {
    switch (await pickSource()) {
      case 'file':
        await this.askFile(row);
        break;
      case 'range':
        await this.askRange(row);
        break;
      case 'workspace':
        await this.askWorkspace(row);
        break;
      case undefined:
    }
  }

  private async askFile(row: unknown): Promise<void> {
    const uri = await pickFile();
    if (uri === undefined) return;
    await this.withFile(uri, async (file) => {
      const overview = await reading(file, () => file.read());
      if (overview === undefined) return;
      if (overview.kind === 'inventory') {
        await this.askInventory(file.name, overview.inventory, row);
        return;
      }
      const column = overview.kind === 'table' ? await pickColumn(file.name, overview) : 'anywhere';
      const target = column === undefined ? undefined : await this.target(row);
      if (target === undefined) return;
      const isFound = overview.kind === 'text' || (overview.kind === 'table' && column === 'anywhere');
      const parsed = await reading(file, (token) =>
        isFound ? file.sortFound(target.group.clientIds, token) : file.sort(column, contextOf(target)),
      );
      const title = t('Import from "{0}" into "{1}"', file.name, target.group.name);
      if (parsed !== undefined && (await previewImport(title, parsed))) await this.save(target, parsed, true);
    });
  }

  private async askRange(row: unknown): Promise<void> {
    const target = await this.target(row);
    if (target === undefined) return;
    const { groupId, clientIds } = target.group;
    const title = t('Import into "{0}"', target.group.name);
    const parsed = await askClientIds(title, { groupId, known: new Set(clientIds) });
    if (parsed !== undefined) await this.save(target, parsed, true);
  }

  private async askWorkspace(row: unknown): Promise<void> {
    const target = await this.target(row);
    if (target === undefined) return;
    const scan = await this.scan();
    if (scan === undefined) return;
    const title = t('Import from the Workspace into "{0}"', target.group.name);
    const ticked = await tickFound(title, scanText(scan), scan, target.instance);
    if (ticked !== undefined && ticked.length > 0) await this.save(target, sortedFound(ticked, target), true);
  }

  private async askInventory(name: string, file: Inventory, row: unknown): Promise<void> {
    const { inventory } = this.parts;
    const instance = row === undefined ? undefined : await this.parts.subjects.instance(row);
    const chosen = instance === undefined ? file : await pickWhere(name, instance, file);
    if (chosen === undefined) return;
    const ticked = await tickInstances(name, inventory, chosen);
    if (ticked === undefined || ticked.length === 0) return;
    void tellImportedInventory(await importInventory(inventory, chosen, ticked));
  }

  private async take(given: Given): Promise<ParsedClientIds | ImportedInventory | undefined> {
    const { source } = given;
    if ('file' in source) return this.takeFile(uriOf(source.file), given);
    const target = await this.target(given);
    if (target === undefined) return undefined;
    if ('range' in source) {
      const typed = parseTyped(source.range, { ...contextOf(target), known: new Set(target.group.clientIds) });
      if (typed.kind === 'wrong') throw new UserError(rangeProblemText(typed.problem));
      return this.save(target, typed.parsed, false);
    }
    const scan = await this.scan();
    return scan === undefined ? undefined : this.save(target, sortedFound([...scan.found.keys()], target), false);
  }

  private takeFile(uri: vscode.Uri, given: Given): Promise<ParsedClientIds | ImportedInventory | undefined> {
    return this.withFile(uri, async (file) => {
      const overview = await file.read();
      if (overview.kind === 'inventory') return this.takeInventory(overview.inventory, given);
      const column = overview.kind === 'table' ? columnNamed(file.name, overview, given.column) : undefined;
      const target = await this.target(given);
      if (target === undefined) return undefined;
      const never = { isCancellationRequested: false };
      const parsed =
        overview.kind === 'text'
          ? await file.sortFound(target.group.clientIds, never)
          : await file.sort(column, contextOf(target));
      return this.save(target, parsed, false);
    });
  }

  private async takeInventory(file: Inventory, given: Given): Promise<ImportedInventory | undefined> {
    const { inventory, subjects } = this.parts;
    const instance = given.instance === undefined ? undefined : await subjects.instance(given);
    return importInventory(inventory, instance === undefined ? file : gatheredIn(instance, file), given.instances);
  }

  private async withFile<T>(uri: vscode.Uri, task: (file: FileImport) => Promise<T>): Promise<T> {
    const script = vscode.Uri.joinPath(this.parts.dist, 'imports.js').fsPath;
    const file = new FileImport(uri, script, (text) => this.parts.ids.findAll(text));
    try {
      return await task(file);
    } finally {
      file.dispose();
    }
  }

  private async scan(): Promise<Scan | undefined> {
    const scan = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Looking for client IDs'), cancellable: true },
      (progress, token) => scanWorkspace((text) => this.parts.ids.findAll(text), progress, token),
    );
    if (scan?.found.size === 0) throw new UserError(`${nothingFound(t('the workspace'))} ${scanText(scan)}`);
    return scan;
  }

  private async target(argument: unknown): Promise<Target | undefined> {
    const { subjects } = this.parts;
    const instance = await subjects.instance(argument);
    const group = instance === undefined ? undefined : await subjects.group(instance, argument);
    return instance === undefined || group === undefined ? undefined : { instance, group };
  }

  private async save({ instance, group }: Target, parsed: ParsedClientIds, isAsked: boolean): Promise<ParsedClientIds> {
    const { inventory } = this.parts;
    const where = { instanceId: instance.instanceId, group: group.name, clientIds: parsed.accepted };
    await inventory.edit({ kind: 'addClients', ...where });
    if (isAsked) void tellImported(group.name, parsed, () => inventory.edit({ kind: 'removeClients', ...where }));
    return parsed;
  }
}

function contextOf({ group: { groupId, clientIds } }: Target) {
  return { groupId, known: clientIds };
}

/** What was found in a text is whole: no group ID completes it. */
function sortedFound(clientIds: readonly string[], { group }: Target): ParsedClientIds {
  return sortOut(clientIds, { known: new Set(group.clientIds) });
}
