import { ApiError } from '../model/apiError';

/** Waits for something until a signal says not to: a key may have to be fetched first. Rejects with an ApiError 'cancelled'. */
export function unlessAborted<T>(signal: AbortSignal, wanted: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new ApiError('cancelled', 'Cancelled'));
    signal.addEventListener('abort', onAbort, { once: true });
    wanted.then(resolve, reject).then(() => signal.removeEventListener('abort', onAbort));
    // Nobody is told of what has happened already.
    if (signal.aborted) onAbort();
  });
}
