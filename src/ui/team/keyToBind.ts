import * as vscode from 'vscode';
import type { Credentials } from '../../host/credentials';
import type { Instance } from '../../model/inventory/inventory';
import type { AccountCalls } from '../accountCalls';
import { keepFittingKey } from '../credentials/keepKey';
import { askFittingKey, askKeyFit } from '../inputs/credentialFit';
import type { Fit } from '../inputs/fitInput';
import { askPick, askText, into, runSteps, type Step } from '../inputs/steps';
import { tellInformation, withoutIcons } from '../tell';
import { keyFitText } from '../words/secretWords';

const t = vscode.l10n.t;

export interface KeyToBindParts {
  readonly credentials: Credentials;
  readonly account: Pick<AccountCalls, 'misfit'>;
}

interface Answers {
  readonly name: string;
  readonly fit: Fit;
}

/** Asks which of the saved keys asks for an instance, and whether to check that it fits; undefined when cancelled. */
export async function chooseKey(instance: Instance, { credentials, account }: KeyToBindParts) {
  const names = await credentials.names();
  const title = t('The key that asks "{0}"', withoutIcons(instance.name));
  const items = names.map((name) => ({ label: withoutIcons(name), value: name }));
  const chosen = await runSteps<Answers>({ name: '', fit: 'unchecked' }, [
    async (answers, place) => {
      const active = names.indexOf(answers.name);
      return into(await askPick({ title, items, active, ...place }), (name) => ({ ...answers, name }));
    },
    async (answers, place) => {
      const key = { kind: 'stored', name: answers.name } as const;
      return into(await askKeyFit({ title, instance, key, deed: 'bind' }, account, place), (fit) => ({
        ...answers,
        fit,
      }));
    },
  ]);
  // Not that it is bound: the file may have changed meanwhile.
  if (chosen?.fit === 'fits') void tellInformation(keyFitText(chosen.name, instance.name));
  return chosen?.name;
}

/** Asks for a new key under a name of its own, and keeps it; undefined when cancelled or where it could not be kept. */
export async function enterKey(suggested: string, instance: Instance, { credentials, account }: KeyToBindParts) {
  const step = nameStep(await credentials.names());
  const entered = await askFittingKey({ name: suggested, instance, credentials, account, nameStep: step });
  if (entered === undefined) return undefined;
  // A binding to a name without a key would only say that the key is missing.
  return (await keepFittingKey(entered, instance, credentials)) === 'no' ? undefined : entered.name;
}

function nameStep(names: readonly string[]): Step<string> {
  const problem = (typed: string): string | undefined =>
    typed.trim() === ''
      ? t('Enter a name.')
      : names.includes(typed.trim())
        ? t('There is a key named "{0}" already.', typed.trim())
        : undefined;
  return async (value, place) => {
    const question = { title: t('Bind a Key'), prompt: t('A name of your choice for the key'), value };
    return into(await askText({ ...question, problem, ...place }), (name) => name.trim());
  };
}
