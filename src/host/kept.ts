import type { Memento } from 'vscode';

/** One value that outlives a reload of the window, as it was written; whoever reads it checks its shape. */
export interface Kept<T> {
  read(): unknown;
  write(value: T): void;
}

/** Keeps a value under a key of the window's own storage. What cannot be kept ends with the window, and no sooner. */
export function kept<T>(memento: Pick<Memento, 'get' | 'update'>, key: string): Kept<T> {
  return {
    read: () => memento.get(key),
    write: (value) => void memento.update(key, value).then(undefined, () => undefined),
  };
}
