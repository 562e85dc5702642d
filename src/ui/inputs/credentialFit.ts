import * as vscode from 'vscode';
import type { Credentials, KeyEntry } from '../../host/credentials';
import type { Instance } from '../../model/inventory/inventory';
import { type AccountCalls, type AskingKey, clientToAskAbout } from '../accountCalls';
import { withoutIcons } from '../tell';
import { type KeyAnswers, keyEntryOf, keySteps, NO_ANSWERS } from './credentialInput';
import { askFit, type Fit, type FitDeed } from './fitInput';
import { keyTitle } from './keyInput';
import { into, runSteps, type Step, type StepPlace, type StepResult, stepsOfPart } from './steps';

const t = vscode.l10n.t;

/** A key that was entered under a name, and what is known of it. */
export interface FittingKey {
  readonly name: string;
  readonly entry: KeyEntry;
  readonly fit: Fit;
}

export interface FittingKeyQuestion {
  /** What the key is to be called. */
  readonly name: string;
  /** The instance that asks with it; absent where there is none. */
  readonly instance: Instance | undefined;
  readonly credentials: Credentials;
  readonly account: Pick<AccountCalls, 'misfit'>;
  /** Asks for another name first. */
  readonly nameStep?: Step<string>;
}

interface Answers {
  readonly name: string;
  readonly key: KeyAnswers;
  readonly fit: Fit;
}

/**
 * Asks what a name is to stand for and, where an instance uses it, whether to check that it fits; undefined when
 * cancelled. Keeps nothing.
 */
export async function askFittingKey(question: FittingKeyQuestion): Promise<FittingKey | undefined> {
  const { instance, credentials, account, nameStep } = question;
  const { sources } = credentials;
  const look = await credentials.lookOf(question.name);
  const initial: Answers = { name: question.name, key: NO_ANSWERS, fit: 'unchecked' };
  const entered = await runSteps<Answers>(initial, (state) => {
    const title = keyTitle(withoutIcons(state.name));
    const fitStep = async (asked: Instance, answers: Answers, place: StepPlace): Promise<StepResult<Answers>> => {
      const entry = keyEntryOf(answers.key);
      if (entry === undefined) return { kind: 'back' };
      const key = { kind: 'entered', name: answers.name, entry } as const;
      const fit = await askKeyFit({ title, instance: asked, key, deed: 'save' }, account, place);
      return into(fit, (value) => ({ ...answers, fit: value }));
    };
    return [
      ...stepsOfPart<Answers, string>(
        nameStep === undefined ? [] : [nameStep],
        ({ name }) => name,
        (answers, name) => ({ ...answers, name }),
      ),
      ...stepsOfPart<Answers, KeyAnswers>(
        keySteps({ title, look, sources, mayComeLater: false })(state.key),
        ({ key }) => key,
        (answers, key) => ({ ...answers, key }),
      ),
      ...(instance === undefined ? [] : [(answers: Answers, at: StepPlace) => fitStep(instance, answers, at)]),
    ];
  });
  const entry = entered === undefined ? undefined : keyEntryOf(entered.key);
  return entered === undefined || entry === undefined ? undefined : { name: entered.name, entry, fit: entered.fit };
}

/** The step that asks whether to check that a key fits an instance, and does. */
export function askKeyFit(
  question: {
    readonly title: string;
    readonly instance: Instance;
    readonly key: AskingKey;
    readonly deed: FitDeed;
  },
  account: Pick<AccountCalls, 'misfit'>,
  place: StepPlace,
): Promise<StepResult<Fit>> {
  const { title, instance, key, deed } = question;
  const { regionId, endpoint, instanceId, name: asks } = instance;
  const fitting = { regionId, endpoint, instanceId, key };
  const label =
    deed === 'save'
      ? t('Save and check that the key fits "{0}"', asks)
      : t('Bind and check that the key fits "{0}"', asks);
  const clientId = clientToAskAbout(instance);
  return askFit(account, { title, deed, about: key.name, asks, label, fitting, clientId }, place);
}
