import * as vscode from 'vscode';
import type { Sources } from '../../host/sources/sources';
import type { AskingKey } from '../accountCalls';
import { confirm } from '../tell';
import { hereText } from '../words/sourceWords';

const t = vscode.l10n.t;

export type Commands = Pick<Sources, 'commandAwaiting' | 'allow'>;

/** Asks whether the command that a key waits for may run; true where it may, or where there is none. */
export function allowKey(key: AskingKey, sources: Commands): Promise<boolean> {
  if (key.kind === 'stored') return allowCommand(key.name, sources);
  const { name, entry } = key;
  return entry.kind === 'source' ? allowCommand(name, sources, entry.source) : Promise.resolve(true);
}

/** As `allowKey`, for a name and what it stands for or is to stand for. */
export async function allowCommand(
  name: string,
  sources: Commands,
  of: Parameters<Commands['commandAwaiting']>[0] = name,
): Promise<boolean> {
  const command = await sources.commandAwaiting(of);
  if (command === undefined) return true;
  const question = t('Run this command to get the key of the credential "{0}"?', name);
  const detail = [
    shownWhole(command),
    t(
      'The CLI profile names it. It runs {0} in your home folder, with your rights, whenever a key is needed, without a shell.',
      hereText(),
    ),
    t('You are asked once on this machine, and again when the command changes by a single character.'),
  ].join('\n\n');
  if (!(await confirm(question, t('Run the Command'), detail))) return false;
  // What was agreed to is what was shown: another command by now is asked about when its turn comes.
  await sources.allow(command);
  return true;
}

/** What cannot be seen stands there as its number: nothing hides in a line that is agreed to. */
function shownWhole(command: string): string {
  return command.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
    (unseen) => `\\u{${(unseen.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
