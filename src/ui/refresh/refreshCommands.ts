import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { isLocal } from '../../model/destination';
import type { RefreshPlan, RefreshScope } from '../../sessions/refresh/autoRefresh';
import { CONFIRMATIONS_A_MINUTE } from '../../sessions/status/changeConfirmer';
import { callsPerHour } from '../../sessions/meter/refreshCost';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import { durationText } from '../words/ages';
import { readArguments, type Subjects } from '../commands/arguments';
import { pick } from '../inputs/steps';
import { moneyText } from '../words/meterWords';
import { countText, numberText } from '../words/numbers';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import type { RefreshControl } from './refreshControl';
import { scopeOf, scopeText } from './scopes';
import { sentencesText } from '../words/joiners';

const t = vscode.l10n.t;
const STATUS_BAR_MS = 8000;
/** The cheapest first: Enter takes it. */
const INTERVALS_SECONDS = [3600, 900, 300, 60, 30, 10];
const scopeShape = v.object({ instance: v.optional(v.string()), group: v.optional(v.string()) });
const startShape = v.object({
  ...scopeShape.entries,
  intervalSeconds: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(86_400)),
});

export interface RefreshCommandParts {
  readonly control: RefreshControl;
  readonly inventory: Inventories;
  readonly settings: Settings;
  readonly subjects: Subjects;
  /** What a scope would ask about with every group unfolded. */
  readonly mostOf: (scope: RefreshScope) => CheckRequest[];
  readonly log: Log;
}

/** Switches timers on, and says before what they will cost; and off. */
export function refreshCommands(parts: RefreshCommandParts): vscode.Disposable[] {
  const { control, inventory, settings, subjects, mostOf, log } = parts;

  function costText(scope: RefreshScope, intervalSeconds: number): string {
    const requests = mostOf(scope);
    const counts = requests.map(({ clientIds }) => clientIds.length);
    const calls = callsPerHour(counts, intervalSeconds);
    const billed = requests.filter(({ target }) => !isLocal(target)).map(({ clientIds }) => clientIds.length);
    const clients = counts.reduce((sum, count) => sum + count, 0);
    const cost = [
      countText(clients, t('1 client'), t('{0} clients', numberText(clients))),
      countText(calls, t('1 call/h'), t('{0} calls/h', numberText(calls))),
    ].join(' ≈ ');
    const minutes = settings.autoRefreshStopAfterMinutes;
    const money =
      billed.length === 0 ? '' : moneyText((callsPerHour(billed, intervalSeconds) * minutes) / 60, settings);
    return money === '' ? cost : `${cost} · ${t('{0} in {1}', money, durationText(minutes * 60))}`;
  }

  /** What a script names, or a row stands for; all instances where neither does. */
  async function scopeNamed(argument: unknown): Promise<RefreshScope> {
    await inventory.ready;
    if (inventory.inventory.instances.length === 0)
      throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
    if (isTreeNode(argument)) return scopeOf(argument);
    const { instance, group } = readArguments(scopeShape, argument ?? {});
    if (instance === undefined && group === undefined) return {};
    const target = await subjects.instance(argument);
    if (target === undefined) return {};
    const named = group === undefined ? undefined : await subjects.group(target, argument);
    return { instanceId: target.instanceId, ...(named === undefined ? {} : { group: named.name }) };
  }

  async function start(argument: unknown): Promise<readonly RefreshPlan[]> {
    const scope = await scopeNamed(argument);
    const seconds =
      argument === undefined || isTreeNode(argument)
        ? await pickInterval(scope)
        : readArguments(startShape, argument).intervalSeconds;
    if (seconds !== undefined) control.start(scope, seconds);
    return control.refresh.plans;
  }

  function pickInterval(scope: RefreshScope): Promise<number | undefined> {
    const lasts = settings.autoRefreshStopAfterMinutes * 60;
    const items = INTERVALS_SECONDS.filter((value) => value < lasts).map((value) => ({
      label: t('Every {0}', durationText(value)),
      description: costText(scope, value),
      value,
    }));
    const instances = mostOf(scope).filter(({ clientIds }) => clientIds.length > 0).length;
    const confirmations = numberText(CONFIRMATIONS_A_MINUTE * Math.max(1, instances));
    const confirming = t('Confirming changes costs up to {0} calls a minute more', confirmations);
    return pick({
      title: t(
        'Start Auto Refresh of {0}: while the view is visible and the window focused, for {1}',
        scopeText(inventory.inventory, scope),
        durationText(settings.autoRefreshStopAfterMinutes * 60),
      ),
      placeholder: sentencesText([
        t('At most, with every group unfolded and no more rows shown than now'),
        ...(settings.verifiesChanges ? [confirming] : []),
      ]),
      items,
    });
  }

  /** Stops the timer that refreshes a row, be it the row's own or its instance's; without a row all of them. */
  async function stop(argument: unknown): Promise<readonly RefreshPlan[]> {
    const { instanceId, group } = argument === undefined ? {} : await scopeNamed(argument);
    if (instanceId === undefined) control.refresh.stopAll();
    else stopCovering(instanceId, group);
    return control.refresh.plans;
  }

  /** A row may be refreshed by its instance's timer, or by that of all: which one was stopped is said. */
  function stopCovering(instanceId: string, group: string | undefined): void {
    const plan = control.refresh.planOf(instanceId, group);
    const what = scopeText(
      inventory.inventory,
      plan?.scope ?? { instanceId, ...(group === undefined ? {} : { group }) },
    );
    if (plan !== undefined) control.refresh.stop(plan.scope);
    const said =
      plan === undefined ? t('No auto refresh is of {0}.', what) : t('Auto refresh of {0} was stopped.', what);
    vscode.window.setStatusBarMessage(said, STATUS_BAR_MS);
  }

  return [
    registerCommand('startAutoRefresh', log, start),
    registerCommand('stopAutoRefresh', log, stop),
    registerCommand('pauseAutoRefresh', log, () => control.refresh.pause(true)),
    registerCommand('resumeAutoRefresh', log, () => control.refresh.pause(false)),
  ];
}
