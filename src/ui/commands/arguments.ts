import * as v from 'valibot';
import * as vscode from 'vscode';
import type { InventoryFile } from '../../host/inventoryFile';
import { findInstance, type Group, type Instance } from '../../model/inventory';
import { pick } from '../inputs/steps';
import { instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { editProblemText } from '../words';
import { InventoryEditError } from '../../model/editInventory';

const t = vscode.l10n.t;

/** Reads the argument of a command called without UI. Throws UserError that names the key at fault. */
export function readArguments<S extends v.GenericSchema>(schema: S, argument: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, argument);
  if (parsed.success) return parsed.output;
  const key = parsed.issues[0].path?.map(({ key: part }) => String(part)).join('.') ?? '';
  throw new UserError(
    key === ''
      ? t('The argument of this command has the wrong shape.')
      : t('The argument "{0}" of this command is missing or has the wrong shape.', key),
  );
}

const place = v.object({ instance: v.optional(v.string()), group: v.optional(v.string()) });

/** Finds which instance and group a command is about: from a row, from its argument, or by asking. */
export class Subjects {
  constructor(private readonly inventory: InventoryFile) {}

  /** Undefined when the person cancelled. */
  async instance(argument: unknown): Promise<Instance | undefined> {
    await this.inventory.ready;
    if (isTreeNode(argument)) return instanceOf(argument).instance;
    const { instance: named } = readArguments(place, argument ?? {});
    if (named !== undefined) return this.named(named);
    const { instances } = this.inventory.inventory;
    if (instances.length === 0)
      throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
    if (instances.length === 1) return instances[0];
    const items = instances.map((instance) => ({
      label: instance.name,
      description: instance.instanceId,
      value: instance,
    }));
    return pick({ title: t('Choose an instance'), items });
  }

  async group(instance: Instance, argument: unknown): Promise<Group | undefined> {
    const { groups } = instance;
    const node = isTreeNode(argument) ? groupNameOf(argument) : undefined;
    const named = isTreeNode(argument) ? node : readArguments(place, argument ?? {}).group;
    if (named !== undefined) {
      const group = groups.find(({ name }) => name === named);
      if (group === undefined) throw new UserError(editProblemText(new InventoryEditError('noSuchGroup', named)));
      return group;
    }
    if (groups.length === 0) throw new UserError(t('"{0}" has no group yet. Run "Add Group" first.', instance.name));
    if (groups.length === 1) return groups[0];
    const items = groups.map((group) => ({ label: group.name, description: group.groupId ?? '', value: group }));
    return pick({ title: t('Choose a group'), items });
  }

  private named(nameOrId: string): Instance {
    const instance = findInstance(this.inventory.inventory, nameOrId);
    if (instance === undefined)
      throw new UserError(editProblemText(new InventoryEditError('noSuchInstance', nameOrId)));
    return instance;
  }
}

function groupNameOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'instance':
      return undefined;
    case 'group':
      return node.group.name;
    case 'client':
      return node.parent.group.name;
  }
}
