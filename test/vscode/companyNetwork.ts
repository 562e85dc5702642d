import { join } from 'node:path';
import * as vscode from 'vscode';
import { CountingProxy } from '../host/countingProxy';
import { ForwardingProxy } from '../host/forwardingProxy';
import { TestAuthority } from '../host/testAuthority';
import { EXTRA, SYSTEM } from '../host/trust';

/** Hosts that only the proxy finds, by who vouches for them. */
export const HOST = { extra: 'extra.example.test', system: 'system.example.test', nobody: 'nobody.example.test' };

/** A company's network: a forwarding proxy, behind which the OpenAPI answers over TLS under names of its own. */
export class CompanyNetwork {
  static async start(apiEndpoint: string): Promise<CompanyNetwork> {
    const trust = join(__dirname, 'trust');
    const authorities = {
      [HOST.extra]: await TestAuthority.load(trust, EXTRA),
      [HOST.system]: await TestAuthority.load(trust, SYSTEM),
      [HOST.nobody]: TestAuthority.create('nobody'),
    };
    const fronts = new Map<string, CountingProxy>();
    for (const [host, authority] of Object.entries(authorities))
      fronts.set(host, await CountingProxy.start(apiEndpoint, authority.issue(host)));
    const routes = [...fronts].map(([host, { port }]) => [`${host}:443`, port] as const);
    return new CompanyNetwork(await ForwardingProxy.start(Object.fromEntries(routes)), fronts);
  }

  private constructor(
    readonly proxy: ForwardingProxy,
    private readonly fronts: ReadonlyMap<string, CountingProxy>,
  ) {}

  /** The tunnels that were asked for; VS Code asks for extensions of its own. */
  get tunnels(): string[] {
    return this.proxy.hosts.filter((host) => !host.startsWith('open-vsx.org'));
  }

  /** How many calls have come to the service by all its names. */
  get callCount(): number {
    return [...this.fronts.values()].reduce((sum, { calls }) => sum + calls.length, 0);
  }

  /** As at the start: nothing counted, everything forwarded, and no setting of VS Code about it. */
  async reset(): Promise<void> {
    for (const key of ['proxy', 'noProxy', 'proxySupport', 'systemCertificates']) await setHttp(key, undefined);
    this.proxy.hosts.length = 0;
    for (const { calls } of this.fronts.values()) calls.length = 0;
    Object.assign(this.proxy, { conduct: 'forward', login: undefined, body: '' });
  }

  async dispose(): Promise<void> {
    await this.reset();
    await this.proxy.dispose();
    for (const front of this.fronts.values()) await front.dispose();
  }
}

/** One of VS Code's own settings, such as `http.proxy`. */
export async function setHttp(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('http').update(key, value, vscode.ConfigurationTarget.Global);
}
