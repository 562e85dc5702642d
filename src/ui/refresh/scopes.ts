import * as vscode from 'vscode';
import { findInstance, type Inventory } from '../../model/inventory/inventory';
import type { RefreshPlan, RefreshScope } from '../../sessions/refresh/autoRefresh';
import { groupOf, instanceOf, type TreeNode } from '../tree/nodes';

/** The scope that a row stands for. */
export function scopeOf(node: TreeNode): RefreshScope {
  const { instanceId } = instanceOf(node).instance;
  const group = groupOf(node)?.name;
  return group === undefined ? { instanceId } : { instanceId, group };
}

/** True while what a scope names is saved. */
export function scopeExists({ instances }: Inventory, { instanceId, group }: RefreshScope): boolean {
  if (instanceId === undefined) return true;
  const instance = instances.find((each) => each.instanceId === instanceId);
  return instance !== undefined && (group === undefined || instance.groups.some(({ name }) => name === group));
}

/** The timer whose row this is: a group's own, an instance's own, or that of all instances. */
export function planOn(
  plans: readonly RefreshPlan[],
  instanceId: string,
  group: string | undefined,
): RefreshPlan | undefined {
  const own = plans.find(({ scope }) => scope.instanceId === instanceId && scope.group === group);
  return own ?? (group === undefined ? plans.find(({ scope }) => scope.instanceId === undefined) : undefined);
}

/** "Pumps", "Plant", or "all instances". */
export function scopeText(inventory: Inventory, { instanceId, group }: RefreshScope): string {
  if (group !== undefined) return group;
  if (instanceId === undefined) return vscode.l10n.t('all instances');
  return findInstance(inventory, instanceId)?.name ?? instanceId;
}
