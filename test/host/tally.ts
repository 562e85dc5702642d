export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** The variable that tells the reporter where to write its tally. */
export const tallyVariable = 'APSARAMQ_TALLY';

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** The line that ends a run: `.ci/run` and CI read it. */
export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
