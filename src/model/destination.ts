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
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(regionId) || regionId.length > 40) return refused('badRegion');
  return { kind: 'ok', host: `onsmqtt.${regionId}.aliyuncs.com`, protocol: 'HTTPS' };
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
    (/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name) && name.split('.').every((part) => Number(part) <= 255))
  );
}

function isPort(port: string): boolean {
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535;
}

function refused(reason: DestinationProblem): Destination {
  return { kind: 'refused', reason };
}
