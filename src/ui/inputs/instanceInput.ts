import * as vscode from 'vscode';
import type { Credential } from '../../model/credential';
import { keyProblem, readCredential } from '../../model/credentialInput';
import { destination } from '../../model/destination';
import type { Instance } from '../../model/inventory';
import { REGION_IDS } from '../../model/regions';
import { credentialProblemText, destinationProblemText } from '../words';
import { askPick, askText, into, type PickItem, runSteps, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

export type InstanceDetails = Omit<Instance, 'groups'>;
type Place = Pick<InstanceDetails, 'regionId' | 'endpoint'>;

/** What the steps need to know of the world. */
export interface InstanceQuestions {
  readonly title: string;
  readonly others: readonly Instance[];
  readonly credentialNames: readonly string[];
}

/** Asks for all of an instance; undefined when cancelled. */
export function askInstance(
  initial: InstanceDetails,
  { title, others, credentialNames }: InstanceQuestions,
): Promise<InstanceDetails | undefined> {
  const free = (key: 'name' | 'instanceId', taken: (text: string) => string) => (text: string) =>
    text.trim() === ''
      ? t('Enter a value.')
      : others.some((other) => other[key] === text.trim())
        ? taken(text.trim())
        : undefined;
  return runSteps(initial, [
    async (state, place) => {
      const problem = free('name', (text) => t('There is an instance named "{0}" already.', text));
      return into(
        await askText({
          title,
          prompt: t('A name of your choice for the instance'),
          value: state.name,
          problem,
          ...place,
        }),
        (name) => ({ ...state, name: name.trim() }),
      );
    },
    async (state, place) => {
      const problem = free('instanceId', (text) => t('There is an instance with the ID "{0}" already.', text));
      const prompt = t('The instance ID, from the Instance Details page of the console');
      return into(
        await askText({
          title,
          prompt,
          placeholder: 'post-cn-… / mqtt-cn-…',
          value: state.instanceId,
          problem,
          ...place,
        }),
        (instanceId) => ({ ...state, instanceId: instanceId.trim() }),
      );
    },
    async (state, place) =>
      into(await askPlace(title, place), (where) => ({ ...state, regionId: undefined, endpoint: undefined, ...where })),
    async (state, place) =>
      into(await askCredentialName(title, credentialNames, place), (credential) => ({ ...state, credential })),
  ]);
}

async function askPlace(title: string, place: StepPlace): Promise<StepResult<Place>> {
  const items: PickItem<Place>[] = REGION_IDS.map((regionId) => ({ label: regionId, value: { regionId } }));
  const itemOfText = (text: string): PickItem<Place> | undefined => {
    if ((REGION_IDS as readonly string[]).includes(text)) return undefined;
    const where = /[.:/\\@]/.test(text) ? { endpoint: text } : { regionId: text };
    const found = destination(where);
    if (found.kind === 'refused')
      return { label: text, description: destinationProblemText(found.reason), value: where };
    return {
      label: text,
      description: 'endpoint' in where ? t('endpoint, over {0}', found.protocol) : t('region'),
      value: where,
    };
  };
  const placeholder = t('Choose a region, or type another one or an endpoint (host or host:port)');
  for (;;) {
    const result = await askPick({ title, placeholder, items, itemOfText, ...place });
    if (result.kind !== 'value' || destination(result.value).kind === 'ok') return result;
  }
}

export function askCredentialName(
  title: string,
  names: readonly string[],
  place: StepPlace,
): Promise<StepResult<string>> {
  const items = names.map((name) => ({ label: name, value: name }));
  const itemOfText = (text: string): PickItem<string> | undefined =>
    names.includes(text) ? undefined : { label: text, description: t('new credential'), value: text };
  return askPick({
    title,
    placeholder: t('Choose a credential or type the name of a new one'),
    items,
    itemOfText,
    ...place,
  });
}

/** Asks for a named AccessKey; undefined when cancelled. */
export async function askCredential(name: string): Promise<Credential | undefined> {
  const title = t('Set Credential "{0}"', name);
  const problem = (text: string): string | undefined => {
    const found = keyProblem(text);
    return found === undefined ? undefined : credentialProblemText(found);
  };
  const entered = await runSteps({ accessKeyId: '', accessKeySecret: '', securityToken: '' }, [
    async (state, place) =>
      into(
        await askText({ title, prompt: t('AccessKey ID'), value: state.accessKeyId, problem, ...place }),
        (accessKeyId) => ({ ...state, accessKeyId }),
      ),
    async (state, place) =>
      into(
        await askText({
          title,
          prompt: t('AccessKey secret; it is kept in the secret storage alone'),
          isSecret: true,
          problem,
          ...place,
        }),
        (accessKeySecret) => ({ ...state, accessKeySecret }),
      ),
    async (state, place) => {
      const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : problem(text));
      const prompt = t('STS token; leave it empty for a lasting AccessKey');
      return into(await askText({ title, prompt, isSecret: true, problem: optional, ...place }), (securityToken) => ({
        ...state,
        securityToken,
      }));
    },
  ]);
  const credential = entered === undefined ? undefined : readCredential(entered);
  return typeof credential === 'string' ? undefined : credential;
}
