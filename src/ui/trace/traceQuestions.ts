import * as vscode from 'vscode';
import { LOCAL_INSTANCE_ID, LOCAL_REGION_ID } from '../../emulator/localKeys';
import { COMMANDS } from '../../manifest';
import { destination } from '../../model/destination';
import type { Instance } from '../../model/inventory/inventory';
import { REGION_IDS } from '../../model/regions';
import { regionOf } from '../../model/trace/traceRegion';
import { askPick, into, type PickItem, runSteps, type StepPlace, type StepResult } from '../inputs/steps';
import { withoutIcons } from '../tell';
import { durationText } from '../words/ages';
import { destinationProblemText } from '../words/words';

const t = vscode.l10n.t;

export const TRACE_HOURS = [1, 6, 24] as const;

/** What the call needs beside the client: how far back, and the region of the instance. */
export interface TraceWish {
  readonly hours: number;
  readonly regionId: string;
}

/** The region that the service wants named with an instance; undefined where nothing saved says it. */
export function knownRegionOf(instance: Instance): string | undefined {
  return instance.instanceId === LOCAL_INSTANCE_ID ? LOCAL_REGION_ID : regionOf(instance);
}

/** Asks how far back, which says the cost, and for the region where it is not saved; undefined when cancelled. */
export async function askTraceWish(instance: Instance, clientId: string): Promise<TraceWish | undefined> {
  const title = t('Connection history of {0}', withoutIcons(clientId));
  const known = knownRegionOf(instance);
  return runSteps<TraceWish>({ hours: 1, regionId: known ?? '' }, [
    ...(known === undefined
      ? [
          async (state: TraceWish, place: StepPlace) =>
            into(await askRegion(title, state.regionId, place), (regionId) => ({ ...state, regionId })),
        ]
      : []),
    async (state, place) => into(await askHours(title, place), (hours) => ({ ...state, hours })),
  ]);
}

function askHours(title: string, place: StepPlace): Promise<StepResult<number>> {
  const items = TRACE_HOURS.map((hours) => ({
    label: t('Last {0}', durationText(hours * 3600)),
    description: t('1 call'),
    value: hours,
  }));
  return askPick<number>({ title, placeholder: t('How far back? Up to 100 events in one call'), items, ...place });
}

async function askRegion(title: string, before: string, place: StepPlace): Promise<StepResult<string>> {
  const items: PickItem<string>[] = REGION_IDS.map((regionId) => ({ label: regionId, value: regionId }));
  const itemOfText = (text: string): PickItem<string> | undefined => {
    if ((REGION_IDS as readonly string[]).includes(text)) return undefined;
    const found = destination({ regionId: text });
    const description = found.kind === 'ok' ? t('region') : destinationProblemText(found.reason);
    return { label: withoutIcons(text), description, value: text };
  };
  const placeholder = t('Choose the region of the instance: the service wants it with this question');
  for (let typed = before; ;) {
    const result = await askPick({ title, placeholder, items, itemOfText, typed, ...place });
    if (result.kind !== 'value' || destination({ regionId: result.value }).kind === 'ok') return result;
    typed = result.value;
  }
}

/** Asks, and shows the connection history of a client that is somewhere else than in the tree. */
export async function explainClient(instance: Instance, clientId: string): Promise<void> {
  const wish = await askTraceWish(instance, clientId);
  if (wish === undefined) return;
  const argument = { instance: instance.instanceId, clientId, hours: wish.hours, region: wish.regionId };
  await vscode.commands.executeCommand(COMMANDS.whyOffline, argument);
}
