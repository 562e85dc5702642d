import * as vscode from 'vscode';
import { destination, type Place } from '../../model/destination';
import { REGION_IDS } from '../../model/regions';
import { withoutIcons } from '../tell';
import { destinationProblemText } from '../words/words';
import { askPick, type PickItem, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

/** Asks where an instance is: in a region, or at an endpoint that a key may go to. */
export async function askPlace(title: string, before: Place, place: StepPlace): Promise<StepResult<Place>> {
  const items: PickItem<Place>[] = REGION_IDS.map((regionId) => ({ label: regionId, value: { regionId } }));
  const itemOfText = (text: string): PickItem<Place> | undefined => {
    if ((REGION_IDS as readonly string[]).includes(text)) return undefined;
    const where = /[.:/\\@]/.test(text) ? { endpoint: text } : { regionId: text };
    const found = destination(where);
    if (found.kind === 'refused')
      return { label: withoutIcons(text), description: destinationProblemText(found.reason), value: where };
    return {
      label: withoutIcons(text),
      description: 'endpoint' in where ? t('endpoint, over {0}', found.protocol) : t('region'),
      value: where,
    };
  };
  const placeholder = t('Choose a region, or type another one or an endpoint (host or host:port)');
  for (let typed = textOf(before); ;) {
    const result = await askPick({ title, placeholder, items, itemOfText, typed, ...place });
    if (result.kind !== 'value' || destination(result.value).kind === 'ok') return result;
    typed = textOf(result.value);
  }
}

function textOf({ endpoint, regionId }: Place): string | undefined {
  return endpoint ?? regionId;
}
