import * as vscode from 'vscode';
import type { Place } from '../../model/destination';
import { type InstanceDetails, isInstanceId } from '../../model/inventory/inventory';
import { type ListedInstance, listedInstances } from '../../model/inventory/listedInstances';
import type { AccountCalls, AskingKey } from '../accountCalls';
import { withoutIcons } from '../tell';
import { listFailure } from '../words/listWords';
import { instanceIdProblemText } from '../words/words';
import { askListed } from './listingPick';
import type { PickItem, StepPlace, StepResult } from './steps';

const t = vscode.l10n.t;

/** The instance that a person typed or chose. */
export type ChosenInstance = Pick<ListedInstance, 'instanceId' | 'movesTo'> & { readonly name?: string };

type Row = PickItem<ChosenInstance | undefined>;

export interface InstanceIdQuestion {
  readonly title: string;
  /** What is saved beside this one. */
  readonly others: readonly Pick<InstanceDetails, 'instanceId' | 'name'>[];
  /** What was typed or chosen before. */
  readonly before: ChosenInstance;
  readonly asked: Place;
  /** The key that the list would be asked with; absent where there is none. */
  readonly key: AskingKey | undefined;
}

/** Asks for the ID of an instance; a list that came once for a place and a key is kept while one goes back and forth. */
export class InstanceIdPick {
  private known: { readonly of: string; readonly rows: readonly Row[] } | undefined;

  constructor(private readonly account: Pick<AccountCalls, 'instances'>) {}

  async ask(question: InstanceIdQuestion, place: StepPlace): Promise<StepResult<ChosenInstance>> {
    const { title, others, before, asked, key } = question;
    const of = JSON.stringify([asked.regionId, asked.endpoint, key]);
    const offer = key === undefined ? undefined : this.offer(question, key, of);
    const result = await askListed<ChosenInstance>({
      title,
      placeholder: t('Type the instance ID, from the Instance Details page of the console: post-cn-… / mqtt-cn-…'),
      typed: before.instanceId,
      itemOfText: (text) => typedRow(text, others, before),
      offer,
      known: this.known?.of === of ? this.known.rows : undefined,
      ...place,
    });
    if (result.kind !== 'value') return result;
    const [value] = result.value;
    return value === undefined ? { kind: 'cancel' } : { kind: 'value', value };
  }

  private offer({ others, asked }: InstanceIdQuestion, key: AskingKey, of: string) {
    return {
      item: {
        label: t('$(cloud-download) List the instances of this account'),
        description: t('1 call'),
        detail: t('Whether the service bills this call is not documented.'),
      },
      ask: async (signal: AbortSignal): Promise<readonly Row[]> => {
        const listed = await this.account.instances(asked, key, signal);
        const rows = listedInstances(listed, others, asked).map(listedRow);
        this.known = { of, rows };
        return rows;
      },
      failure: (error: unknown) => listFailure('instances', error),
    };
  }
}

/** What was chosen of the list stays what the list said of it, though its ID stands in the box now. */
function typedRow(text: string, others: InstanceIdQuestion['others'], before: ChosenInstance): Row {
  const problem = problemOf(text, others);
  const label = withoutIcons(text);
  if (problem !== undefined) return { label, description: withoutIcons(problem), value: undefined };
  const value = text === before.instanceId ? before : { instanceId: text };
  return { label, description: t('instance ID, as typed'), ...movedText(value), value };
}

function problemOf(text: string, others: InstanceIdQuestion['others']): string | undefined {
  if (!isInstanceId(text)) return instanceIdProblemText();
  const isTaken = others.some(({ instanceId }) => instanceId === text);
  return isTaken ? t('There is an instance with the ID "{0}" already.', text) : undefined;
}

function listedRow({ instanceId, name, regionId, savedAs, movesTo }: ListedInstance): Row {
  const label = withoutIcons(name);
  const description = withoutIcons(t('{0} · {1}', instanceId, regionId));
  if (savedAs !== undefined)
    return { label, description, detail: withoutIcons(t('saved already as "{0}"', savedAs)), value: undefined };
  const value = { instanceId, name, ...(movesTo === undefined ? {} : { movesTo }) };
  return { label, description, ...movedText(value), value };
}

function movedText({ movesTo }: ChosenInstance): Pick<Row, 'detail'> {
  return movesTo === undefined ? {} : { detail: t('It is in {0}: choosing it saves that region.', movesTo) };
}
