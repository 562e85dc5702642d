import * as vscode from 'vscode';
import type { Credentials, KeyEntry } from '../../host/credentials';
import type { Place } from '../../model/destination';
import { freeName } from '../../model/inventory/freeName';
import type { Instance, InstanceDetails } from '../../model/inventory/inventory';
import { type AccountCalls, type AskingKey, clientToAskAbout } from '../accountCalls';
import { withoutIcons } from '../tell';
import { type KeyAnswers, keyEntryOf, keySteps, NO_ANSWERS } from './credentialInput';
import { askFit, type Fit } from './fitInput';
import { type ChosenInstance, InstanceIdPick } from './instanceIdPick';
import { keyTitle } from './keyInput';
import { askPlace } from './placeInput';
import { askPick, askText, into, type PickItem, runSteps, type Step, stepsOfPart } from './steps';
import type { StepPlace, StepResult } from './steps';

const t = vscode.l10n.t;

/** What the steps need to know of the world. */
export interface InstanceQuestions {
  readonly title: string;
  readonly others: readonly Instance[];
  readonly credentialNames: readonly string[];
  readonly credentials: Pick<Credentials, 'has' | 'sources'>;
  readonly account: Pick<AccountCalls, 'instances' | 'misfit'>;
  /** The instance as saved, where there is one. */
  readonly saved?: Instance;
}

/** What a person entered of an instance; nothing of it is saved yet. */
export interface EnteredInstance {
  readonly details: InstanceDetails;
  /** The key of a credential that has none. */
  readonly key: KeyEntry | undefined;
  readonly fit: Fit;
}

interface Entry {
  readonly place: Place;
  readonly credential: string;
  readonly isStored: boolean;
  /** Undefined before it was asked for. */
  readonly answers: KeyAnswers | undefined;
  readonly instance: ChosenInstance;
  readonly name: string;
  /** The name that was offered: it follows the instance until a person enters another. */
  readonly offered: string;
  readonly fit: Fit;
}

/** Asks for all of an instance; undefined when cancelled. */
export async function askInstance(
  initial: InstanceDetails,
  questions: InstanceQuestions,
): Promise<EnteredInstance | undefined> {
  const steps = stepsOf(questions);
  const isStored = await questions.credentials.has(initial.credential);
  const entry = await runSteps({ ...entryOf(initial), isStored }, (state) => [
    steps.place,
    steps.credential,
    ...(needsKey(state, questions) ? keyStepsOf(state, questions) : []),
    steps.instance,
    steps.name,
    ...(mayAsk(state, questions) ? [steps.fit] : []),
  ]);
  if (entry === undefined) return undefined;
  const key = keyOf(entry, questions);
  return { details: detailsOf(entry), key: key?.kind === 'entered' ? key.entry : undefined, fit: entry.fit };
}

function stepsOf(
  questions: InstanceQuestions,
): Record<'place' | 'credential' | 'instance' | 'name' | 'fit', Step<Entry>> {
  const { title, others, credentialNames, credentials, account, saved } = questions;
  const instanceIds = new InstanceIdPick(account);
  return {
    place: async (entry, at) => into(await askPlace(title, entry.place, at), (place) => placedAt(entry, place)),
    credential: async (entry, at) => {
      const result = await askCredentialName(title, credentialNames, at, entry.credential);
      if (result.kind !== 'value') return result;
      const { value: credential } = result;
      return { kind: 'value', value: { ...entry, credential, isStored: await credentials.has(credential) } };
    },
    instance: async (entry, at) => {
      const key = keyOf(entry, questions);
      const question = { title, others, before: entry.instance, asked: entry.place, key };
      return into(await instanceIds.ask(question, at), (instance) => ({ ...entry, instance }));
    },
    name: async (entry, at) => {
      const names = others.map(({ name }) => name);
      const offered = freeName(entry.instance.name ?? entry.instance.instanceId, names);
      const value = entry.name === entry.offered ? offered : entry.name;
      return into(await askName(title, names, value, at), (name) => ({ ...entry, name, offered }));
    },
    fit: async (entry, at) => {
      const key = keyOf(entry, questions);
      if (key === undefined) return { kind: 'value', value: entry };
      const { regionId, endpoint, instanceId, name } = detailsOf(entry);
      const fitting = { regionId, endpoint, instanceId, key };
      const label = t('Save and check that key, region and instance fit');
      const question = {
        title,
        deed: 'save' as const,
        about: name,
        asks: name,
        label,
        fitting,
        clientId: clientToAskAbout(saved),
      };
      return into(await askFit(account, question, at), (fit) => ({ ...entry, fit }));
    },
  };
}

