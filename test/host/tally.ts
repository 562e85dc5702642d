export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** A line or more for each failure: which, and why. */
  readonly failures?: readonly string[];
  /** What failed at first and passed when it was tried again. */
  readonly laterTry?: readonly string[];
}

/** The variable that tells the reporter where to write its tally. */
export const tallyVariable = 'APSARAMQ_TALLY';

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures = [] }) => failures),
    laterTry: tallies.flatMap(({ laterTry = [] }) => laterTry),
  };
}

/** The line that ends a run: `.ci/run` and CI read it. */
export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
