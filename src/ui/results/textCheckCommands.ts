import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { readArguments, type Subjects } from '../commands/arguments';
import { registerCommand } from '../run';
import type { TextCheckResult, TextChecks } from './textChecks';
import { clipboardSource, fileSource, selectionSource, type TextSource } from './textSources';

const shape = v.object({ instance: v.optional(v.string()), text: v.optional(v.string()), uri: v.optional(v.string()) });

/** The commands that look for client IDs in a text: with an argument for a caller, without one for a person. */
export function textCheckCommands(checks: TextChecks, subjects: Subjects, log: Log): vscode.Disposable[] {
  const command = (
    id: 'checkSelection' | 'checkFile' | 'checkClipboard',
    sourceOf: (uri: string | undefined) => TextSource | Promise<TextSource>,
  ): vscode.Disposable =>
    registerCommand(id, log, async (argument): Promise<TextCheckResult[] | undefined> => {
      // The editor's menu hands over what was clicked on.
      if (argument === undefined || isUri(argument)) {
        await checks.show(await sourceOf(argument?.toString()));
        return undefined;
      }
      const { instance: named, text, uri } = readArguments(shape, argument);
      const instance = named === undefined ? undefined : await subjects.instance({ instance: named });
      const source = text === undefined ? await sourceOf(uri) : { name: id, text, isPaste: id === 'checkClipboard' };
      return checks.check(source, instance);
    });
  return [
    command('checkSelection', selectionSource),
    command('checkFile', fileSource),
    command('checkClipboard', clipboardSource),
  ];
}

function isUri(argument: unknown): argument is vscode.Uri {
  return argument instanceof vscode.Uri;
}
