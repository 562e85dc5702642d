import { SERVICE_ERRORS, type ServiceErrorCode } from '../../api/contract';

const MISHAPS = ['drop', 'html', 'hang', 'wrongJson', 'halfIds', 'otherIds', 'duplicateIds'] as const;
export type Mishap = (typeof MISHAPS)[number];

/** A fault for a share of the calls, from 0 to 1: an error code of the service, or a mishap on the way. */
export interface Fault {
  readonly kind: ServiceErrorCode | Mishap;
  readonly share: number;
}

/** Reads `CODE:SHARE`, such as `InternalError:0.2` or `drop:1`. Throws a RangeError that says what is wrong. */
export function parseFault(text: string): Fault {
  const [kind = '', share = '1'] = text.split(':');
  if (!isFaultKind(kind))
    throw new RangeError(`Unknown fault "${kind}": use an error code of the service or one of ${MISHAPS.join(', ')}`);
  const part = Number(share);
  if (share === '' || !(part >= 0 && part <= 1))
    throw new RangeError(`The share of a fault is a number from 0 to 1, not "${share}"`);
  return { kind, share: part };
}

export function isMishap(kind: Fault['kind']): kind is Mishap {
  return (MISHAPS as readonly string[]).includes(kind);
}

function isFaultKind(kind: string): kind is Fault['kind'] {
  return Object.hasOwn(SERVICE_ERRORS, kind) || (MISHAPS as readonly string[]).includes(kind);
}

/** Deals faults out evenly, not by chance: of ten calls with a share of 0.2, exactly two. */
export class FaultDealer {
  private readonly due: number[];

  constructor(private readonly faults: readonly Fault[]) {
    this.due = faults.map(() => 0);
  }

  /** The fault of the next call, if any. */
  next(): Fault['kind'] | undefined {
    for (const [at, fault] of this.faults.entries()) {
      const due = (this.due[at] ?? 0) + fault.share;
      this.due[at] = due;
      if (due < 1 - 1e-9) continue;
      this.due[at] = due - 1;
      return fault.kind;
    }
    return undefined;
  }
}
