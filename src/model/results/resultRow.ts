/** How a row stands in the table of results: a failed check claims nothing of the client. */
export const ROW_STATES = ['online', 'offline', 'unknown', 'failed', 'notChecked'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What is known of one client of a check, as the table shows and the export writes it. */
export interface ResultRow {
  /** Its place in the check: a row keeps it for as long as the table shows that check. */
  readonly key: number;
  readonly clientId: string;
  readonly instance: string;
  readonly instanceId: string;
  readonly isChecking: boolean;
  /** The last answer, which a failed check leaves standing. */
  readonly answer?: Answer;
  readonly failure?: { readonly text: string; readonly at: number };
}

export interface Answer {
  readonly status: 'online' | 'offline' | 'unknown';
  /** True when asked in real time, false when answered from the service's cache. */
  readonly isVerified: boolean;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
}

export function stateOf({ answer, failure }: Pick<ResultRow, 'answer' | 'failure'>): RowState {
  return failure === undefined ? (answer?.status ?? 'notChecked') : 'failed';
}

/** When the row's state was learnt; undefined for one never asked about. */
export function checkedAtOf({ answer, failure }: Pick<ResultRow, 'answer' | 'failure'>): number | undefined {
  return failure?.at ?? answer?.checkedAt;
}
