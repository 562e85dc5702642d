import * as v from 'valibot';
import * as vscode from 'vscode';
import type { KeyEntry } from '../../host/credentials';
import { readCredential } from '../../model/credentialInput';
import type { Instance } from '../../model/inventory/inventory';
import { keepFittingKey } from '../credentials/keepKey';
import { askFittingKey } from '../inputs/credentialFit';
import { askCredentialName } from '../inputs/instanceInput';
import { pick, type PickItem } from '../inputs/steps';
import { registerCommand } from '../run';
import { withoutIcons } from '../tell';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { lookText } from '../words/sourceWords';
import { credentialProblemText } from '../words/words';
import { readArguments } from './arguments';
import type { InventoryCommandParts } from './inventoryCommandParts';

const t = vscode.l10n.t;
const filled = v.pipe(v.string(), v.trim(), v.nonEmpty());
const named = v.object({ name: filled });
const sourced = v.object({ source: v.optional(v.picklist(['profile', 'environment'])) });
const key = v.object({
  accessKeyId: v.string(),
  accessKeySecret: v.string(),
  securityToken: v.optional(v.string()),
  isForSession: v.optional(v.boolean(), false),
});

/** The commands that say what a credential stands for: an AccessKey, a profile of the CLI, the environment, or nothing. */
export function credentialCommands({
  inventory,
  credentials,
  account,
  log,
}: InventoryCommandParts): vscode.Disposable[] {
  async function setCredential(argument: unknown): Promise<void> {
    if (argument !== undefined && !isTreeNode(argument)) {
      const { name } = readArguments(named, argument);
      await credentials.put(name, entryOf(argument));
      return;
    }
    const row = isTreeNode(argument) ? instanceOf(argument).instance : undefined;
    const name = row?.credential ?? (await askName(t('Set Credential')));
    if (name === undefined) return;
    const user = row?.credential === undefined ? userOf(name) : row;
    const entered = await askFittingKey({ name, instance: user, credentials, account });
    if (entered !== undefined) await keepFittingKey(entered, user, credentials);
  }

  /** An instance that asks with a credential; one of a workspace does so where the person bound it. */
  function userOf(name: string): Instance | undefined {
    return inventory.inventory.instances.find(({ credential }) => credential === name);
  }

  async function removeCredential(argument: unknown): Promise<void> {
    const items = argument === undefined ? await nameItems() : [];
    if (argument === undefined && items.length === 0) throw new UserError(t('No credential is stored.'));
    const name =
      argument === undefined
        ? await pick({ title: t('Remove Credential'), items })
        : readArguments(named, argument).name;
    if (name !== undefined) await credentials.remove(name);
  }

  /** Each name with what it stands for: what is removed is that it does, not the profile itself. */
  async function nameItems(): Promise<PickItem<string>[]> {
    const names = await credentials.names();
    const looks = await Promise.all(names.map((name) => credentials.lookOf(name)));
    return names.map((value, at) => {
      const look = looks[at];
      const description = look === undefined ? '' : withoutIcons(lookText(look, Date.now()));
      return { label: withoutIcons(value), description, value };
    });
  }

  async function askName(title: string): Promise<string | undefined> {
    const result = await askCredentialName(title, await credentials.names(), {});
    return result.kind === 'value' ? result.value : undefined;
  }

  return [
    registerCommand('setCredential', log, setCredential),
    registerCommand('removeCredential', log, removeCredential),
  ];
}

/** A caller names a source, or gives a pair. */
function entryOf(argument: unknown): KeyEntry {
  switch (readArguments(sourced, argument).source) {
    case 'environment':
      return { kind: 'source', source: { kind: 'environment' } };
    case 'profile': {
      const { profile } = readArguments(v.object({ profile: v.optional(filled) }), argument);
      return { kind: 'source', source: { kind: 'profile', ...(profile === undefined ? {} : { profile }) } };
    }
    case undefined: {
      const { isForSession, ...pair } = readArguments(key, argument);
      const credential = readCredential(pair);
      if (typeof credential === 'string') throw new UserError(credentialProblemText(credential));
      return { kind: isForSession ? 'session' : 'stored', credential };
    }
  }
}
