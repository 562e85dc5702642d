import * as v from 'valibot';
import { attentionOf, type Instance } from '../../model/inventory/inventory';
import type { Expectations } from './expectations';
import { HOUR_MS } from '../history/clientPast';
import type { StatusHistory } from '../history/statusHistory';
import type { StatusStore } from '../status/statusStore';

/** What a client can be filtered by. One can be two of them, such as offline and not as expected. */
export const CLIENT_STATES = [
  'online',
  'offline',
  'unknown',
  'notChecked',
  'failed',
  'notAsExpected',
  'flapping',
] as const;

export type ClientState = (typeof CLIENT_STATES)[number];

export const filterShape = v.object({
  /** Each word stands in the client ID, its alias, its note or the name of its group. */
  text: v.optional(v.string(), ''),
  /** Any of them will do; none is asked for where the list is empty. */
  states: v.optional(v.array(v.picklist(CLIENT_STATES)), []),
  /** Was seen to change in the last hour. */
  isRecent: v.optional(v.boolean(), false),
});

/** Which clients have a row: those that pass all three. */
export type ClientFilter = v.InferOutput<typeof filterShape>;

export const NO_FILTER: ClientFilter = { text: '', states: [], isRecent: false };

/** Where it is read what is known of a client. */
export interface FactSources {
  readonly store: Pick<StatusStore, 'get'>;
  readonly expectations: Pick<Expectations, 'brokenOf'>;
  readonly history: Pick<StatusHistory, 'isFlapping' | 'changedAt'>;
  readonly now: () => number;
}

/** True for a filter that lets everybody pass. */
export function passesAll({ text, states, isRecent }: ClientFilter): boolean {
  return text.trim() === '' && states.length === 0 && !isRecent;
}

/** True where who passes depends on what was answered. */
export function isOfStatus({ states, isRecent }: ClientFilter): boolean {
  return states.length > 0 || isRecent;
}

/** True where who passes changes as time goes by. */
export function isOfTime({ states, isRecent }: ClientFilter): boolean {
  return isRecent || states.includes('flapping');
}

/** Tells which clients of an instance pass. */
export function filterOf(
  { text, states, isRecent }: ClientFilter,
  instance: Instance,
  groupsOf: (clientId: string) => readonly string[],
  sources: FactSources,
): (clientId: string) => boolean {
  const { instanceId } = instance;
  const words = wordsOf(text);
  const since = sources.now() - HOUR_MS;
  return (clientId) =>
    (words.length === 0 || holdsAll(words, namesOf(instance, clientId, groupsOf(clientId)))) &&
    (states.length === 0 || states.some((state) => isInState(state, instanceId, clientId, sources))) &&
    (!isRecent || (sources.history.changedAt(instanceId, clientId) ?? -Infinity) > since);
}

/** A client whose last check failed is not known to be what it was, so it is in that state alone. */
function isInState(state: ClientState, instanceId: string, clientId: string, sources: FactSources): boolean {
  switch (state) {
    case 'notAsExpected':
      return sources.expectations.brokenOf(instanceId, clientId) !== undefined;
    case 'flapping':
      return sources.history.isFlapping(instanceId, clientId);
    case 'failed':
      return sources.store.get(instanceId, clientId)?.failure !== undefined;
    case 'notChecked': {
      const status = sources.store.get(instanceId, clientId);
      return status?.failure === undefined && status?.last === undefined;
    }
    case 'online':
    case 'offline':
    case 'unknown': {
      const status = sources.store.get(instanceId, clientId);
      return status?.failure === undefined && status?.last?.status === state;
    }
  }
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function namesOf(instance: Instance, clientId: string, groups: readonly string[]): string {
  const { alias = '', note = '' } = instance.clients === undefined ? {} : attentionOf(instance, clientId);
  return `${clientId}\n${alias}\n${note}\n${groups.join('\n')}`.toLowerCase();
}

function holdsAll(words: readonly string[], names: string): boolean {
  return words.every((word) => names.includes(word));
}
