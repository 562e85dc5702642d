import { type ApiError, type ApiErrorKind, isTransient } from '../apiError';

export const CHECKUP_STEPS = ['address', 'tls', 'clock', 'key', 'batch', 'realTime'] as const;
export type CheckupStep = (typeof CHECKUP_STEPS)[number];

/** How a step ended, or how far it is. Not reached: nobody knows. Not needed: there is nothing to find out. */
export type StepState =
  | { readonly kind: 'waiting' | 'running' | 'notReached' | 'notNeeded' }
  | { readonly kind: 'passed'; readonly fact?: Fact | undefined }
  | { readonly kind: 'failed'; readonly error: ApiError }
  /** What was asked came to nothing, for a reason that says nothing of the step. */
  | { readonly kind: 'notKnown'; readonly error: ApiError }
  /** The machine's clock is off by more than the service takes. */
  | { readonly kind: 'clockOff'; readonly aheadSeconds: number };

/** What was seen where a step passed. */
export type Fact =
  | { readonly kind: 'address'; readonly address: string }
  /** No name was looked up on this machine: it is an address itself, or a proxy looks it up. */
  | { readonly kind: 'notLookedUp' }
  | { readonly kind: 'tls'; readonly version: string }
  | { readonly kind: 'clock'; readonly aheadSeconds: number }
  | { readonly kind: 'request'; readonly requestId: string };

export type Checkup = Readonly<Record<CheckupStep, StepState>>;

/** What a request without a key told; see api/probe. */
interface Probed {
  readonly address: string | undefined;
  readonly tlsVersion: string | undefined;
  readonly isConnected: boolean;
  readonly clockAheadSeconds: number | undefined;
  readonly error: ApiError | undefined;
}

/** Documented: a call is refused where its time differs by more than 15 minutes. */
const MOST_CLOCK_SECONDS = 15 * 60;

/** Codes that say of the key itself that it will not do. */
const OF_THE_KEY: ReadonlySet<string> = new Set(['SignatureDoesNotMatch', 'CheckAccountInfoFailed']);

/** Codes that are given to nobody whose key was not accepted before. */
const BEYOND_THE_KEY: ReadonlySet<string> = new Set([
  'InstancePermissionCheckFailed',
  'PermissionCheckFailed',
  'NoPermission',
]);

/** Kinds that tell nothing of the key; the others say that there is none to use. */
const ON_THE_WAY: ReadonlySet<ApiErrorKind> = new Set(['network', 'timeout', 'notJson', 'wrongShape']);

/** Codes of the network that stand for a TLS that did not come about. */
const OF_TLS = /CERT|SIGNATURE|^EPROTO$|^ERR_(SSL|TLS)_/;

/** What the steps of a diagnosis come to, by what was answered. Says no more than is known. */
export class CheckupSteps {
  private states: Record<CheckupStep, StepState> = {
    address: WAITING,
    tls: WAITING,
    clock: WAITING,
    key: WAITING,
    batch: WAITING,
    realTime: WAITING,
  };

  constructor(private readonly tell: (checkup: Checkup) => void) {}

  /** How every step ended. */
  get checkup(): Checkup {
    return this.states;
  }

  running(...steps: CheckupStep[]): void {
    this.set(Object.fromEntries(steps.map((step) => [step, { kind: 'running' } as const])));
  }

  /** Ends it all at a step; the others are not reached. False, for nothing goes on. */
  failed(step: CheckupStep, error: ApiError): false {
    return this.end({ [step]: { kind: 'failed', error } });
  }

  /**
   * Address, TLS and clock, by a request without a key; true where a call is worth while. What came to nothing behind
   * TLS, that call tells again.
   */
  probed({ protocol }: { readonly protocol: 'HTTP' | 'HTTPS' }, probed: Probed): boolean {
    const { error, address } = probed;
    if (error?.kind === 'cancelled') return this.end();
    if (error !== undefined && !hasConnected(error, probed)) return this.failed('address', error);
    this.set({ address: passed(address === undefined ? { kind: 'notLookedUp' } : { kind: 'address', address }) });
    const tls = tlsState(protocol, probed);
    if (tls.kind === 'failed') return this.failed('tls', tls.error);
    this.set({ tls, clock: clockState(probed.clockAheadSeconds) });
    return true;
  }

