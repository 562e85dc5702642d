import * as v from 'valibot';
import { type Disposable, Emitter } from '../../base/event';
import type { RoundOutcome } from './refreshPace';
import { RefreshTimer } from './refreshTimer';

const moment = v.pipe(v.number(), v.finite());
const scopeShape = v.object({ instanceId: v.optional(v.string()), group: v.optional(v.string()) });
const planShape = v.object({
  scope: scopeShape,
  intervalSeconds: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)),
  startedAt: moment,
  endsAt: moment,
  isFromSettings: v.optional(v.boolean(), false),
  isPaused: v.optional(v.boolean(), false),
});

/** What is refreshed: a group of an instance, an instance, or all of them. */
export type RefreshScope = v.InferOutput<typeof scopeShape>;

/** One thing to refresh, how often at the most, and from when until when (milliseconds since the epoch). */
export type RefreshPlan = v.InferOutput<typeof planShape>;

export interface AutoRefreshParts {
  /** True while somebody can see the result: the view visible and the window focused. */
  readonly isWatched: () => boolean;
  /** False for an instance or group that is saved no more. */
  readonly exists: (scope: RefreshScope) => boolean;
  /** One round of checks of what is shown of a scope. */
  readonly round: (scope: RefreshScope, intervalMs: number, signal: AbortSignal) => Promise<RoundOutcome>;
  /** Where the plans of this window outlive its reload. */
  readonly kept: { read(): unknown; write(plans: readonly RefreshPlan[]): void };
  readonly now: () => number;
}

interface Running {
  plan: RefreshPlan;
  readonly timer: RefreshTimer;
}

/** The timers that people and settings switched on, each bounded in time. */
export class AutoRefresh implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly ended = new Emitter<{ plan: RefreshPlan; why: 'timeOver' | 'gone' }>();
  private readonly running = new Map<string, Running>();
  /** Fires when a timer was started, stopped, paused or set anew. */
  readonly onDidChange = this.changed.event;
  /** Fires once for a timer that nobody stopped: its time has run out, or what it refreshed is saved no more. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly parts: AutoRefreshParts) {
    const kept = v.safeParse(v.array(planShape), parts.kept.read());
    const plans = kept.success ? kept.output : [];
    for (const plan of plans) if (plan.endsAt > parts.now()) this.add(plan, false);
  }

  get plans(): readonly RefreshPlan[] {
    return [...this.running.values()].map(({ plan }) => plan);
  }

  /** True where there are timers, and all of them are paused. */
  get isPaused(): boolean {
    return this.running.size > 0 && this.plans.every(({ isPaused }) => isPaused);
  }

  /** When the next round of any timer is made; undefined while none is set. */
  get dueAt(): number | undefined {
    const moments = this.timers.map(({ dueAt }) => dueAt).filter((at) => at !== undefined);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** What all timers that are not paused came to the last time, where that is one and the same. */
  get outcome(): RoundOutcome | undefined {
    const outcomes = new Set(this.timers.map(({ outcome }) => outcome));
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }

  /** True where a scope has a timer of its own. */
  has(scope: RefreshScope): boolean {
    return this.running.has(scopeKey(scope));
  }

  /** The narrowest plan that refreshes a group or an instance. */
  planOf(instanceId: string, group?: string): RefreshPlan | undefined {
    const scopes = [...(group === undefined ? [] : [{ instanceId, group }]), { instanceId }, {}];
    return scopes.map((scope) => this.running.get(scopeKey(scope))?.plan).find((plan) => plan !== undefined);
  }

  /** Starts a timer with a round at once, in place of an older one of the same scope. */
  start(plan: RefreshPlan): void {
    this.remove(plan.scope);
    this.add(plan, true);
    this.keep();
    this.update();
  }

  /** Stops the timer of a scope; true where there was one. */
  stop(scope: RefreshScope): boolean {
    const isThere = this.remove(scope);
    if (isThere) this.keep();
    return isThere;
  }

  stopAll(): void {
    for (const { scope } of this.plans) this.remove(scope);
    this.keep();
  }

  /** Pauses or resumes every timer there is. */
  pause(isPaused: boolean): void {
    for (const running of this.running.values()) running.plan = { ...running.plan, isPaused };
    this.keep();
    this.update();
  }

  /** Call when the view, the window or the inventory changed. */
  update(): void {
    for (const plan of this.plans.filter(({ scope }) => !this.parts.exists(scope))) this.end(plan, 'gone');
    for (const { timer } of [...this.running.values()]) timer.update();
  }

  dispose(): void {
    for (const { timer } of this.running.values()) timer.dispose();
    this.changed.dispose();
    this.ended.dispose();
  }

  private get timers(): RefreshTimer[] {
    return [...this.running.values()].filter(({ plan }) => !plan.isPaused).map(({ timer }) => timer);
  }

  private add(plan: RefreshPlan, startsAtOnce: boolean): void {
    const { isWatched, round, now } = this.parts;
    const key = scopeKey(plan.scope);
    const timer = new RefreshTimer({
      intervalSeconds: plan.intervalSeconds,
      endsAt: plan.endsAt,
      startsAtOnce,
      isWanted: () => isWatched() && this.running.get(key)?.plan.isPaused === false,
      round: (signal, intervalMs) => round(plan.scope, intervalMs, signal),
      onMoved: () => this.changed.fire(),
      onEnded: () => this.end(plan, 'timeOver'),
      now,
    });
    this.running.set(key, { plan, timer });
  }

  private end(plan: RefreshPlan, why: 'timeOver' | 'gone'): void {
    if (this.stop(plan.scope)) this.ended.fire({ plan, why });
  }

  private remove(scope: RefreshScope): boolean {
    this.running.get(scopeKey(scope))?.timer.dispose();
    return this.running.delete(scopeKey(scope));
  }

  private keep(): void {
    this.parts.kept.write(this.plans);
    this.changed.fire();
  }
}

/** Tells scopes apart. */
export function scopeKey({ instanceId, group }: RefreshScope): string {
  return JSON.stringify([instanceId, group]);
}
