import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Credentials } from '../../host/credentials';
import { readCredential } from '../../model/credentialInput';
import { askCredential, askCredentialName } from '../inputs/instanceInput';
import { registerCommand } from '../run';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { credentialProblemText } from '../words';
import { readArguments } from './arguments';

const t = vscode.l10n.t;
const named = v.object({ name: v.pipe(v.string(), v.trim(), v.nonEmpty()) });
const key = v.object({ accessKeyId: v.string(), accessKeySecret: v.string(), securityToken: v.optional(v.string()) });

/** The commands that store and remove AccessKeys. */
export function credentialCommands(credentials: Credentials, log: Log): vscode.Disposable[] {
  async function setCredential(argument: unknown): Promise<void> {
    if (argument !== undefined && !isTreeNode(argument)) {
      const { name } = readArguments(named, argument);
      const given = readCredential(readArguments(key, argument));
      if (typeof given === 'string') throw new UserError(credentialProblemText(given));
      await credentials.set(name, given);
      return;
    }
    const name = isTreeNode(argument) ? instanceOf(argument).instance.credential : await askName(t('Set Credential'));
    const entered = name === undefined ? undefined : await askCredential(name);
    if (name !== undefined && entered !== undefined) await credentials.set(name, entered);
  }

  async function removeCredential(argument: unknown): Promise<void> {
    const names = await credentials.names();
    if (argument === undefined && names.length === 0) throw new UserError(t('No credential is stored.'));
    const name =
      argument === undefined
        ? await vscode.window.showQuickPick(names, { title: t('Remove Credential') })
        : readArguments(named, argument).name;
    if (name !== undefined) await credentials.remove(name);
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
