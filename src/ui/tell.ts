import * as vscode from 'vscode';

/**
 * VS Code makes a link of `[text](target)` in any message, and runs it where the target is a command. Names, client IDs
 * and what a server answers may hold that: a word joiner between the two keeps the words and ends the link.
 */
export function unlinked(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}

/**
 * VS Code draws `$(name)` as an icon in pick lists and in the status bar. Names, client IDs and what a server answers
 * may hold that: a word joiner behind the dollar keeps the words.
 */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u2060(');
}

/** Shows a message; resolves with the action chosen. */
export function tellInformation(text: string, ...actions: string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(unlinked(text), ...actions);
}

export function tellWarning(text: string, ...actions: string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(unlinked(text), ...actions);
}

export function tellError(text: string, ...actions: string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(unlinked(text), ...actions);
}

/** Asks in a dialog that stands before all else; resolves with the action chosen, undefined where it was closed. */
export async function askInDialog(
  question: string,
  detail: string | undefined,
  ...actions: string[]
): Promise<string | undefined> {
  const options = { modal: true, ...(detail === undefined ? {} : { detail: unlinked(detail) }) };
  return vscode.window.showWarningMessage(unlinked(question), options, ...actions);
}

/** Asks before something goes on; true where the one action was chosen. */
export async function confirm(question: string, action: string, detail?: string): Promise<boolean> {
  return (await askInDialog(question, detail, action)) === action;
}

/** Works while a notification says so; its button and the end of the work abort it. `report` says how far it is. */
export function whileTelling<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: unlinked(title) };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work(abort.signal, (message) => progress.report({ message: unlinked(message) }));
  });
}
