import * as vscode from 'vscode';
import type { Credentials, KeyEntry } from '../../host/credentials';
import type { Instance } from '../../model/inventory/inventory';
import { type AccountCalls, type AskingKey, clientToAskAbout } from '../accountCalls';
import { withoutIcons } from '../tell';
import { type KeyAnswers, keyEntryOf, keySteps, NO_ANSWERS } from './credentialInput';
import { askFit, type Fit } from './fitInput';
import { keyTitle } from './keyInput';
import { runSteps, type StepPlace, type StepResult, stepsOfPart } from './steps';

const t = vscode.l10n.t;

export interface FittingKeyQuestion {
  /** What the key is to be called. */
  readonly name: string;
  /** The instance that asks with it; absent where there is none. */
  readonly instance: Instance | undefined;
  readonly credentials: Credentials;
  readonly account: Pick<AccountCalls, 'misfit'>;
}

/**
 * Asks what a name is to stand for and, where an instance uses it, whether to check that it fits; undefined when
 * cancelled. Keeps nothing.
 */
export async function askFittingKey(
  question: FittingKeyQuestion,
): Promise<{ readonly entry: KeyEntry; readonly fit: Fit } | undefined> {
  const { name, instance, credentials, account } = question;
  const [title, look] = [keyTitle(withoutIcons(name)), await credentials.lookOf(name)];
  const steps = keySteps({ title, look, sources: credentials.sources, mayComeLater: false });
  const initial: { readonly key: KeyAnswers; readonly fit: Fit } = { key: NO_ANSWERS, fit: 'unchecked' };
  const entered = await runSteps(initial, (state) => [
    ...stepsOfPart(
      steps(state.key),
      ({ key }: typeof initial) => key,
      (before, key) => ({ ...before, key }),
    ),
    async (before, place) => {
      const entry = keyEntryOf(before.key);
      if (instance === undefined || entry === undefined) return { kind: 'value', value: before };
      const fit = await askKeyFit({ title, instance, key: { kind: 'entered', name, entry } }, account, place);
      return fit.kind === 'value' ? { kind: 'value', value: { ...before, fit: fit.value } } : fit;
    },
  ]);
  const entry = entered === undefined ? undefined : keyEntryOf(entered.key);
  return entered === undefined || entry === undefined ? undefined : { entry, fit: entered.fit };
}

/** The step that asks whether to check that a key fits an instance, and does. */
export function askKeyFit(
  { title, instance, key }: { readonly title: string; readonly instance: Instance; readonly key: AskingKey },
  account: Pick<AccountCalls, 'misfit'>,
  place: StepPlace,
): Promise<StepResult<Fit>> {
  const { regionId, endpoint, instanceId, name: asks } = instance;
  const fitting = { regionId, endpoint, instanceId, key };
  const label = t('Save and check that the key fits "{0}"', asks);
  const question = { title, saves: key.name, asks, label, fitting, clientId: clientToAskAbout(instance) };
  return askFit(account, question, place);
}
