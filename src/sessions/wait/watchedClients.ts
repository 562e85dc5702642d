import { type Disposable, Emitter } from '../../base/event';

/** What one watch is about: clients of an instance, or all clients of a group. */
export interface WatchedPlace {
  readonly instanceId: string;
  readonly clientIds: readonly string[];
  readonly group?: string | undefined;
}

/** Which clients are being watched; several watches may be about the same one. */
export class WatchedClients implements Disposable {
  private readonly changed = new Emitter<WatchedPlace>();
  private readonly places = new Set<WatchedPlace>();
  private readonly counts = new Map<string, number>();
  /** Fires with what is watched now, or no longer. */
  readonly onDidChange = this.changed.event;

  /** Watched until the returned disposable is disposed. */
  add(place: WatchedPlace): Disposable {
    this.places.add(place);
    this.count(place, 1);
    return { dispose: () => this.places.delete(place) && this.count(place, -1) };
  }

  isWatched(instanceId: string, clientId: string): boolean {
    return this.counts.has(keyOf(instanceId, clientId));
  }

  /** True for a group that is watched as such. */
  isGroupWatched(instanceId: string, group: string): boolean {
    return [...this.places].some((place) => place.instanceId === instanceId && place.group === group);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private count(place: WatchedPlace, by: 1 | -1): void {
    for (const clientId of place.clientIds) {
      const key = keyOf(place.instanceId, clientId);
      const count = (this.counts.get(key) ?? 0) + by;
      if (count > 0) this.counts.set(key, count);
      else this.counts.delete(key);
    }
    this.changed.fire(place);
  }
}

function keyOf(instanceId: string, clientId: string): string {
  return `${instanceId} ${clientId}`;
}
