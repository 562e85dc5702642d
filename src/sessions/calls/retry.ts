import { type ApiError, isThrottling } from '../../model/apiError';

const ATTEMPTS = 4;
/** A server that hangs has taken a whole deadline already. */
const ATTEMPTS_AFTER_TIMEOUT = 2;
const FIRST_DELAY_MS = 500;
const FIRST_DELAY_THROTTLED_MS = 1000;
const LONGEST_DELAY_MS = 8000;

/** How long to wait before the next attempt, with full jitter; undefined when it is time to give up. */
export function retryDelayMs(error: ApiError, attempt: number, random: () => number): number | undefined {
  if (attempt >= (error.kind === 'timeout' ? ATTEMPTS_AFTER_TIMEOUT : ATTEMPTS)) return undefined;
  const first = isThrottling(error) ? FIRST_DELAY_THROTTLED_MS : FIRST_DELAY_MS;
  return Math.ceil(random() * Math.min(LONGEST_DELAY_MS, first * 2 ** (attempt - 1)));
}

/** Waits, or less when aborted. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
