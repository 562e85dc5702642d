/** Where a client is: client IDs are known by their instance. */
export interface ClientKey {
  readonly instanceId: string;
  readonly clientId: string;
}

/** Clients of several instances, each once, in the order they came; its size costs nothing to read. */
export class ClientSet implements Iterable<ClientKey> {
  private readonly byInstance = new Map<string, Set<string>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  has({ instanceId, clientId }: ClientKey): boolean {
    return this.byInstance.get(instanceId)?.has(clientId) ?? false;
  }

  /** True where the client was not there. */
  add({ instanceId, clientId }: ClientKey): boolean {
    const clientIds = this.byInstance.get(instanceId) ?? new Set<string>();
    if (clientIds.has(clientId)) return false;
    this.byInstance.set(instanceId, clientIds.add(clientId));
    this.count++;
    return true;
  }

  /** True where the client was there. */
  delete({ instanceId, clientId }: ClientKey): boolean {
    const clientIds = this.byInstance.get(instanceId);
    if (clientIds?.delete(clientId) !== true) return false;
    if (clientIds.size === 0) this.byInstance.delete(instanceId);
    this.count--;
    return true;
  }

  clear(): void {
    this.byInstance.clear();
    this.count = 0;
  }

  /** The first few, and how many there are besides. */
  first(most: number): { readonly shown: readonly ClientKey[]; readonly more: number } {
    const shown: ClientKey[] = [];
    for (const key of this) {
      if (shown.length === most) break;
      shown.push(key);
    }
    return { shown, more: this.count - shown.length };
  }

  toJSON(): [instanceId: string, clientIds: string[]][] {
    return [...this.byInstance].map(([instanceId, clientIds]) => [instanceId, [...clientIds]]);
  }

  *[Symbol.iterator](): Iterator<ClientKey> {
    for (const [instanceId, clientIds] of this.byInstance)
      for (const clientId of clientIds) yield { instanceId, clientId };
  }
}
