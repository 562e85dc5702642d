const PATIENCE_MS = 120_000;

/** It did not come in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/** Rejects where something takes so long that it will hardly come any more. */
export async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateError(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
