import { type Place, vendorDestination } from '../destination';

/** The region of an instance where its place says it: its own, or that of the vendor's endpoint; undefined elsewhere. */
export function regionOf(place: Place): string | undefined {
  if (place.regionId !== undefined && place.regionId !== '') return place.regionId;
  const found = vendorDestination(place);
  return found.kind === 'ok' ? found.regionId : undefined;
}