  /** The key and the batch, by one call: the request ID of its answer, or why it failed. True where another is worth while. */
  batchAnswered(answer: string | ApiError): boolean {
    if (typeof answer === 'string') return this.goOn({ key: PASSED, batch: answered(answer) });
    const { kind, code } = answer;
    if (kind === 'cancelled') return this.end();
    if (kind !== 'service' && !ON_THE_WAY.has(kind)) return this.failed('key', answer);
    if (kind !== 'service' || isTransient(answer)) return this.end({ batch: { kind: 'notKnown', error: answer } });
    if (code === 'InvalidTimeStamp.Expired') return this.failed('clock', answer);
    if (OF_THE_KEY.has(code) || code.startsWith('InvalidAccessKeyId')) return this.failed('key', answer);
    const key = BEYOND_THE_KEY.has(code) || code.startsWith('Forbidden') ? PASSED : NOT_REACHED;
    return this.goOn({ key, batch: { kind: 'failed', error: answer } });
  }

  /** The last step. A key that it was not known of was accepted where this call succeeds. */
  realTimeAnswered(answer: string | ApiError): void {
    if (typeof answer === 'string') this.set({ key: PASSED, realTime: answered(answer) });
    else if (answer.kind === 'cancelled') this.end();
    else if (answer.kind !== 'service' || isTransient(answer))
      this.set({ realTime: { kind: 'notKnown', error: answer } });
    else this.set({ realTime: { kind: 'failed', error: answer } });
  }

  private goOn(states: Partial<Checkup>): true {
    this.set(states);
    return true;
  }

  private end(states: Partial<Checkup> = {}): false {
    const all = { ...this.states, ...states };
    const open = CHECKUP_STEPS.filter((step) => isOpen(all[step]));
    this.set({ ...states, ...Object.fromEntries(open.map((step) => [step, NOT_REACHED])) });
    return false;
  }

  private set(states: Partial<Checkup>): void {
    this.states = { ...this.states, ...states };
    this.tell(this.states);
  }
}

/** A certificate that is not accepted proves that somebody is there; who only got to a proxy has not connected. */
function hasConnected({ kind, code }: ApiError, { isConnected }: Probed): boolean {
  if (kind === 'network' && code.startsWith('Proxy')) return false;
  return isConnected || OF_TLS.test(code);
}

function tlsState(protocol: 'HTTP' | 'HTTPS', { tlsVersion, error }: Probed): StepState {
  if (protocol === 'HTTP') return { kind: 'notNeeded' };
  if (tlsVersion !== undefined) return passed({ kind: 'tls', version: tlsVersion });
  return error === undefined ? PASSED : { kind: 'failed', error };
}

const WAITING: StepState = { kind: 'waiting' };
const NOT_REACHED: StepState = { kind: 'notReached' };
const PASSED: StepState = { kind: 'passed' };

function passed(fact: Fact): StepState {
  return { kind: 'passed', fact };
}

function answered(requestId: string): StepState {
  return passed({ kind: 'request', requestId });
}

function isOpen({ kind }: StepState): boolean {
  return kind === 'waiting' || kind === 'running';
}

/** A server without a Date tells nothing of the clock. */
function clockState(aheadSeconds: number | undefined): StepState {
  if (aheadSeconds === undefined) return NOT_REACHED;
  if (Math.abs(aheadSeconds) > MOST_CLOCK_SECONDS) return { kind: 'clockOff', aheadSeconds };
  return passed({ kind: 'clock', aheadSeconds });
}

/** The failures of a diagnosis, in the order of its steps. */
export function errorsOf(checkup: Checkup): ApiError[] {
  return CHECKUP_STEPS.flatMap((step) => {
    const state = checkup[step];
    return 'error' in state ? [state.error] : [];
  });
}
