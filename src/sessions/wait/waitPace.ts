import { MAX_CLIENT_IDS_PER_CALL } from '../../api/contract';
import { CONFIRMATIONS_A_MINUTE } from '../status/changeConfirmer';
import { proofsAMinute } from './proofBudget';
import type { Urgency } from '../calls/asker';
import type { Freshness } from '../calls/question';

/** How a wait asks: how often, and of whom. */
export interface WaitPace {
  readonly freshness: Freshness;
  readonly everyMs: number;
  readonly urgency: Urgency;
}

/** So many clients are asked about one by one. */
const FEW_CLIENTS = 3;
/** Somebody sits before these and waits: they go before any timer, and are at most three calls in two seconds. */
const REAL_TIME: WaitPace = { freshness: 'verified', everyMs: 2000, urgency: 'person' };
/** A long list leaves the way to what people ask for meanwhile. */
const BATCHES: WaitPace = { freshness: 'cached', everyMs: 5000, urgency: 'timer' };

/** A few clients in real time, unless the cache is good enough for who waits; more in batches. */
export function waitPace(clients: number, verify: boolean): WaitPace {
  return verify && clients <= FEW_CLIENTS ? REAL_TIME : BATCHES;
}

/** What a wait costs until its time is over. */
export interface WaitCost {
  readonly calls: number;
  /** With all that is asked again in real time because the cache claims a change: by the wait itself, and by any check. */
  readonly most: number;
}

/** The calls of a wait, each answered at once; what is retried after a fault comes on top. */
export function waitCost(clients: number, verify: boolean, seconds: number): WaitCost {
  const { freshness, everyMs } = waitPace(clients, verify);
  const round = freshness === 'verified' ? clients : Math.ceil(clients / MAX_CLIENT_IDS_PER_CALL);
  const calls = Math.ceil((round * seconds * 1000) / everyMs);
  if (freshness === 'verified') return { calls, most: calls };
  const aMinute = CONFIRMATIONS_A_MINUTE + (verify ? proofsAMinute(clients) : 0);
  return { calls, most: calls + aMinute * Math.ceil(seconds / 60) };
}
