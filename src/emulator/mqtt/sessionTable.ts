import { Emitter } from '../../base/event';

/** Which clients have a live MQTT session. A session taken over by the same client ID stays. */
export class SessionTable {
  private readonly holders = new Map<string, object>();
  private readonly changed = new Emitter<string>();
  /** Fires with the client ID that came or went. */
  readonly onDidChange = this.changed.event;

  isOnline(clientId: string): boolean {
    return this.holders.has(clientId);
  }

  connected(clientId: string, connection: object): void {
    this.holders.set(clientId, connection);
    this.changed.fire(clientId);
  }

  /** Only the connection that holds the session can end it. */
  disconnected(clientId: string, connection: object): void {
    if (this.holders.get(clientId) !== connection) return;
    this.holders.delete(clientId);
    this.changed.fire(clientId);
  }
}
