import { OpenApiClient, type OpenApiClientParts } from '../api/openApiClient';
import { probe } from '../api/probe';
import type { Log } from '../base/log';
import { destination } from '../model/destination';
import { heldClientsOf } from '../model/inventory/heldClients';
import { findInstance } from '../model/inventory/inventory';
import { BackgroundRound } from './refresh/backgroundRound';
import { CallGovernor, type CallGovernorParts } from './calls/callGovernor';
import type { SharedLines } from './calls/callLedger';
import { CallMeter } from './meter/callMeter';
import { DraftKeys } from './calls/draftKeys';
import { OtherCalls } from './calls/otherCalls';
import { FitCheck } from './fitCheck';
import { Diagnosis } from './diagnosis';
import { Lists } from './lists';
import { Traces } from './traces';
import { CallRates, type CallRatesParts } from './calls/callRates';
import { CommonCause } from './status/commonCause';
import { ChangeConfirmer } from './status/changeConfirmer';
import { Expectations } from './fleet/expectations';
import { GroupCounts, type InventorySource } from './fleet/groupCounts';
import { GroupEstimates } from './fleet/groupEstimates';
import { ChangeKeeper, type SharedText } from './history/changeKeeper';
import { StatusHistory, type StatusHistoryParts } from './history/statusHistory';
import { Lease } from './windows/lease';
import { PinnedClients } from './fleet/pinnedClients';
import { SharedStatuses, type SharedStatusesParts } from './windows/sharedStatuses';
import { StatusChecker } from './status/statusChecker';
import { StatusStore } from './status/statusStore';

/** Longer than a slow call takes, shorter than a person waits. */
const CALL_DEADLINE_MS = 10_000;
const PROBE_DEADLINE_MS = 5000;

export interface SessionsParts {
  readonly credentials: {
    readonly get: OpenApiClientParts['credential'];
    readonly ready?: OpenApiClientParts['ready'];
    readonly rejected?: OpenApiClientParts['rejected'];
    readonly accountOf: CallRatesParts['accountOf'];
  };
  readonly placeOf: SharedStatusesParts['placeOf'];
  readonly inventory: InventorySource;
  /** Read on each use. */
  readonly settings: {
    readonly maxCallsPerSecond: number;
    readonly verifiesChanges: boolean;
    readonly dailyCallBudget: number;
  } & StatusHistoryParts['settings'];
  /** False where nothing may be asked that no person asks for. */
  readonly mayAskByItself: () => boolean;
  /** What the windows of this machine share. */
  readonly shared: {
    readonly owner: string;
    readonly calls: SharedLines;
    readonly lease: SharedLines;
    readonly meter: SharedLines;
    readonly statuses: SharedStatusesParts['lines'];
    readonly changes: SharedText;
  };
  readonly log: Log;
}

/** Puts together what is known and when to ask: one store, one checker, and all that stands between them. */
export function assembleSessions(parts: SessionsParts) {
  const { credentials, placeOf, inventory, settings, mayAskByItself, shared, log } = parts;
  const { owner } = shared;
  const now = Date.now;
  const monotonic = (): number => performance.now();
  const store = new StatusStore(now);
  const counts = new GroupCounts(inventory, store);
  const expectations = new Expectations(inventory, store, counts);
  const pinned = new PinnedClients({ inventory, store, counts, expectations });
  const history = new StatusHistory({ store, settings, now });
  const keeper = new ChangeKeeper({ file: shared.changes, history, placeOf, now, log });
  const cause = new CommonCause(inventory, store);
  const estimates = new GroupEstimates();
  const meter = new CallMeter({ lines: shared.meter });
  const lease = new Lease({ lines: shared.lease, owner, now });
  const statuses = new SharedStatuses({ lines: shared.statuses, owner, store, placeOf, now });
  const drafts = new DraftKeys(credentials);
  const api = new OpenApiClient({
    credential: (name) => drafts.get(name),
    ready: (name) => drafts.ready(name),
    rejected: (name, credential) => credentials.rejected?.(name, credential),
    destination,
    loadSdk: () => import('../api/openApiSdk'),
    deadlineMs: CALL_DEADLINE_MS,
    clockAhead: async (place, signal) => (await probe(place, PROBE_DEADLINE_MS, signal)).clockAheadSeconds,
  });
  const rates = new CallRates({
    lines: shared.calls,
    owner,
    accountOf: (name) => drafts.accountOf(name),
    callsPerSecond: () => settings.maxCallsPerSecond,
    now,
    monotonic,
  });
  const otherCalls = new OtherCalls({ rates, meter, prepare: (credential) => api.prepare(credential) });
  const report: CallGovernorParts['report'] = (instanceId, findings) => {
    store.apply(instanceId, findings);
    statuses.tell(instanceId, findings);
  };
  const diagnosis = new Diagnosis({ api, calls: otherCalls, probe, report, now });
  const governor = new CallGovernor({
    api,
    rates,
    report,
    reportChecking: (instanceId, clientIds, isChecking) => store.setChecking(instanceId, clientIds, isChecking),
    meter,
    confirmer: new ChangeConfirmer({
      store,
      remembered: (instanceId, clientId) => history.lastOf(instanceId, clientId),
      isWanted: () => settings.verifiesChanges,
      monotonic,
    }),
    now,
    random: Math.random,
    log,
  });
  const isHeld = (instanceId: string, clientId: string): boolean => {
    const instance = findInstance(inventory.inventory, instanceId);
    return instance !== undefined && heldClientsOf(instance).has(clientId);
  };
  const checker = new StatusChecker(governor, store, now, isHeld);
  const round = new BackgroundRound({
    checker,
    lease,
    statuses,
    store,
    meter,
    dailyCallBudget: () => settings.dailyCallBudget,
    mayAsk: mayAskByItself,
    now,
  });
  /** Drops what is known and asked of an instance whose key or address changed. */
  const forget = (instanceId: string): void => {
    checker.forget(instanceId);
    diagnosis.forget();
    estimates.forget(instanceId);
    keeper.forget(instanceId);
  };
  const dispose = (): void =>
    [governor, statuses, meter, cause, estimates, keeper, history, pinned, expectations, counts, store].forEach(
      (part) => {
        part.dispose();
      },
    );
  const known = { store, counts, expectations, pinned, estimates, history };
  const asked = {
    lists: new Lists(api, otherCalls),
    traces: new Traces(api, otherCalls, isHeld),
    fitCheck: new FitCheck(api, otherCalls),
    diagnosis,
    drafts,
  };
  return { ...known, ...asked, keeper, checker, cause, meter, statuses, round, forget, dispose };
}
