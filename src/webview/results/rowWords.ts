import { ageInUnits, ageStep } from '../../model/results/age';
import { checkedAtOf, type ResultRow, stateOf } from '../../model/results/resultRow';
import type { ShownCheck, Words } from '../../model/results/resultsProtocol';

/** What each cell of a row says. */
export interface RowText {
  readonly status: string;
  readonly checked: string;
  /** The moment itself. */
  readonly moment: string;
  readonly source: string;
  readonly error: string;
  /** All of it in one sentence, for a screen reader. */
  readonly label: string;
}

/** Words, numbers and ages in the user's language. */
export class RowWords {
  private readonly number: Intl.NumberFormat;
  private readonly relative: Intl.RelativeTimeFormat;
  private readonly moment: Intl.DateTimeFormat;

  constructor(private readonly check: Pick<ShownCheck, 'language' | 'words' | 'staleAfterSeconds'>) {
    const { language } = check;
    this.number = new Intl.NumberFormat(language);
    this.relative = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });
    this.moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  }

  /** The words of a key, with counts and texts at {0}, {1}. */
  say(key: keyof Words, ...values: (number | string)[]): string {
    return this.check.words[key].replace(/\{(\d)\}/g, (place, at: string) => {
      const value = values[Number(at)];
      return typeof value === 'number' ? this.number.format(value) : (value ?? place);
    });
  }

  count(count: number): string {
    return this.number.format(count);
  }

  calls(count: number): string {
    return count === 1 ? this.say('oneCall') : this.say('calls', count);
  }

  /** What a row says at a moment. */
  of(row: ResultRow, now: number): RowText {
    const at = checkedAtOf(row);
    const [status, checked, source] = [this.status(row), this.age(at, now), this.source(row)];
    const error = row.failure?.text ?? '';
    return {
      status,
      checked,
      moment: at === undefined ? '' : this.moment.format(at),
      source,
      error,
      label: [row.clientId, row.instance, status, checked, source, error].filter((word) => word !== '').join(', '),
    };
  }

  private status({ isChecking, answer, failure }: ResultRow): string {
    const state = this.say(stateOf({ ...(answer && { answer }), ...(failure && { failure }) }));
    const was = failure !== undefined && answer !== undefined ? ` · ${this.say('was', this.say(answer.status))}` : '';
    if (!isChecking) return state + was;
    return answer === undefined ? this.say('checking') : `${this.say('checking')} · ${this.say(answer.status)}`;
  }

  private age(at: number | undefined, now: number): string {
    if (at === undefined) return '';
    const age = ageInUnits(ageStep(at, now));
    const text = age === undefined ? this.say('justNow') : this.relative.format(-age.value, age.unit);
    return now > at + this.check.staleAfterSeconds * 1000 ? `${text} · ${this.say('stale')}` : text;
  }

  private source({ answer, failure }: ResultRow): string {
    if (answer === undefined || failure !== undefined) return '';
    return this.say(answer.isVerified ? 'verified' : 'cached');
  }
}
