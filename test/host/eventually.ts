const POLL_MS = 50;

/** Resolves once something holds; rejects with what it waited for when it takes longer. */
export async function eventually(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  deadlineMs: number,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > deadlineMs)
      throw new Error(`Waited ${deadlineMs} ms in vain: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
