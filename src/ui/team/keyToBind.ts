import * as vscode from 'vscode';
import type { Credentials } from '../../host/credentials';
import type { Instance } from '../../model/inventory/inventory';
import type { AccountCalls } from '../accountCalls';
import { keepKey } from '../credentials/keepKey';
import { askKeyFit } from '../inputs/credentialFit';
import { type KeyAnswers, keyEntryOf, keySteps, NO_ANSWERS } from '../inputs/credentialInput';
import type { Fit } from '../inputs/fitInput';
import { keyTitle } from '../inputs/keyInput';
import { askPick, askText, into, runSteps, type Step, stepsOfPart } from '../inputs/steps';
import { tellInformation, withoutIcons } from '../tell';
import { keyFitsText, keyFitText } from '../words/secretWords';

const t = vscode.l10n.t;

export interface KeyToBindParts {
  readonly credentials: Credentials;
  readonly account: Pick<AccountCalls, 'misfit'>;
}

interface Answers {
  readonly name: string;
  readonly key: KeyAnswers;
  readonly fit: Fit;
}

/** Asks which of the saved keys asks for an instance, and whether to check that it fits; undefined when cancelled. */
export async function chooseKey(instance: Instance, { credentials, account }: KeyToBindParts) {
  const names = await credentials.names();
  const title = t('The key that asks "{0}"', withoutIcons(instance.name));
  const items = names.map((name) => ({ label: withoutIcons(name), value: name }));
  const chosen = await runSteps<Omit<Answers, 'key'>>({ name: '', fit: 'unchecked' }, () => [
    async (answers, place) => {
      const active = names.indexOf(answers.name);
      return into(await askPick({ title, items, active, ...place }), (name) => ({ ...answers, name }));
    },
    async (answers, place) => {
      const key = { kind: 'stored', name: answers.name } as const;
      return into(await askKeyFit({ title, instance, key }, account, place), (fit) => ({ ...answers, fit }));
    },
  ]);
  // Not that it is bound: the file may have changed meanwhile.
  if (chosen?.fit === 'fits') void tellInformation(keyFitText(chosen.name, instance.name));
  return chosen?.name;
}

/** Asks for a new key under a name of its own, and keeps it; undefined when cancelled or where it could not be kept. */
export async function enterKey(suggested: string, instance: Instance, { credentials, account }: KeyToBindParts) {
  const names = await credentials.names();
  const sources = credentials.sources;
  const entered = await runSteps<Answers>({ name: suggested, key: NO_ANSWERS, fit: 'unchecked' }, ({ name, key }) => {
    const title = keyTitle(withoutIcons(name));
    return [
      nameStep(names),
      ...stepsOfPart<Answers, KeyAnswers>(
        keySteps({ title, look: undefined, sources, mayComeLater: false })(key),
        (answers) => answers.key,
        (answers, given) => ({ ...answers, key: given }),
      ),
      async (answers, place) => {
        const entry = keyEntryOf(answers.key);
        if (entry === undefined) return { kind: 'back' };
        const asking = { kind: 'entered', name: answers.name, entry } as const;
        return into(await askKeyFit({ title, instance, key: asking }, account, place), (fit) => ({ ...answers, fit }));
      },
    ];
  });
  const entry = entered === undefined ? undefined : keyEntryOf(entered.key);
  if (entered === undefined || entry === undefined) return undefined;
  const kept = await keepKey(entered.name, entry, credentials);
  const text = entered.fit === 'fits' ? keyFitsText(kept, entered.name, instance.name) : undefined;
  if (text !== undefined) void tellInformation(text);
  // A binding to a name without a key would only say that the key is missing.
  return kept === 'no' ? undefined : entered.name;
}

function nameStep(names: readonly string[]): Step<Answers> {
  const problem = (typed: string): string | undefined =>
    typed.trim() === ''
      ? t('Enter a name.')
      : names.includes(typed.trim())
        ? t('There is a key named "{0}" already.', typed.trim())
        : undefined;
  return async (answers, place) => {
    const question = { title: t('Bind a Key'), prompt: t('A name of your choice for the key'), value: answers.name };
    return into(await askText({ ...question, problem, ...place }), (name) => ({ ...answers, name: name.trim() }));
  };
}
