import { isGroupId } from '../clientIds/clientId';
import { ClientIdSearch } from '../clientIds/clientIdSearch';
import { attentionOf, type Instance } from '../inventory/inventory';

/** The saved clients of one instance, made ready for a look-up: 100,000 of them must not slow down typing. */
export class SavedClients {
  readonly search: ClientIdSearch;
  readonly clientIds: readonly string[];
  private readonly groupsOfClients = new Map<string, string[]>();
  private readonly clientsOfGroupIds = new Map<string, number>();

  constructor(readonly instance: Instance) {
    for (const { name, groupId, clientIds } of instance.groups) {
      if (groupId !== undefined) this.clientsOfGroupIds.set(groupId, this.clientsOf(groupId));
      for (const clientId of clientIds) this.add(clientId, name);
    }
    this.clientIds = [...this.groupsOfClients.keys()];
    this.search = new ClientIdSearch(this.clientIds, (clientId) => attentionOf(instance, clientId).alias);
  }

  isSaved(clientId: string): boolean {
    return this.groupsOfClients.has(clientId);
  }

  /** The names of its groups; none for a client that is not saved. */
  groupsOf(clientId: string): readonly string[] {
    return this.groupsOfClients.get(clientId) ?? [];
  }

  /** Group IDs that begin so, with or without their `GID_`, in any case. */
  groupIdsLike(text: string): string[] {
    const wanted = text.toLowerCase();
    return [...this.clientsOfGroupIds.keys()].filter((groupId) => {
      const lower = groupId.toLowerCase();
      return lower.startsWith(wanted) || lower.startsWith(wanted, 'GID_'.length);
    });
  }

  /** How many saved clients are of a group ID. */
  clientsOf(groupId: string): number {
    return this.clientsOfGroupIds.get(groupId) ?? 0;
  }

  private add(clientId: string, group: string): void {
    const groups = this.groupsOfClients.get(clientId);
    if (groups !== undefined) {
      if (!groups.includes(group)) groups.push(group);
      return;
    }
    this.groupsOfClients.set(clientId, [group]);
    const groupId = clientId.slice(0, Math.max(0, clientId.indexOf('@@@')));
    if (isGroupId(groupId)) this.clientsOfGroupIds.set(groupId, this.clientsOf(groupId) + 1);
  }
}
