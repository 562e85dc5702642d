import * as vscode from 'vscode';
import type { Credentials, KeyEntry } from '../../host/credentials';
import type { Instance } from '../../model/inventory/inventory';
import type { FittingKey } from '../inputs/credentialFit';
import { confirm, tellInformation } from '../tell';
import { keyFitsText, type KeyKept } from '../words/secretWords';
import { allowCommand } from './allowCommand';

const t = vscode.l10n.t;

/** Keeps what a person entered; where VS Code cannot, offers to use it for the session. Resolves with what became of it. */
export async function keepKey(name: string, entry: KeyEntry, credentials: Credentials): Promise<KeyKept> {
  const kept = await keptAs(name, entry, credentials);
  if (kept !== 'no') await allowCommand(name, credentials.sources);
  return kept;
}

/** Keeps a key that was entered for an instance, and says that it fits where that is known. */
export async function keepFittingKey(
  { name, entry, fit }: FittingKey,
  instance: Instance | undefined,
  credentials: Credentials,
): Promise<KeyKept> {
  const kept = await keepKey(name, entry, credentials);
  const text = instance !== undefined && fit === 'fits' ? keyFitsText(kept, name, instance.name) : undefined;
  if (text !== undefined) void tellInformation(text);
  return kept;
}

async function keptAs(name: string, entry: KeyEntry, credentials: Credentials): Promise<KeyKept> {
  if (entry.kind !== 'stored') await credentials.put(name, entry);
  else
    try {
      await credentials.put(name, entry);
    } catch {
      const question = t('VS Code could not keep the key "{0}". Use it for this session only?', name);
      const detail = t('In the memory of this window alone: it is gone when the window is closed or reloaded.');
      if (!(await confirm(question, t('Use for This Session'), detail))) return 'no';
      await credentials.put(name, { kind: 'session', credential: entry.credential });
      return 'session';
    }
  return entry.kind === 'session' ? 'session' : 'kept';
}
