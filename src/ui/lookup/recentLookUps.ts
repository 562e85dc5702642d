import * as v from 'valibot';
import type { Inventories } from '../../host/inventory/inventories';
import type { Kept } from '../../host/kept';
import { type RecentClient, withRecent } from '../../model/lookup/recentClients';

const client = v.object({
  clientId: v.string(),
  last: v.optional(
    v.object({
      status: v.picklist(['online', 'offline', 'unknown']),
      isVerified: v.boolean(),
      checkedAt: v.number(),
    }),
  ),
});
const ofInstance = v.object({ place: v.optional(v.string()), clients: v.array(client) });
const shape = v.record(v.string(), ofInstance);
type KeptLookUps = v.InferOutput<typeof shape>;

export interface RecentLookUpsParts {
  readonly kept: Kept<KeptLookUps>;
  readonly inventory: Pick<Inventories, 'inventory'>;
  /** Tells an instance's address and account from others; undefined while its key is missing. */
  readonly placeOf: (instanceId: string) => Promise<string | undefined>;
}

/** Which clients were looked up last in each instance, and what was heard of them: kept for the workspace. */
export class RecentLookUps {
  constructor(private readonly parts: RecentLookUpsParts) {}

  /** Newest first. What another account, or another address, answered is left out. */
  async of(instanceId: string): Promise<RecentClient[]> {
    const place = await this.parts.placeOf(instanceId);
    return this.read(instanceId, place);
  }

  /** Puts what was looked up before all others, with what is known of it now. */
  async note(instanceId: string, looked: readonly RecentClient[]): Promise<RecentClient[]> {
    const place = await this.parts.placeOf(instanceId);
    return this.write(instanceId, place, withRecent(this.read(instanceId, place), looked));
  }

  async remove(instanceId: string, clientId: string): Promise<RecentClient[]> {
    const place = await this.parts.placeOf(instanceId);
    const others = this.read(instanceId, place).filter((each) => each.clientId !== clientId);
    return this.write(instanceId, place, others);
  }

  clear(instanceId: string): RecentClient[] {
    return this.write(instanceId, undefined, []);
  }

  private read(instanceId: string, place: string | undefined): RecentClient[] {
    const kept = this.readAll()[instanceId];
    const isSamePlace = place !== undefined && kept?.place === place;
    return (kept?.clients ?? []).map(({ clientId, last }) => (isSamePlace ? { clientId, last } : { clientId }));
  }

  private readAll(): KeptLookUps {
    const parsed = v.safeParse(shape, this.parts.kept.read());
    return parsed.success ? parsed.output : {};
  }

  /** Those of instances that are saved no more go with them. */
  private write(instanceId: string, place: string | undefined, clients: RecentClient[]): RecentClient[] {
    const saved = new Set(this.parts.inventory.inventory.instances.map((instance) => instance.instanceId));
    const all = { ...this.readAll(), [instanceId]: { ...(place === undefined ? {} : { place }), clients } };
    this.parts.kept.write(Object.fromEntries(Object.entries(all).filter(([id]) => saved.has(id))));
    return clients;
  }
}
