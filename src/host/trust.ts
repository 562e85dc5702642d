import * as vscode from 'vscode';

/** Refused because the folder's authors are not trusted. */
export class RestrictedModeError extends Error {
  override readonly name = 'RestrictedModeError';
}

/**
 * False in Restricted Mode. There what the user saved is read-only, and nothing is started or asked by itself: a folder
 * of somebody else's is looked at, not worked in. A check by hand reads what is the user's own, with the user's own key.
 */
export function isTrusted(): boolean {
  return vscode.workspace.isTrusted;
}

/** Throws RestrictedModeError in Restricted Mode. */
export function assertTrusted(): void {
  if (!isTrusted()) throw new RestrictedModeError();
}

/** Fires once, when Restricted Mode ends; it comes back only with a new window. */
export const onDidGrantTrust = vscode.workspace.onDidGrantWorkspaceTrust;

/** Acts at once, or when Restricted Mode ends. */
export function onceTrusted(act: () => void): vscode.Disposable {
  if (!isTrusted()) return onDidGrantTrust(act);
  act();
  return new vscode.Disposable(() => undefined);
}