/** A key for a name that stands for nothing yet. */
function keyStepsOf({ credential, answers }: Entry, { credentials: { sources } }: InstanceQuestions): Step<Entry>[] {
  const question = { title: keyTitle(withoutIcons(credential)), sources, look: undefined, mayComeLater: true };
  return stepsOfPart(
    keySteps(question)(answers ?? NO_ANSWERS),
    (entry) => entry.answers ?? NO_ANSWERS,
    (entry, given) => ({ ...entry, answers: given }),
  );
}

function entryOf({ regionId, endpoint, credential, instanceId, name }: InstanceDetails): Omit<Entry, 'isStored'> {
  return {
    place: { regionId, endpoint },
    credential,
    answers: undefined,
    instance: { instanceId },
    name,
    offered: '',
    fit: 'unchecked',
  };
}

/** What a list said of a region holds for the place where it was asked. */
function placedAt(entry: Entry, place: Place): Entry {
  const isSame = place.regionId === entry.place.regionId && place.endpoint === entry.place.endpoint;
  const { instanceId, name } = entry.instance;
  const instance = isSame ? entry.instance : { instanceId, ...(name === undefined ? {} : { name }) };
  return { ...entry, place, instance };
}

/** The region of a row that was chosen goes before what was asked. */
function detailsOf({ place, instance: { instanceId, movesTo }, name, credential }: Entry): InstanceDetails {
  const { regionId, endpoint } = movesTo === undefined ? place : { regionId: movesTo };
  return { name, instanceId, regionId, endpoint, credential };
}

/** A workspace's file names a credential and never a key: what asks there is what each person bound, and not these steps. */
function needsKey({ credential, isStored }: Entry, { saved }: InstanceQuestions): boolean {
  return saved?.origin === undefined && credential !== '' && !isStored;
}

/** False where no key will be there to ask with. */
function mayAsk({ isStored, answers }: Entry, { saved }: InstanceQuestions): boolean {
  return saved?.origin === undefined && (isStored || answers?.kind !== 'later');
}

/** The key that would ask; undefined where there is none yet. */
function keyOf(entry: Entry, questions: InstanceQuestions): AskingKey | undefined {
  if (questions.saved?.origin !== undefined) return undefined;
  if (entry.isStored) return { kind: 'stored', name: entry.credential };
  const key = entry.answers === undefined ? undefined : keyEntryOf(entry.answers);
  return key === undefined ? undefined : { kind: 'entered', name: entry.credential, entry: key };
}

function askName(
  title: string,
  taken: readonly string[],
  value: string,
  place: StepPlace,
): Promise<StepResult<string>> {
  const problem = (text: string): string | undefined => {
    const name = text.trim();
    if (name === '') return t('Enter a value.');
    return taken.includes(name) ? t('There is an instance named "{0}" already.', name) : undefined;
  };
  const prompt = t('A name of your choice for the instance');
  return askText({ title, prompt, value, problem, ...place }).then((result) => into(result, (name) => name.trim()));
}

/** Asks which credential, one that is stored or the name of a new one. */
export function askCredentialName(
  title: string,
  names: readonly string[],
  place: StepPlace,
  before = '',
): Promise<StepResult<string>> {
  const items = names.map((name) => ({ label: withoutIcons(name), value: name }));
  const itemOfText = (text: string): PickItem<string> | undefined =>
    names.includes(text) ? undefined : { label: withoutIcons(text), description: t('new credential'), value: text };
  return askPick({
    title,
    placeholder: t('Choose a credential or type the name of a new one'),
    items,
    typed: names.includes(before) ? undefined : before,
    active: names.indexOf(before),
    itemOfText,
    ...place,
  });
}
