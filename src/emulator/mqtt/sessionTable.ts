import { Emitter } from '../../base/event';
import { isGroupId } from '../../model/clientIds/clientId';
import { SAMPLE_GROUP_ID } from '../sampleClients';

/** Which clients have a live MQTT session. A session taken over by the same client ID stays. */
export class SessionTable {
  private readonly holders = new Map<string, object>();
  private readonly changed = new Emitter<string>();
  /** Fires with the client ID that came or went. */
  readonly onDidChange = this.changed.event;

  /** The groups of all clients there have been: here a group is made by its first client. */
  private readonly groups = new Set<string>([SAMPLE_GROUP_ID]);

  get groupIds(): readonly string[] {
    return [...this.groups];
  }

  isOnline(clientId: string): boolean {
    return this.holders.has(clientId);
  }

  connected(clientId: string, connection: object): void {
    this.holders.set(clientId, connection);
    const groupId = clientId.slice(0, Math.max(0, clientId.indexOf('@@@')));
    if (isGroupId(groupId)) this.groups.add(groupId);
    this.changed.fire(clientId);
  }

  /** Only the connection that holds the session can end it. */
  disconnected(clientId: string, connection: object): void {
    if (this.holders.get(clientId) !== connection) return;
    this.holders.delete(clientId);
    this.changed.fire(clientId);
  }
}
