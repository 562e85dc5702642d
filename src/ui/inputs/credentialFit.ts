import * as vscode from 'vscode';
import type { Credential } from '../../model/credential';
import { readCredential } from '../../model/credentialInput';
import type { Instance } from '../../model/inventory/inventory';
import { type AccountCalls, clientToAskAbout } from '../accountCalls';
import { askFit, type Fit } from './fitInput';
import { askKey, keyTitle, type KeyText, NO_KEY } from './keyInput';
import { into, runSteps } from './steps';

const t = vscode.l10n.t;

/** Asks for the key of a credential and, where an instance uses it, whether to check that it fits; undefined when cancelled. */
export async function askFittingKey(
  name: string,
  instance: Instance | undefined,
  account: Pick<AccountCalls, 'misfit'>,
  kept: string,
): Promise<{ readonly key: Credential; readonly fit: Fit } | undefined> {
  const title = keyTitle(name);
  const initial: { typed: KeyText; fit: Fit } = { typed: NO_KEY, fit: 'unchecked' };
  const entered = await runSteps(initial, [
    async (state, place) =>
      into(await askKey(title, state.typed, false, place, kept), (typed) => ({ ...state, typed })),
    async (state, place) => {
      const key = readCredential(state.typed);
      if (instance === undefined || typeof key === 'string') return { kind: 'value', value: state };
      const { regionId, endpoint, instanceId, name: asks } = instance;
      const fitting = { regionId, endpoint, instanceId, key: { kind: 'entered', key } } as const;
      const label = t('Save and check that the key fits "{0}"', asks);
      const question = { title, saves: name, asks, label, fitting, clientId: clientToAskAbout(instance) };
      return into(await askFit(account, question, place), (fit) => ({ ...state, fit }));
    },
  ]);
  const key = entered === undefined ? undefined : readCredential(entered.typed);
  return entered === undefined || key === undefined || typeof key === 'string' ? undefined : { key, fit: entered.fit };
}
