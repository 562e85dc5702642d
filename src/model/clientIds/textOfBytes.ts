/** As git looks for it: a zero byte this early is no text. */
const LOOKED_AT_BYTES = 8000;
const REPLACED = '\uFFFD';

/**
 * Reads the bytes of a file as text: UTF-8, UTF-16 with a byte order mark, or GB18030 as Chinese spreadsheets write it;
 * undefined for a binary file.
 */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return undefined;
  const text = new TextDecoder().decode(bytes);
  return text.includes(REPLACED) && isGb18030(bytes, text) ? new TextDecoder('gb18030').decode(bytes) : text;
}

/**
 * True for bytes that are no UTF-8 at all, and pairs as Chinese characters are. One broken character in UTF-8, and the
 * single bytes of a European text, would take the letter behind them along as half of a pair.
 */
function isGb18030(bytes: Uint8Array, asUtf8: string): boolean {
  let replaced = 0;
  let others = 0;
  for (const character of asUtf8) {
    if (character === REPLACED) replaced++;
    else if (character > '\x7f') others++;
  }
  if (replaced <= others) return false;
  let pairs = 0;
  let singles = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at + 1] ?? 0) < 0x80) singles++;
    else {
      pairs++;
      at++;
    }
  }
  return pairs > 4 * singles;
}
