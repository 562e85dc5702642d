import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Credentials } from '../../host/credentials';
import type { Inventories } from '../../host/inventory/inventories';
import type { Instance } from '../../model/inventory/inventory';
import { bindingTermsOf, foreignFilesOf } from '../../model/inventory/personal';
import { readArguments, type Subjects } from '../commands/arguments';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { vendorProblemText } from './teamWords';
import type { WorkspaceConsent } from './workspaceConsent';

const t = vscode.l10n.t;

export interface BindingCommandParts {
  readonly inventory: Inventories;
  readonly credentials: Pick<Credentials, 'has'>;
  readonly consent: WorkspaceConsent;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands by which a person's key is used for what a workspace names, and is not any more. */
export function bindingCommands(parts: BindingCommandParts): vscode.Disposable[] {
  const { inventory, credentials, consent, subjects, log } = parts;
  const { personal } = inventory;

  async function bind(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    assertShared(instance);
    if (argument !== undefined && !isTreeNode(argument)) await bindFor(instance, argument);
    else if (instance.origin === undefined || (await consent.bind(instance))) await consent.allow(current(instance));
  }

  /** A caller says which key, and thereby yes to all that the folders name for the instance. */
  async function bindFor(instance: Instance, argument: unknown): Promise<void> {
    const terms = bindingTermsOf(instance);
    if (terms !== undefined) {
      const { credential } = readArguments(v.object({ credential: v.string() }), argument);
      if (!(await credentials.has(credential)))
        throw new UserError(t('No key is stored under the name "{0}".', credential));
      personal.bind(terms, credential);
    }
    for (const { terms: named, clientIds } of foreignFilesOf(current(instance))) personal.allow(named, clientIds.size);
  }

  async function unbind(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    const terms = bindingTermsOf(instance);
    const foreign = foreignFilesOf(instance).filter(({ isHeld }) => !isHeld);
    const isBound = terms !== undefined && instance.credential !== undefined;
    if (!isBound && foreign.length === 0) throw new UserError(t('No key of yours is bound to "{0}".', instance.name));
    for (const file of foreign) personal.forbid(file.terms);
    if (isBound) personal.unbind(terms);
  }

  const current = (instance: Instance): Instance =>
    inventory.inventory.instances.find(({ instanceId }) => instanceId === instance.instanceId) ?? instance;

  return [registerCommand('bindCredential', log, bind), registerCommand('unbindCredential', log, unbind)];
}

function assertShared(instance: Instance): void {
  const { name, origin } = instance;
  if (origin?.refused !== undefined) throw new UserError(`${name}: ${vendorProblemText(origin.refused)}`);
  if (origin === undefined && foreignFilesOf(instance).length === 0)
    throw new UserError(t('"{0}" is your own, so it asks with the credential saved with it.', name));
}
