import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { StatusChange, StatusStore } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import { isStale, statusLook } from '../words/statusLook';

const t = vscode.l10n.t;
const SCHEME = 'apsaramq-mqtt-client';
const GATHER_MS = 100;
/** VS Code leaves badges out of an event that names more than 250. */
const MOST_URIS_AN_EVENT = 250;
const FLAPPING_BADGE = '⇅';

/** The address of a client's badge, on a scheme of our own so that no other view is tinted. */
export function clientUri(instanceId: string, clientId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: '/' + [instanceId, clientId].map((part) => encodeURIComponent(part.toWellFormed())).join('/'),
  });
}

/** A badge that VS Code has asked for, and how it looked. */
interface Shown {
  readonly uri: vscode.Uri;
  readonly instanceId: string;
  readonly clientId: string;
  look: string;
}

/** Badges of one character beside the rows. Only those VS Code asked for, and whose look changed, are told of. */
export class ClientDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  private readonly shown = new Map<string, Shown>();
  private readonly dirty = new Gather<Shown>(GATHER_MS, (shown) => this.redraw(shown));
  private readonly subscriptions: { dispose(): unknown }[];
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(
    private readonly store: StatusStore,
    private readonly history: Pick<StatusHistory, 'isFlapping'>,
    private readonly settings: Pick<Settings, 'staleAfterSeconds'>,
  ) {
    this.subscriptions = [
      vscode.window.registerFileDecorationProvider(this),
      store.onDidChange((change) => this.follow(change)),
      this.dirty,
      this.changed,
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    const [instanceId = '', clientId = ''] = uri.path.slice(1).split('/').map(decodeURIComponent);
    const decoration = this.decorationOf(instanceId, clientId);
    this.shown.set(keyOf(instanceId, clientId), { uri, instanceId, clientId, look: JSON.stringify(decoration) });
    return decoration;
  }

  /** Draws the badges again whose look no longer holds, because time has passed. */
  redrawAges(): void {
    this.redraw([...this.shown.values()]);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    for (const clientId of clientIds) {
      const shown = this.shown.get(keyOf(instanceId, clientId));
      if (shown !== undefined) this.dirty.add(shown);
    }
  }

  private redraw(shown: readonly Shown[]): void {
    const changed = shown.filter((each) => {
      const look = JSON.stringify(this.decorationOf(each.instanceId, each.clientId));
      if (look === each.look) return false;
      each.look = look;
      return true;
    });
    for (let at = 0; at < changed.length; at += MOST_URIS_AN_EVENT)
      this.changed.fire(changed.slice(at, at + MOST_URIS_AN_EVENT).map(({ uri }) => uri));
  }

  private decorationOf(instanceId: string, clientId: string): vscode.FileDecoration {
    const status = this.store.get(instanceId, clientId);
    const look = statusLook(status, isStale(status, Date.now(), this.settings.staleAfterSeconds));
    if (look.badge === undefined) return new vscode.FileDecoration();
    // A badge has two characters at most: the status, and that it flaps.
    const isFlapping = this.history.isFlapping(instanceId, clientId);
    const words = [look.text, ...(look.isStale ? [t('stale')] : []), ...(isFlapping ? [t('flapping')] : [])];
    return new vscode.FileDecoration(
      isFlapping ? `${look.badge}${FLAPPING_BADGE}` : look.badge,
      words.join(' · '),
      look.isStale ? new vscode.ThemeColor(look.color) : undefined,
    );
  }
}

function keyOf(instanceId: string, clientId: string): string {
  return `${instanceId} ${clientId}`;
}
