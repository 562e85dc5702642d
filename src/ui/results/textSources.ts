import * as vscode from 'vscode';
import { textOfBytes } from '../../model/clientIds/textOfBytes';
import { numberText } from '../words/numbers';
import { UserError } from '../userError';

const t = vscode.l10n.t;
const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 64;

/** A text to look for client IDs in, and how it is called. */
export interface TextSource {
  readonly name: string;
  readonly text: string;
  /** True for one that may be a list of client IDs in any shape, as a person copies them. */
  readonly isPaste?: boolean;
}

/** What is selected in the active editor, in all of its selections. */
export function selectionSource(): TextSource {
  const editor = vscode.window.activeTextEditor;
  const text = (editor?.selections ?? []).map((selection) => editor?.document.getText(selection) ?? '').join('\n');
  if (text.trim() === '') throw new UserError(t('Nothing is selected. Select the text that holds client IDs first.'));
  return { name: t('the selection'), text };
}

export async function clipboardSource(): Promise<TextSource> {
  return { name: t('the clipboard'), text: await vscode.env.clipboard.readText(), isPaste: true };
}

/** A file, or the one in the active editor, as it stands there if it is open. */
export async function fileSource(named: string | undefined): Promise<TextSource> {
  const uri = named === undefined ? activeUri() : vscode.Uri.parse(named, true);
  if (uri === undefined) throw new UserError(t('No file is open in the active editor.'));
  const name = nameOf(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return { name, text: open?.getText() ?? (await read(uri, name)) };
}

/** The last part of a path. */
export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file too large for an editor of extensions is known by its tab alone. */
function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const ofTab = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return vscode.window.activeTextEditor?.document.uri ?? ofTab;
}

async function read(uri: vscode.Uri, name: string): Promise<string> {
  const text = textOfBytes(await bytesOf(uri, name));
  if (text === undefined) throw new UserError(binaryText(name));
  return text;
}

export function binaryText(name: string): string {
  return t('"{0}" is a binary file, so no client IDs were looked for.', name);
}

/** The bytes of a file. Throws UserError where it is too large, or cannot be read. */
export async function bytesOf(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_MEGABYTES * MEGABYTE)
      throw new UserError(
        t(
          '"{0}" has {1} MB; a file may have {2} MB at most.',
          name,
          numberText(Math.ceil(size / MEGABYTE)),
          numberText(MOST_MEGABYTES),
        ),
      );
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(t('"{0}" could not be read.', name));
  }
}
