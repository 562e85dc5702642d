import type { ApiError } from '../apiError';
import { isLoopbackHost } from '../destination';
import { errorSentence } from '../errorSentences';
import { ramActionsOf } from './ramActions';
import type { Fix } from './sentence';

/** A sentence in English, the key of its translation, and what stands for its `{0}`, `{1}`… */
export interface Phrase {
  readonly text: string;
  readonly args: readonly (string | number)[];
}

/** A failure as an entry for people: cause, evidence, fix. */
export interface Failure {
  readonly what: Phrase;
  /** What was measured, beside the code and the request ID. */
  readonly evidence: readonly Phrase[];
  readonly fix: Phrase;
  readonly fixes: readonly Fix[];
}

const CLOCK_SAME = "This machine's clock agrees with the server's, to a second.";
const CLOCK_BEHIND = "This machine's clock is {0} s behind the server's.";
const CLOCK_AHEAD = "This machine's clock is {0} s ahead of the server's.";
const OWN_CALLS =
  'Calls by this machine in the second before: {0}. Every other program that uses the account counts too.';

/** All phrases that no sentence of errorSentences has, for the test that looks for their translation. */
export const EVIDENCE_SENTENCES: readonly string[] = [CLOCK_SAME, CLOCK_BEHIND, CLOCK_AHEAD, OWN_CALLS];

/** What a failure means, what proves it, and what to do about it. */
export function failureOf(error: Pick<ApiError, 'kind' | 'code' | 'call'>): Failure {
  const { host = '', operation } = error.call;
  const { what, fix, fixes = [] } = errorSentence(error);
  const args = [host, ramActionsOf(operation).join(', ')];
  return {
    what: { text: what, args },
    evidence: evidenceOf(error),
    fix: { text: fix, args },
    fixes: fixes.filter((each) => each !== 'startLocal' || isLoopbackHost(host)),
  };
}

function evidenceOf({ call: { clockAheadSeconds, ownCalls } }: Pick<ApiError, 'call'>): Phrase[] {
  return [
    ...(clockAheadSeconds === undefined ? [] : [clockPhrase(clockAheadSeconds)]),
    ...(ownCalls === undefined ? [] : [{ text: OWN_CALLS, args: [ownCalls] }]),
  ];
}

/** How this machine's clock stands to the server's, in seconds. */
export function clockPhrase(aheadSeconds: number): Phrase {
  if (Math.abs(aheadSeconds) <= 1) return { text: CLOCK_SAME, args: [] };
  return { text: aheadSeconds < 0 ? CLOCK_BEHIND : CLOCK_AHEAD, args: [Math.abs(aheadSeconds)] };
}
