import { OpenApiClient, type OpenApiClientParts } from '../api/openApiClient';
import type { Log } from '../base/log';
import { destination } from '../model/destination';
import type { Inventory } from '../model/inventory';
import { BackgroundRound } from './backgroundRound';
import { CallGovernor } from './callGovernor';
import type { SharedLines } from './callLedger';
import { CallMeter } from './callMeter';
import { CallRates, type CallRatesParts } from './callRates';
import { ChangeConfirmer } from './changeConfirmer';
import { Lease } from './lease';
import { SharedStatuses, type SharedStatusesParts } from './sharedStatuses';
import { StatusChecker } from './statusChecker';
import { StatusStore } from './statusStore';

/** Longer than a slow call takes, shorter than a person waits. */
const CALL_DEADLINE_MS = 10_000;

export interface SessionsParts {
  readonly credential: OpenApiClientParts['credential'];
  readonly accountOf: CallRatesParts['accountOf'];
  readonly placeOf: SharedStatusesParts['placeOf'];
  readonly inventory: () => Inventory;
  /** Read on each use. */
  readonly settings: {
    readonly maxCallsPerSecond: number;
    readonly verifiesChanges: boolean;
    readonly dailyCallBudget: number;
    readonly autoRefreshIntervalSeconds: number;
  };
  /** What the windows of this machine share. */
  readonly shared: {
    readonly owner: string;
    readonly calls: SharedLines;
    readonly lease: SharedLines;
    readonly meter: SharedLines;
    readonly statuses: SharedStatusesParts['lines'];
  };
  readonly log: Log;
}

/** Puts together what is known and when to ask: one store, one checker, and all that stands between them. */
export function assembleSessions({ credential, accountOf, placeOf, inventory, settings, shared, log }: SessionsParts) {
  const { owner } = shared;
  const now = Date.now;
  const monotonic = (): number => performance.now();
  const store = new StatusStore(now);
  const meter = new CallMeter({ lines: shared.meter });
  const lease = new Lease({ lines: shared.lease, owner, now });
  const statuses = new SharedStatuses({ lines: shared.statuses, owner, store, placeOf, now });
  const governor = new CallGovernor({
    api: new OpenApiClient({
      credential,
      destination: (target) => {
        const place = destination(target);
        return place.kind === 'ok' ? place : undefined;
      },
      loadSdk: () => import('../api/openApiSdk'),
      deadlineMs: CALL_DEADLINE_MS,
    }),
    rates: new CallRates({
      lines: shared.calls,
      owner,
      accountOf,
      callsPerSecond: () => settings.maxCallsPerSecond,
      now,
      monotonic,
    }),
    report: (instanceId, findings) => {
      store.apply(instanceId, findings);
      statuses.tell(instanceId, findings);
    },
    reportChecking: (instanceId, clientIds, isChecking) => store.setChecking(instanceId, clientIds, isChecking),
    meter,
    confirmer: new ChangeConfirmer({ store, isWanted: () => settings.verifiesChanges, monotonic }),
    now,
    random: Math.random,
    log,
  });
  const checker = new StatusChecker(governor, store, now);
  const round = new BackgroundRound({
    checker,
    lease,
    store,
    meter,
    dailyCallBudget: () => settings.dailyCallBudget,
    inventory,
    intervalSeconds: () => settings.autoRefreshIntervalSeconds,
    now,
  });
  const dispose = (): void => [governor, statuses, meter, store].forEach((part) => part.dispose());
  return { store, checker, meter, statuses, lease, round, dispose };
}
