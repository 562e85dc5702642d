export type DestinationProblem = 'missing' | 'scheme' | 'path' | 'userInfo' | 'badHost' | 'badPort' | 'badRegion';

/** Where a signed call may go, or why it may not. */
export type Destination =
  | { readonly kind: 'ok'; readonly host: string; readonly protocol: 'HTTP' | 'HTTPS' }
  | { readonly kind: 'refused'; readonly reason: DestinationProblem };

export interface Place {
  readonly regionId?: string | undefined;
  readonly endpoint?: string | undefined;
}

/**
 * The one decision where a key may go: over https to the vendor's endpoint of a region, over https to a host the user
 * entered, over http to a loopback address alone. An endpoint, where there is one, goes before the region.
 */
export function destination({ regionId, endpoint }: Place): Destination {
  if (endpoint !== undefined && endpoint !== '') return ofEndpoint(endpoint);
  if (regionId === undefined || regionId === '') return refused('missing');
  if (!isRegion(regionId)) return refused('badRegion');
  return { kind: 'ok', host: `onsmqtt.${regionId}.aliyuncs.com`, protocol: 'HTTPS' };
}

/** A place of STS, which gives the keys of roles. */
export interface StsPlace extends Place {
  /** True where the machine stands in a VPC of the vendor's that reaches STS from inside. */
  readonly isVpc: boolean;
}

/**
 * Where STS may be asked for the keys of a role with a key of the person's: over https to the vendor, or to a host that
 * the person's own profile names; over http to a loopback address alone.
 */
export function stsDestination({ regionId, endpoint, isVpc }: StsPlace): Destination {
  if (endpoint !== undefined && endpoint !== '') return ofEndpoint(endpoint);
  if (regionId === undefined || regionId === '') return { kind: 'ok', host: 'sts.aliyuncs.com', protocol: 'HTTPS' };
  if (!isRegion(regionId)) return refused('badRegion');
  return { kind: 'ok', host: `sts${isVpc ? '-vpc' : ''}.${regionId}.aliyuncs.com`, protocol: 'HTTPS' };
}

/**
 * Where an ECS instance is asked for the key of its role: at a fixed address within it, over http, as the vendor has it.
 * Nothing is signed there, and what comes back is a key: no proxy may stand between.
 */
export function metadataDestination(): Extract<Destination, { kind: 'ok' }> {
  return { kind: 'ok', host: '100.100.100.200', protocol: 'HTTP' };
}

export type VendorProblem = DestinationProblem | 'notVendor' | 'local';

/** The vendor's endpoint of a region, or why a place is none. */
export type VendorDestination =
  { readonly kind: 'ok'; readonly regionId: string } | { readonly kind: 'refused'; readonly reason: VendorProblem };

/**
 * Where a key may go by the word of a workspace, which may be anybody's: over https to the vendor's endpoint of a region,
 * letter by letter. What comes out is a region, so that no host of a workspace's choice goes any further.
 */
export function vendorDestination(place: Place): VendorDestination {
  const { endpoint } = place;
  const isEndpoint = endpoint !== undefined && endpoint !== '';
  const regionId = isEndpoint ? VENDOR.exec(endpoint)?.[1] : place.regionId;
  if (isEndpoint && regionId === undefined)
    return { kind: 'refused', reason: isLocal({ endpoint }) ? 'local' : 'notVendor' };
  const found = destination({ regionId });
  return found.kind === 'refused' || regionId === undefined
    ? { kind: 'refused', reason: found.kind === 'refused' ? found.reason : 'missing' }
    : { kind: 'ok', regionId };
}

const VENDOR = /^onsmqtt\.([a-z0-9]+(?:-[a-z0-9]+)*)\.aliyuncs\.com(?::443)?$/;

/** True for an address on this machine: a local instance, whose calls cost nothing. */
export function isLocal(place: Place): boolean {
  const found = destination(place);
  return found.kind === 'ok' && found.protocol === 'HTTP';
}

function isRegion(regionId: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(regionId) && regionId.length <= 40;
}

/** True for this machine itself, as host or host:port. */
export function isLoopbackHost(host: string): boolean {
  return isLocal({ endpoint: host });
}

const HOST = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

function ofEndpoint(endpoint: string): Destination {
  if (endpoint.includes('://')) return refused('scheme');
  if (/[/\\?#]/.test(endpoint)) return refused('path');
  if (endpoint.includes('@')) return refused('userInfo');
  const [, name = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(endpoint) ?? [];
  if (name !== '[::1]' && (!HOST.test(name) || name.length > 253)) return refused('badHost');
  if (port !== undefined && !isPort(port)) return refused('badPort');
  const host = port === undefined ? name : `${name}:${port}`;
  if (name.toLowerCase() === 'localhost')
    return { kind: 'ok', host: host.replace(/^localhost/i, '127.0.0.1'), protocol: 'HTTP' };
  return { kind: 'ok', host, protocol: isLoopback(name) ? 'HTTP' : 'HTTPS' };
}

function isLoopback(name: string): boolean {
  return (
    name === '[::1]' ||
    (/^127(\.(0|[1-9]\d{0,2})){3}$/.test(name) && name.split('.').every((part) => Number(part) <= 255))
  );
}

function isPort(port: string): boolean {
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535;
}

function refused(reason: DestinationProblem): Destination {
  return { kind: 'refused', reason };
}
