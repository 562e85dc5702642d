import type { Observation } from '../status/statusStore';
import { inOrder, type KnownStatus, MOST_EACH, type Spell, type Transition } from './transition';

/** As far back as a sparkline looks. */
export const HOUR_MS = 3_600_000;

/** What was seen of one client. The lists are there only once they hold something: most clients never change. */
export class ClientPast {
  /** The last changes, oldest first. */
  private changes: readonly Transition[] | undefined;
  /** The spells of the last hour that a gap ended; those that a change ended are told by the change. */
  private gone: readonly Spell[] | undefined;

  constructor(
    private status: KnownStatus,
    private from: number,
    private seenUntil: number,
  ) {}

  get transitions(): readonly Transition[] {
    return this.changes ?? [];
  }

  get spell(): Spell {
    return { status: this.status, from: this.from, seenUntil: this.seenUntil };
  }

  get spellsAcrossGaps(): readonly Spell[] {
    return this.gone ?? [];
  }

  /** Takes an answer in; the change where it is one. An answer older than what is known tells nothing. */
  observe(
    { status, checkedAt: at, isVerified }: Observation,
    now: number,
    longestGapMs: number,
  ): Transition | undefined {
    if (status === 'unknown') return undefined;
    if (this.seenUntil > now) this.followClockBack(at);
    if (at < this.seenUntil) return undefined;
    if (status === this.status) {
      if (at - this.seenUntil > longestGapMs) this.endByGap(at);
      this.seenUntil = at;
      return undefined;
    }
    const change = { to: status, at, notBefore: this.seenUntil, since: this.from, isVerified };
    this.changes = [...this.transitions, change].slice(-MOST_EACH);
    this.begin(status, at);
    return change;
  }

  /** Takes in what was kept of earlier windows, or what another one saw. */
  adopt(transitions: readonly Transition[]): void {
    this.changes = inOrder([...this.transitions, ...transitions]);
    const last = this.changes.at(-1);
    if (last === undefined || last.at <= this.seenUntil) return;
    this.endByGap(last.at);
    this.begin(last.to, last.at);
  }

  private begin(status: KnownStatus, at: number): void {
    this.status = status;
    this.from = at;
    this.seenUntil = at;
  }

  private endByGap(at: number): void {
    const recent = [...this.spellsAcrossGaps, this.spell].filter(({ seenUntil }) => seenUntil > at - HOUR_MS);
    this.gone = recent.length === 0 ? undefined : recent.slice(-MOST_EACH);
    this.from = at;
  }

  /** The clock was set back: what was seen at a time still to come was seen before this, nobody knows when. */
  private followClockBack(at: number): void {
    this.changes = this.changes?.filter((change) => change.at <= at);
    this.gone = this.gone?.filter(({ seenUntil }) => seenUntil <= at);
    this.from = Math.min(this.from, at);
    this.seenUntil = this.from;
  }
}
