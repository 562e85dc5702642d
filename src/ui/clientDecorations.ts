import * as vscode from 'vscode';
import type { StatusStore } from '../sessions/statusStore';

const SCHEME = 'apsaramq-mqtt-client';

/** The address of a client's badge, on a scheme of our own so that no other view is tinted. */
export function clientUri(instanceId: string, clientId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: '/' + [instanceId, clientId].map((part) => encodeURIComponent(part.toWellFormed())).join('/'),
  });
}

/** Badges of one character beside the rows. */
export class ClientDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(private readonly store: StatusStore) {
    const follow = store.onDidChange(({ instanceId, clientIds }) => {
      this.changed.fire(clientIds.map((clientId) => clientUri(instanceId, clientId)));
    });
    this.subscriptions = [
      vscode.window.registerFileDecorationProvider(this),
      new vscode.Disposable(() => follow.dispose()),
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    const [instanceId = '', clientId = ''] = uri.path.slice(1).split('/').map(decodeURIComponent);
    const status = this.store.get(instanceId, clientId);
    if (status?.failure !== undefined) return new vscode.FileDecoration('!', vscode.l10n.t('check failed'));
    switch (status?.last?.status) {
      case 'online':
        return new vscode.FileDecoration('✓', vscode.l10n.t('online'));
      case 'offline':
        return new vscode.FileDecoration('–', vscode.l10n.t('offline'));
      case 'unknown':
        return new vscode.FileDecoration('?', vscode.l10n.t('unknown'));
      case undefined:
        return undefined;
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}
