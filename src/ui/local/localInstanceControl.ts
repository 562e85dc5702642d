import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ContextKeys } from '../../host/contextKeys';
import type { Credentials } from '../../host/credentials';
import type { InventoryFile } from '../../host/inventory/inventoryFile';
import type { Settings } from '../../host/settings';
import { CONTEXT_KEYS } from '../../manifest';
import type { LocalInstanceInfo } from '../../emulator/localInstance';
import { LocalInstanceError } from '../../emulator/localInstanceError';
import { LocalInstanceWorker } from '../../emulator/localInstanceWorker';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../emulator/localKeys';
import { SAMPLE_GROUP_ID, sampleClients, type SimulatedClient } from '../../emulator/sampleClients';
import { findInstance } from '../../model/inventory/inventory';
import { UserError } from '../userError';

const t = vscode.l10n.t;
const CREDENTIAL = 'local';
/** Where that name holds a key of a person's own. */
const SPARE = 'local-instance';
const PROBE_MS = 1000;

type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly started: Promise<void> }
  | { readonly kind: 'running'; readonly worker: LocalInstanceWorker };

export interface LocalInstanceControlParts {
  /** The worker's script, loaded on first use. */
  readonly script: string;
  readonly inventory: InventoryFile;
  readonly credentials: Credentials;
  readonly settings: Settings;
  readonly contextKeys: ContextKeys;
}

/** Starts and stops the local instance, and saves it as an instance like any other. */
export class LocalInstanceControl implements vscode.Disposable {
  private state: State = { kind: 'stopped' };

  constructor(private readonly parts: LocalInstanceControlParts) {}

  /** Starts it, unless it runs here or in another window already. */
  async start(): Promise<void> {
    switch (this.state.kind) {
      case 'running':
        return;
      case 'starting':
        return this.state.started;
      case 'stopped': {
        const started = this.startAnew();
        this.state = { kind: 'starting', started };
        await started;
      }
    }
  }

  async stop(): Promise<void> {
    if (this.state.kind === 'starting') await this.state.started;
    if (this.state.kind !== 'running') throw new UserError(t('The local instance does not run in this window.'));
    await this.state.worker.dispose();
  }

  async simulate(clients: readonly SimulatedClient[]): Promise<void> {
    if (this.state.kind === 'starting') await this.state.started;
    if (this.state.kind !== 'running')
      throw new UserError(t('The local instance does not run in this window. Run "Start Local Instance" first.'));
    await this.state.worker.simulate(clients).catch((error: unknown) => {
      throw new UserError(problemText(error));
    });
  }

  /** Where devices connect, such as mqtt://127.0.0.1:1883; undefined unless it runs in this window. */
  get brokerUrl(): string | undefined {
    return this.state.kind === 'running' ? this.state.worker.info.mqttUrl : undefined;
  }

  dispose(): void {
    if (this.state.kind === 'running') void this.state.worker.dispose();
  }

  private async startAnew(): Promise<void> {
    try {
      await this.parts.inventory.ready;
      if (await this.runsElsewhere()) {
        this.state = { kind: 'stopped' };
        await this.useHere();
        return;
      }
      const { apiPort, mqttPort, simulatedClients } = this.parts.settings.localInstance;
      const worker = await LocalInstanceWorker.start(this.parts.script, { apiPort, mqttPort });
      worker.onDidExit(() => this.set({ kind: 'stopped' }));
      this.set({ kind: 'running', worker });
      const clients = sampleClients(simulatedClients);
      await worker.simulate(clients);
      await this.save(worker.info, clients, await this.storeKey());
    } catch (error) {
      if (this.state.kind === 'starting') this.set({ kind: 'stopped' });
      throw error instanceof LocalInstanceError ? new UserError(problemText(error)) : error;
    }
  }

  private set(state: State): void {
    this.state = state;
    this.parts.contextKeys.set(CONTEXT_KEYS.isLocalRunning, state.kind === 'running');
  }

  /** Each window of a browser has secrets of its own, so one where it does not run needs the key as well. */
  private async useHere(): Promise<void> {
    const credential = await this.storeKey();
    const saved = findInstance(this.parts.inventory.inventory, LOCAL_INSTANCE_ID);
    if (saved === undefined || saved.credential === credential) return;
    const { name, instanceId, regionId, endpoint } = saved;
    const details = { name, instanceId, regionId, endpoint, credential };
    await this.parts.inventory.edit({ kind: 'editInstance', instanceId: LOCAL_INSTANCE_ID, details });
  }

  /** Stores the made-up key under a name that nobody uses for another one, and says which. */
  private async storeKey(): Promise<string> {
    const { inventory, credentials } = this.parts;
    const saved = findInstance(inventory.inventory, LOCAL_INSTANCE_ID)?.credential;
    for (let turn = 0; ; turn++) {
      const name = turn === 0 ? (saved ?? CREDENTIAL) : turn === 1 ? SPARE : `${SPARE}-${turn}`;
      if (!(await this.mayHoldKey(name))) continue;
      await credentials.set(name, LOCAL_KEY);
      return name;
    }
  }

  private async mayHoldKey(name: string): Promise<boolean> {
    if ((await this.parts.credentials.lookOf(name))?.kind === 'source') return false;
    const key = await this.parts.credentials.get(name);
    if (key !== undefined) return isDeepStrictEqual(key, LOCAL_KEY);
    // A key that cannot be read, or was not entered in this window yet, is still somebody's.
    const { instances } = this.parts.inventory.inventory;
    return !instances.some(({ instanceId, credential }) => credential === name && instanceId !== LOCAL_INSTANCE_ID);
  }

  private async save(
    { apiEndpoint }: LocalInstanceInfo,
    clients: readonly SimulatedClient[],
    credential: string,
  ): Promise<void> {
    const { inventory } = this.parts;
    const saved = findInstance(inventory.inventory, LOCAL_INSTANCE_ID);
    const details = {
      name: saved?.name ?? t('Local instance'),
      instanceId: LOCAL_INSTANCE_ID,
      endpoint: apiEndpoint,
      credential,
    };
    if (saved !== undefined) return inventory.edit({ kind: 'editInstance', instanceId: LOCAL_INSTANCE_ID, details });
    const group = {
      name: t('Simulated clients'),
      groupId: SAMPLE_GROUP_ID,
      clientIds: clients.map(({ clientId }) => clientId),
    };
    return inventory.edit({ kind: 'addInstance', instance: { ...details, groups: [group] } });
  }

  /** True when the saved endpoint answers as a local instance does: another window runs it. */
  private async runsElsewhere(): Promise<boolean> {
    const endpoint = findInstance(this.parts.inventory.inventory, LOCAL_INSTANCE_ID)?.endpoint;
    if (endpoint === undefined || !endpoint.startsWith('127.0.0.1:')) return false;
    try {
      const response = await fetch(`http://${endpoint}/`, { signal: AbortSignal.timeout(PROBE_MS) });
      const body: unknown = await response.json();
      return typeof body === 'object' && body !== null && 'HostId' in body && body.HostId === 'onsmqtt.local';
    } catch {
      return false;
    }
  }
}

function problemText(error: unknown): string {
  if (!(error instanceof LocalInstanceError)) return t('The local instance did not start.');
  switch (error.reason) {
    case 'portInUse':
      return t(
        'Port {0} is in use, so the local instance did not start. Choose another one in the settings.',
        error.about,
      );
    case 'didNotStart':
      return t('The local instance did not start.');
    case 'stopped':
      return t('The local instance has stopped.');
    case 'badClient':
      return t('"{0}" is no valid client ID.', error.about);
  }
}
