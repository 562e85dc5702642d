import Module from 'node:module';

/** Milliseconds that VS Code itself waited for an extension. */
export interface Load {
  readonly loadMs: number;
  readonly activateMs: number;
}

interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}

interface Loadable {
  readonly activate: (...args: unknown[]) => unknown;
}

/** Times `require` and `activate` of every extension where VS Code calls them. */
export class Loads {
  private readonly byFolder = new Map<string, PromiseWithResolvers<Load>>();

  constructor() {
    const loader = Module as unknown as Loader;
    const load = loader._load.bind(loader);
    loader._load = (request, ...rest) => {
      const extensionId = /[\\/]extensions[\\/]([^\\/]+)-\d+\.\d+\.\d+[\\/]dist[\\/]extension\.js$/.exec(request)?.[1];
      if (extensionId === undefined) return load(request, ...rest);
      const startedAt = performance.now();
      const loaded = load(request, ...rest) as Loadable;
      return this.timed(loaded, extensionId, performance.now() - startedAt);
    };
  }

  of(extensionId: string): Promise<Load> {
    return this.pending(extensionId).promise;
  }

  private timed(loaded: Loadable, extensionId: string, loadMs: number): Loadable {
    const activate = (...args: unknown[]): unknown => {
      const startedAt = performance.now();
      const api = loaded.activate(...args);
      this.pending(extensionId).resolve({ loadMs, activateMs: performance.now() - startedAt });
      return api;
    };
    return { ...loaded, activate };
  }

  private pending(extensionId: string): PromiseWithResolvers<Load> {
    const known = this.byFolder.get(extensionId) ?? Promise.withResolvers<Load>();
    this.byFolder.set(extensionId, known);
    return known;
  }
}
