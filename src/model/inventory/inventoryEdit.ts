import type { Attention, ClientWords, Group, InstanceDetails, Inventory } from './inventory';

/** One change to the saved inventory. Instances go by their instance ID, groups by their name. */
export type InventoryEdit =
  | { readonly kind: 'addInstance'; readonly instance: InstanceDetails & { readonly groups?: readonly Group[] } }
  | { readonly kind: 'editInstance'; readonly instanceId: string; readonly details: InstanceDetails }
  | { readonly kind: 'removeInstance'; readonly instanceId: string }
  | {
      readonly kind: 'addGroup';
      readonly instanceId: string;
      readonly name: string;
      readonly groupId?: string | undefined;
    }
  | { readonly kind: 'renameGroup'; readonly instanceId: string; readonly group: string; readonly name: string }
  | { readonly kind: 'removeGroup'; readonly instanceId: string; readonly group: string }
  | {
      readonly kind: 'moveGroup';
      readonly instanceId: string;
      readonly group: string;
      /** Its place among the groups of the instance, from 0; beyond the last it is the last. */
      readonly to: number;
    }
  | {
      /** Each key given is set; one given as undefined or false is taken out. */
      readonly kind: 'setAttention';
      readonly instanceId: string;
      readonly of: { readonly group: string } | { readonly clientIds: readonly string[] };
      readonly attention: Attention;
    }
  | {
      /** Each key given is set; one given as undefined is taken out. */
      readonly kind: 'describe';
      readonly instanceId: string;
      readonly of: { readonly clientIds: readonly string[] };
      readonly words: ClientWords;
    }
  | {
      readonly kind: 'describe';
      readonly instanceId: string;
      readonly of: { readonly group: string };
      readonly words: Pick<ClientWords, 'note'>;
    }
  | {
      readonly kind: 'addClients' | 'removeClients';
      readonly instanceId: string;
      readonly group: string;
      readonly clientIds: readonly string[];
    }
  /** Adds what an inventory has and this one has not; nothing is overwritten. */
  | { readonly kind: 'merge'; readonly inventory: Inventory }
  | {
      /** What is wanted and said of a client is its instance's, so it goes along. One that is there already leaves its old groups. */
      readonly kind: 'moveClients';
      readonly instanceId: string;
      readonly from: readonly { readonly group: string; readonly clientIds: readonly string[] }[];
      readonly to: string;
    };

export type EditProblem =
  | 'broken'
  | 'busy'
  | 'noSuchInstance'
  | 'noSuchGroup'
  | 'emptyName'
  | 'nameTaken'
  | 'instanceIdTaken'
  | 'groupNameTaken'
  /** A workspace's inventory names no place but the vendor's. */
  | 'notVendor'
  /** The file is a link that leads out of its folder. */
  | 'outside'
  /** A file was saved, and a later one could not be. */
  | 'partly';

/** An edit that was refused; nothing was written, but where it is `partly`. */
export class InventoryEditError extends Error {
  override readonly name = 'InventoryEditError';

  constructor(
    readonly reason: EditProblem,
    /** The name or ID it is about. */
    readonly about = '',
    /** The names of the files that were saved before, where it is `partly`. */
    readonly saved: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(`${reason} ${about}`, options);
  }
}
