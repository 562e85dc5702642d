import { destination, type Place, vendorDestination } from '../destination';

/**
 * The host that a key would go to, where that is neither the vendor's nor this machine: somebody else has named it. Names
 * under the vendor's domain are foreign too: customers call buckets and functions there as they like.
 */
export function foreignHost(place: Place): string | undefined {
  const found = destination(place);
  if (found.kind === 'refused' || found.protocol === 'HTTP') return undefined;
  return vendorDestination(place).kind === 'ok' ? undefined : found.host;
}
