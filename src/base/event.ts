export interface Disposable {
  dispose(): void;
}

/** Calls the listener at each firing until the returned disposable is disposed. The shape of VS Code's own events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Keeps the firing of an event private to its owner. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const entry = (value: T): void => {
      listener(value);
    };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
