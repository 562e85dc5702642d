import type { Inventories } from '../../host/inventory/inventories';
import { heldClientsOf } from '../../model/inventory/heldClients';
import type { Instance } from '../../model/inventory/inventory';
import { bindingKey, bindingTermsOf, foreignFilesOf } from '../../model/inventory/personal';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import type { BindingQuestions } from './bindingQuestions';

/**
 * Before a person's check uses a key by the word of a workspace, the person is asked once. What asks by itself never gets
 * here: without a yes the checker sends nothing.
 */
export class WorkspaceConsent {
  /** Instances that a check of several was not to wait for again. */
  private readonly declined = new Set<string>();
  /** One question after the other: two checks of one instance ask once. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly inventory: Pick<Inventories, 'inventory' | 'personal'>,
    private readonly questions: Pick<BindingQuestions, 'key' | 'clients'>,
  ) {}

  /** The checks as they may go on, each with the key that is bound by now; undefined where the person would rather not. */
  async open(requests: readonly CheckRequest[]): Promise<readonly CheckRequest[] | undefined> {
    const instanceIds = [...new Set(requests.map(({ target }) => target.instanceId))];
    for (const instanceId of instanceIds) {
      const asked = requests.filter(({ target }) => target.instanceId === instanceId);
      const clientIds = asked.flatMap((request) => request.clientIds);
      const isAlone = instanceIds.length === 1;
      const isAgreed = await this.inTurn(() => this.agree(instanceId, clientIds, isAlone));
      if (!isAgreed && isAlone) return undefined;
    }
    return requests.map((request) => ({ ...request, target: this.current(request.target) }));
  }

  /** Asks for a key of the person's for a workspace's instance, though there be one already. */
  async bind(instance: Instance): Promise<boolean> {
    const terms = bindingTermsOf(instance);
    if (terms === undefined || instance.origin === undefined) return false;
    const credential = await this.questions.key(instance, instance.origin);
    // What was agreed to is what was shown: where the file has changed meanwhile, this binds nothing.
    if (credential !== undefined) this.inventory.personal.bind(terms, credential);
    return credential !== undefined;
  }

  /** Asks for a yes for each file that names clients for an instance of somebody else. */
  async allow(instance: Instance): Promise<boolean> {
    for (const file of foreignFilesOf(instance).filter(({ isHeld }) => isHeld)) {
      if (!(await this.questions.clients(instance, file))) return false;
      this.inventory.personal.allow(file.terms, file.clientIds.size);
    }
    return true;
  }

  private async agree(instanceId: string, clientIds: readonly string[], isAlone: boolean): Promise<boolean> {
    const instance = this.saved(instanceId);
    const terms = instance === undefined ? undefined : bindingTermsOf(instance);
    if (instance !== undefined && terms !== undefined && instance.credential === undefined)
      if (!(await this.unlessDeclined(bindingKey(terms), isAlone, () => this.bind(instance)))) return false;
    const bound = this.saved(instanceId);
    // Without a key nothing is asked, so there is nothing to say yes to.
    if (bound?.credential === undefined) return true;
    const held = heldClientsOf(bound);
    if (!clientIds.some((clientId) => held.has(clientId))) return true;
    return this.unlessDeclined(instanceId, isAlone, () => this.allow(bound));
  }

  /** Whoever said no to one of many is not asked again by each check of all of them. */
  private async unlessDeclined(key: string, isAlone: boolean, ask: () => Promise<boolean>): Promise<boolean> {
    if (!isAlone && this.declined.has(key)) return false;
    const isAgreed = await ask();
    if (isAgreed) this.declined.delete(key);
    else this.declined.add(key);
    return isAgreed;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private current(target: CheckRequest['target']): CheckRequest['target'] {
    return this.saved(target.instanceId) ?? target;
  }

  private saved(instanceId: string): Instance | undefined {
    return this.inventory.inventory.instances.find((each) => each.instanceId === instanceId);
  }
}
