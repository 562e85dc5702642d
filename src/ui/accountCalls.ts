import type { Credentials, KeyEntry } from '../host/credentials';
import type { DraftKeys } from '../sessions/calls/draftKeys';
import { type FitCheck, MADE_UP_CLIENT_ID } from '../sessions/fitCheck';
import type { Lists } from '../sessions/lists';
import { ApiError } from '../model/apiError';
import type { Place } from '../model/destination';
import { firstAskable } from '../model/inventory/heldClients';
import type { Instance } from '../model/inventory/inventory';
import type { InstanceListed } from '../model/listed';
import type { BudgetGuard } from './budgetGuard';

/** The key that asks: one that a name stands for, or one that was just entered for a name and is nowhere else. */
export type AskingKey =
  | { readonly kind: 'stored'; readonly name: string }
  | { readonly kind: 'entered'; readonly name: string; readonly entry: KeyEntry };

/** What is tried out before it is saved. */
export interface Fitting extends Place {
  readonly instanceId: string;
  readonly key: AskingKey;
}

export interface AccountCallsParts {
  readonly sessions: {
    readonly lists: Pick<Lists, 'instances' | 'groups'>;
    readonly fitCheck: Pick<FitCheck, 'check'>;
    readonly drafts: Pick<DraftKeys, 'using'>;
  };
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly credentials: Pick<Credentials, 'draft' | 'sources'>;
  /** Asks whether a command that a key would come from may run. */
  readonly mayUse: (key: AskingKey) => Promise<boolean>;
}

/** The calls that a person may make while something is being saved. Each is one, and whoever offers it says so. */
export class AccountCalls {
  constructor(private readonly parts: AccountCallsParts) {}

  /** The instances of an account, of no instance's budget. Rejects with an ApiError. */
  instances(place: Place, key: AskingKey, signal: AbortSignal): Promise<readonly InstanceListed[]> {
    const { lists } = this.parts.sessions;
    return this.with(key, (credential) => lists.instances({ ...placeOf(place), credential }, signal));
  }

  /** The group IDs of a saved instance, asked with its own key. Rejects with an ApiError. */
  async groups(instance: Instance, signal: AbortSignal): Promise<readonly string[]> {
    await this.assertBudget(instance.instanceId);
    const name = instance.credential;
    if (name !== undefined) await this.assertUse({ kind: 'stored', name });
    return this.parts.sessions.lists.groups(instance, signal);
  }

  /** Tells whether all that a check needs fits together: undefined where it does, else why not. */
  async misfit(
    { instanceId, key, ...place }: Fitting,
    clientId: string,
    signal: AbortSignal,
  ): Promise<ApiError | undefined> {
    try {
      await this.assertBudget(instanceId);
      await this.with(key, (credential) =>
        this.parts.sessions.fitCheck.check({ ...placeOf(place), instanceId, credential }, clientId, signal),
      );
      return undefined;
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  private async with<T>(key: AskingKey, call: (credential: string) => Promise<T>): Promise<T> {
    await this.assertUse(key);
    const { sessions, credentials } = this.parts;
    return key.kind === 'stored' ? call(key.name) : sessions.drafts.using(credentials.draft(key.entry), call);
  }

  private async assertUse(key: AskingKey): Promise<void> {
    if (!(await this.parts.mayUse(key))) throw new ApiError('cancelled', 'Cancelled');
    this.parts.credentials.sources.tryAnew();
  }

  private async assertBudget(instanceId: string): Promise<void> {
    if (!(await this.parts.budget.mayAsk([instanceId]))) throw new ApiError('cancelled', 'Cancelled');
  }
}

/** A client to ask about: the first saved one that a key may be used for, else one that is made up. */
export function clientToAskAbout(instance: Instance | undefined): string {
  return (instance && firstAskable(instance)) ?? MADE_UP_CLIENT_ID;
}

function placeOf({ regionId, endpoint }: Place): Place {
  return { regionId, endpoint };
}
