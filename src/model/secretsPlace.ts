/**
 * Where VS Code keeps secrets, as far as an extension can know. They are kept by the window, not by the extension host:
 * with a remote (SSH, WSL, a container) on the computer before which the person sits.
 */
export type SecretsPlace = 'thisComputer' | 'ownComputer' | 'browser';

/** What `vscode.env` tells of the window. */
export interface WindowKind {
  readonly isWeb: boolean;
  /** Undefined where there is no remote. A server's own browser window has one too. */
  readonly remoteName: string | undefined;
}

/** A browser's window comes first: its server decides how long it keeps them, and tells nobody. */
export function secretsPlace({ isWeb, remoteName }: WindowKind): SecretsPlace {
  if (isWeb) return 'browser';
  return remoteName === undefined ? 'thisComputer' : 'ownComputer';
}
