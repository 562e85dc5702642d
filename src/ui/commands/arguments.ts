import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance, type Group, type Instance } from '../../model/inventory/inventory';
import { pick } from '../inputs/steps';
import { withoutIcons } from '../tell';
import { groupOf, instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { editProblemText } from '../words/words';
import { InventoryEditError } from '../../model/inventory/editInventory';

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

/** A text that says something. */
export const filledText = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** True where a person is asked for what is missing: a caller names it all. */
export function isByHand(argument: unknown): boolean {
  return argument === undefined || isTreeNode(argument);
}

const place = v.object({ instance: v.optional(v.string()), group: v.optional(v.string()) });

type Given = readonly [argument?: unknown, selected?: unknown];
type Handler = (...given: Given) => unknown;

/** Asks for one of some instances; undefined when cancelled. */
export function pickInstance(instances: readonly Instance[]): Promise<Instance | undefined> {
  const items = instances.map((value) => ({
    label: withoutIcons(value.name),
    description: withoutIcons(value.instanceId),
    value,
  }));
  return pick({ title: t('Choose an instance'), items });
}

/** Finds which instance and group a command is about: from a row, from its argument, or by asking. */
export class Subjects {
  constructor(
    private readonly inventory: Inventories,
    /** The rows selected in the view while it is visible: VS Code tells the palette and a key of none. */
    private readonly selectedRows: () => readonly TreeNode[] = () => [],
  ) {}

  /**
   * From the palette or by a key, which give nothing at all, a command is about the rows selected, as far as they are of
   * the kinds that its menu is for. A menu gives its row and what is selected; while the row is being drawn anew VS Code
   * gives undefined for it, and then the person is asked: what is selected may be another row.
   */
  onRows(kinds: readonly TreeNode['kind'][], handler: Handler): Handler {
    return (...given) => {
      const rows = given.length === 0 ? this.selectedRows().filter(({ kind }) => kinds.includes(kind)) : [];
      return rows.length === 0 ? handler(...given) : handler(rows[0], rows);
    };
  }

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
    return pickInstance(instances);
  }

  async group(instance: Instance, argument: unknown): Promise<Group | undefined> {
    const { groups } = instance;
    const named = isTreeNode(argument) ? groupOf(argument)?.name : readArguments(place, argument ?? {}).group;
    if (named !== undefined) {
      const group = groups.find(({ name }) => name === named);
      if (group === undefined) throw new UserError(editProblemText(new InventoryEditError('noSuchGroup', named)));
      return group;
    }
    if (groups.length === 0) throw new UserError(t('"{0}" has no group yet. Run "Add Group" first.', instance.name));
    if (groups.length === 1) return groups[0];
    const items = groups.map((group) => ({
      label: withoutIcons(group.name),
      description: withoutIcons(group.groupId ?? ''),
      value: group,
    }));
    return pick({ title: t('Choose a group'), items });
  }

  /** Both; undefined when the person cancelled. */
  async place(argument: unknown): Promise<{ readonly instance: Instance; readonly group: Group } | undefined> {
    const instance = await this.instance(argument);
    const group = instance === undefined ? undefined : await this.group(instance, argument);
    return instance === undefined || group === undefined ? undefined : { instance, group };
  }

  private named(nameOrId: string): Instance {
    const instance = findInstance(this.inventory.inventory, nameOrId);
    if (instance === undefined)
      throw new UserError(editProblemText(new InventoryEditError('noSuchInstance', nameOrId)));
    return instance;
  }
}
