import { firstAskable } from '../../model/inventory/heldClients';
import type { Instance } from '../../model/inventory/inventory';

/** Valid, and of no device: what is asked is whether the question is allowed. */
const MADE_UP_CLIENT_ID = 'GID_diagnosis@@@made-up';

/** Which client a diagnosis asks about: one of the person's own where there is one, for a real question is the better proof. */
export function clientToAsk(instance: Instance): { readonly clientId: string; readonly isMadeUp: boolean } {
  const saved = firstAskable(instance);
  return saved === undefined ? { clientId: MADE_UP_CLIENT_ID, isMadeUp: true } : { clientId: saved, isMadeUp: false };
}
