import { attentionOf, type Group, type Instance } from './inventory';

/** True where a client's own entry says so, else where every group that holds it is muted. */
export function isMuted(instance: Instance, clientId: string): boolean {
  const { muted } = attentionOf(instance, clientId);
  if (muted !== undefined) return muted;
  const groups = groupsWith(instance, clientId);
  return groups.length > 0 && groups.every((group) => group.muted === true);
}

/** The group under which a change of a client is told: the first that is not muted. */
export function tellingGroup(instance: Instance, clientId: string): Group | undefined {
  const groups = groupsWith(instance, clientId);
  return groups.find((group) => group.muted !== true) ?? groups[0];
}

function groupsWith({ groups }: Instance, clientId: string): Group[] {
  return groups.filter(({ clientIds }) => clientIds.includes(clientId));
}
