import type { Memento } from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance, type Instance } from '../../model/inventory/inventory';
import type { Subjects } from '../commands/arguments';

/** Under this key of the workspace. */
const INSTANCE_OF_LOOK_UPS = 'instanceOfLookUps';

/** Which instance is asked about client IDs that are saved nowhere: one memory for the workspace, one way to choose. */
export class LookUpInstance {
  constructor(
    private readonly inventory: Pick<Inventories, 'inventory'>,
    private readonly subjects: Pick<Subjects, 'instance'>,
    private readonly memento: Pick<Memento, 'get' | 'update'>,
  ) {}

  /** The only one there is, or the one chosen last; undefined where a person has to choose. */
  get current(): Instance | undefined {
    const { instances } = this.inventory.inventory;
    if (instances.length === 1) return instances[0];
    const kept = this.memento.get(INSTANCE_OF_LOOK_UPS);
    return typeof kept === 'string' ? findInstance({ instances }, kept) : undefined;
  }

  /** True where another one could be chosen. */
  get hasOthers(): boolean {
    return this.inventory.inventory.instances.length > 1;
  }

  /** The current one, else the one the person chooses; undefined when cancelled. */
  async get(): Promise<Instance | undefined> {
    return this.current ?? (await this.choose());
  }

  /** Asks which one it is from now on; undefined when cancelled. */
  async choose(): Promise<Instance | undefined> {
    const chosen = await this.subjects.instance(undefined);
    if (chosen !== undefined) await this.remember(chosen);
    return chosen;
  }

  /** What cannot be kept ends with the window, and no sooner. */
  async remember({ instanceId }: Instance): Promise<void> {
    await Promise.resolve(this.memento.update(INSTANCE_OF_LOOK_UPS, instanceId)).catch(() => undefined);
  }
}
