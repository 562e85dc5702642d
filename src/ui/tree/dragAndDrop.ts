import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { VIEW_ID } from '../../manifest';
import { clientIdsOfPaste } from '../../model/clientIds/clientIdsOfPaste';
import { findClientIds } from '../../model/clientIds/findClientIds';
import { parseClientIds, sortOut } from '../../model/clientIds/parseClientIds';
import { summaryOf } from '../inputs/clientsInput';
import { confirmMove, moveClients, orderGroups } from '../moves';
import { sayable } from '../run';
import { tellError, tellInformation } from '../tell';
import { UserError } from '../userError';
import { dropOf } from './dropPlan';
import { clientIdsUnder, groupOf, instanceOf, isTreeNode, type TreeNode } from './nodes';

const t = vscode.l10n.t;
/** VS Code's own name for rows of this tree. */
const ROWS = `application/vnd.code.tree.${VIEW_ID.toLowerCase()}`;
const TEXT = 'text/plain';
/** Files are dropped as their addresses, and as text that names them. */
const FILES = 'text/uri-list';

/** Clients dragged to another group, groups to another place, and client IDs of any text into a group. */
export class DragAndDrop implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [TEXT];
  readonly dropMimeTypes = [ROWS, TEXT, FILES];

  constructor(
    private readonly inventory: Inventories,
    private readonly log: Log,
  ) {}

  /** The rows for this tree, their client IDs for any editor. */
  handleDrag(rows: readonly TreeNode[], data: vscode.DataTransfer): void {
    data.set(ROWS, new vscode.DataTransferItem(rows));
    data.set(TEXT, new vscode.DataTransferItem(rows.flatMap(clientIdsUnder).join('\n')));
  }

  async handleDrop(target: TreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    if (target === undefined) return;
    try {
      const rows: unknown = data.get(ROWS)?.value;
      if (Array.isArray(rows)) await this.dropRows(rows.filter(isTreeNode), target);
      else await this.dropText(data, target);
    } catch (error) {
      void tellError(sayable(error, this.log).message);
    }
  }

  private async dropRows(rows: readonly TreeNode[], target: TreeNode): Promise<void> {
    const drop = dropOf(rows, target);
    switch (drop.kind) {
      case 'moveClients':
        if (await confirmMove(drop.instance, drop.from, drop.to))
          await moveClients(this.inventory, drop.instance, drop.from, drop.to);
        return;
      case 'moveGroups':
        return orderGroups(this.inventory, drop.instance, drop.order);
      case 'otherInstance':
        throw new UserError(
          t(
            'Clients and groups belong to their instance, so nothing was moved from "{0}" to "{1}". Copy the client IDs and add them there.',
            drop.instance.name,
            drop.to.name,
          ),
        );
      case 'nothing':
        return;
    }
  }

  /** A list is taken as a paste is; in any other text client IDs are looked for. */
  private async dropText(data: vscode.DataTransfer, target: TreeNode): Promise<void> {
    if (data.get(FILES) !== undefined)
      throw new UserError(t('A file cannot be dropped here. Drop selected text, or use "Add Clients".'));
    const text = (await data.get(TEXT)?.asString()) ?? '';
    const { instance } = instanceOf(target);
    const group = groupOf(target);
    if (group === undefined) throw new UserError(t('Drop client IDs on a group.'));
    const context = { groupId: group.groupId, known: new Set(group.clientIds) };
    const isList = clientIdsOfPaste(text) !== undefined;
    const found = findClientIds(text).map(({ clientId }) => clientId);
    const parsed = isList ? parseClientIds(text, context) : sortOut(found, context);
    const { instanceId } = instance;
    if (parsed.accepted.length > 0)
      await this.inventory.edit({ kind: 'addClients', instanceId, group: group.name, clientIds: parsed.accepted });
    void tellInformation(`${group.name}: ${summaryOf(parsed)}`);
  }
}
