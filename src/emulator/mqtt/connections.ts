import type { Client } from 'aedes';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ActionInfo, DeviceTrace } from './deviceTrace';

type End = Exclude<ActionInfo, 'accepted'>;

interface Connection {
  readonly channelId: string;
  /** Why it ends; the first cause counts. */
  end?: End;
}

/** Follows each connection of the broker from its sign-in to its end, and writes both down with the cause. */
export class Connections {
  private readonly connections = new WeakMap<Client, Connection>();
  /** Who has signed in and is about to take the session of its client ID. */
  private readonly arriving = new Map<string, Client>();

  constructor(private readonly trace: DeviceTrace) {}

  /** What its socket tells of a connection; called before the broker itself listens to the socket. */
  follow(socket: Socket, clientOf: () => Client): void {
    const blame = (end: End) => () => this.blame(clientOf(), end);
    socket.once('end', blame('closed by client'));
    socket.once('error', blame('Socket IOException'));
    // One that ended before it was accepted puts nobody out.
    socket.once('close', () => this.arrived(clientOf()));
  }

  /** A sign-in that was let in: if its client ID has a connection, that one ends now. */
  signedIn(client: Client): void {
    this.arriving.set(client.id, client);
  }

  /** A sign-in that was refused. */
  refused(client: Client, end: End): void {
    this.trace.record(client.id, this.of(client).channelId, end);
  }

  /** The connection holds the session of its client ID from now on. */
  accepted(client: Client): void {
    this.arrived(client);
    this.trace.record(client.id, this.of(client).channelId, 'accepted');
  }

  /** Says why a connection is about to end; one that the broker is ending already ends for that. */
  blame(client: Client, end: End): void {
    if (!client.closed && client.disconnectReasonCode === null) this.of(client).end ??= end;
  }

  ended(client: Client): void {
    const { channelId, end } = this.of(client);
    const other = this.arriving.get(client.id);
    const isTakenOver = other !== undefined && other !== client;
    // Where nothing else ended it, the broker did: for another connection, or because of a DISCONNECT packet.
    this.trace.record(client.id, channelId, end ?? (isTakenOver ? 'clientId conflict' : 'disconnected by client'));
  }

  private arrived(client: Client): void {
    if (this.arriving.get(client.id) === client) this.arriving.delete(client.id);
  }

  private of(client: Client): Connection {
    const known = this.connections.get(client) ?? { channelId: randomUUID().replaceAll('-', '') };
    this.connections.set(client, known);
    return known;
  }
}
