import { OpenApiClient, type OpenApiClientParts } from '../api/openApiClient';
import type { Log } from '../base/log';
import { destination } from '../model/destination';
import { CallGovernor } from './callGovernor';
import type { CallRates } from './callRates';
import { ChangeConfirmer } from './changeConfirmer';
import type { SharedStatuses } from './sharedStatuses';
import { StatusChecker } from './statusChecker';
import type { StatusStore } from './statusStore';

/** Longer than a slow call takes, shorter than a person waits. */
const CALL_DEADLINE_MS = 10_000;

/** Puts checker, governor and SDK client together around one store. */
export function assembleChecker(
  store: StatusStore,
  rates: CallRates,
  statuses: Pick<SharedStatuses, 'tell'>,
  verifiesChanges: () => boolean,
  credential: OpenApiClientParts['credential'],
  log: Log,
): StatusChecker {
  const api = new OpenApiClient({
    credential,
    destination: (target) => {
      const place = destination(target);
      return place.kind === 'ok' ? place : undefined;
    },
    loadSdk: () => import('../api/openApiSdk'),
    deadlineMs: CALL_DEADLINE_MS,
  });
  const governor = new CallGovernor({
    api,
    rates,
    report: (instanceId, findings) => {
      store.apply(instanceId, findings);
      statuses.tell(instanceId, findings);
    },
    reportChecking: (instanceId, clientIds, isChecking) => store.setChecking(instanceId, clientIds, isChecking),
    confirmer: new ChangeConfirmer({ store, isWanted: verifiesChanges, monotonic: () => performance.now() }),
    now: Date.now,
    random: Math.random,
    log,
  });
  return new StatusChecker(governor, store, Date.now);
}
