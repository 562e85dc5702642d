import type { Instance } from '../../model/inventory/inventory';
import { pickInstance, type Subjects } from '../commands/arguments';
import type { LookUpInstance } from '../lookup/lookUpInstance';
import type { ClientPlaces } from './clientPlaces';

/** Which instance is asked about a client ID of a text: where it is known, else the one of look-ups. */
export class InstanceChoice {
  constructor(
    private readonly places: Pick<ClientPlaces, 'of'>,
    private readonly subjects: Subjects,
    private readonly lookUpInstance: LookUpInstance,
  ) {}

  /** The instance that would be asked without a question; undefined where the person would be asked. */
  likely(clientId: string): Instance | undefined {
    const places = this.places.of(clientId).map(({ instance }) => instance);
    if (places.length > 0) return places.length === 1 ? places[0] : undefined;
    return this.lookUpInstance.current;
  }

  /** The instance a link names, the likely one, or the one the person chooses; undefined when cancelled. */
  async instanceOf({ clientId, instance }: { clientId: string; instance?: string }): Promise<Instance | undefined> {
    if (instance !== undefined) return this.subjects.instance({ instance });
    return this.likely(clientId) ?? (await this.ask(clientId));
  }

  private async ask(clientId: string): Promise<Instance | undefined> {
    const known = this.places.of(clientId).map(({ instance }) => instance);
    return known.length === 0 ? this.lookUpInstance.choose() : pickInstance(known);
  }
}
