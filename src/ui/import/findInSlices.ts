import type { FoundClientId } from '../../model/clientIds/findClientIds';
import { placed, textChunks } from '../../model/clientIds/textChunks';

/** A slice of this length is looked through in a few milliseconds. */
const SLICE_CHARACTERS = 16_384;

/** How often each client ID stands in a text. Between slices all else goes on, and it may be cancelled. */
export async function findInSlices(
  text: string,
  find: (text: string) => Promise<readonly FoundClientId[]>,
  cancel: { readonly isCancellationRequested: boolean },
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const chunk of textChunks(text, SLICE_CHARACTERS)) {
    if (cancel.isCancellationRequested) break;
    const found = placed(await find(text.slice(chunk.start, chunk.end)), chunk);
    for (const { clientId } of found) counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return counts;
}
