import { clientIdProblem } from '../clientIds/clientId';
import { clientIdsOf, type Instance } from './inventory';

const NOBODY: ReadonlySet<string> = new Set();
const known = new WeakMap<Instance, ReadonlySet<string>>();

/** The clients of an instance that nobody asks about before the person has let its key be used for them. */
export function heldClientsOf(instance: Instance): ReadonlySet<string> {
  if (!instance.groups.some(({ origin }) => origin?.isHeld === true)) return NOBODY;
  const held = known.get(instance) ?? findHeld(instance);
  known.set(instance, held);
  return held;
}

/** The first saved client that could be asked about: its ID is valid, and it is not held back; undefined where none is. */
export function firstAskable(instance: Instance): string | undefined {
  const held = heldClientsOf(instance);
  return clientIdsOf(instance).find((clientId) => clientIdProblem(clientId) === undefined && !held.has(clientId));
}

/** One that a group holds which is not held back is free; one in no group at all is a person's own question. */
function findHeld({ groups }: Instance): Set<string> {
  const idsWhere = (isHeld: boolean): Set<string> =>
    new Set(groups.flatMap(({ origin, clientIds }) => ((origin?.isHeld === true) === isHeld ? clientIds : [])));
  const free = idsWhere(false);
  return new Set([...idsWhere(true)].filter((clientId) => !free.has(clientId)));
}
