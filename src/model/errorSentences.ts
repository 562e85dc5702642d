import type { ApiError, ApiErrorKind } from './apiError';
import { NETWORK_SENTENCES, networkSentence, NO_LOCAL_INSTANCE, UNREACHABLE } from './doctor/networkSentences';
import { ramActionsOf } from './doctor/ramActions';
import type { ErrorSentence } from './doctor/sentence';

const TRANSIENT: ErrorSentence = {
  what: 'The service had a passing fault.',
  fix: 'Check again in a moment.',
};
const THROTTLED: ErrorSentence = {
  what: 'The service is refusing calls because there were too many.',
  fix: 'Lower "Max Calls Per Second" or wait: the limit is shared by everything that uses this account.',
  fixes: ['rateSetting'],
};
const BAD_PARAMETER: ErrorSentence = {
  what: 'The service refused a parameter.',
  fix: 'Check the instance ID and this client ID.',
  fixes: ['editInstance'],
};
const NOT_SUPPORTED: ErrorSentence = {
  what: 'This operation is not supported here: the instance may be of version 2.x, or the endpoint another service.',
  fix: 'Check the version of the instance in the console; status queries need 3.x. Else check the region or endpoint.',
  fixes: ['editInstance', 'diagnose'],
};
const FORBIDDEN: ErrorSentence = {
  what: 'A RAM policy denies this call.',
  fix: 'Allow {1} on this instance; "Copy RAM Policy" writes the policy.',
  fixes: ['copyPolicy', 'diagnose'],
};
/** For operations of which the documents name no action. */
const FORBIDDEN_UNNAMED: ErrorSentence = {
  what: 'A RAM policy denies this call.',
  fix: 'The documents name no action for this operation: ask whoever grants the rights of this key.',
  fixes: ['diagnose'],
};

/** Sentences by the service's Code; a Code ending in `.*` stands for the whole family. */
const BY_CODE: Readonly<Record<string, ErrorSentence>> = {
  CheckAccountInfoFailed: {
    what: 'The STS token did not check out: it is expired or wrong.',
    fix: 'Get a new STS token: set the credential again, or renew it where the key comes from.',
    fixes: ['setCredential'],
  },
  InstancePermissionCheckFailed: {
    what: 'This account may not use this instance, or it is in another region.',
    fix: 'Check the instance ID, its region, and the account of the credential; a RAM policy has to allow {1}.',
    fixes: ['tryRegion', 'editInstance', 'copyPolicy'],
  },
  PermissionCheckFailed: {
    what: 'The credential has no permission on this resource.',
    fix: 'Check which account created the instance and group; a RAM policy of the credential has to allow {1}.',
    fixes: ['copyPolicy', 'diagnose'],
  },
  ParameterCheckFailed: BAD_PARAMETER,
  'InvalidParameter.*': BAD_PARAMETER,
  'Missing*': BAD_PARAMETER,
  InternalError: TRANSIENT,
  ServiceUnavailable: TRANSIENT,
  SignatureNonceUsed: TRANSIENT,
  SystemOverFlow: {
    what: 'The service itself has too much to do and is refusing calls.',
    fix: 'Wait and check again; fewer calls a second help it.',
    fixes: ['rateSetting'],
  },
  'Throttling.User': {
    what: 'The account has used up its calls a second, over all operations.',
    fix: 'Lower "Max Calls Per Second" or wait: everything that uses this account shares them.',
    fixes: ['rateSetting'],
  },
  'Throttling.Api': {
    what: 'The account has used up the calls a second of this operation.',
    fix: 'Lower "Max Calls Per Second" or wait: everything that uses this account shares them.',
    fixes: ['rateSetting'],
  },
  'Throttling*': THROTTLED,
  ApiNotSupport: NOT_SUPPORTED,
  'InvalidAction.NotFound': NOT_SUPPORTED,
  'InvalidApi.NotFound': NOT_SUPPORTED,
  'InvalidAccessKeyId.NotFound': {
    what: 'The AccessKey ID does not exist.',
    fix: 'Use an AccessKey of this account: set the credential again, or correct it where the key comes from.',
    fixes: ['setCredential'],
  },
  'InvalidAccessKeyId.Inactive': {
    what: 'The AccessKey is disabled.',
    fix: 'Enable it in the RAM console or set another credential.',
    fixes: ['setCredential'],
  },
  SignatureDoesNotMatch: {
    what: 'The signature does not match: the AccessKey secret is most likely wrong.',
    fix: 'Paste the whole secret: set the credential again, or correct it where the key comes from.',
    fixes: ['setCredential'],
  },
  'InvalidTimeStamp.Expired': {
    what: "This machine's clock is off by more than 15 minutes.",
    fix: 'Set the clock and check again.',
    fixes: ['diagnose'],
  },
  'Forbidden*': FORBIDDEN,
  NoPermission: FORBIDDEN,
};

const UNNAMED: ErrorSentence = {
  what: 'The service answered with an error.',
  fix: 'Look the code up in the documentation of ApsaraMQ for MQTT, or send its request ID to support.',
  fixes: ['diagnose'],
};

const BY_KIND: Readonly<Record<Exclude<ApiErrorKind, 'service' | 'network'>, ErrorSentence>> = {
  timeout: {
    what: 'No answer came in time.',
    fix: 'Check the network and the endpoint, then check again.',
    fixes: ['diagnose', 'proxySettings'],
  },
  notJson: {
    what: 'What answered is not the service: the reply is no JSON.',
    fix: 'A proxy, captive portal or wrong endpoint may be in between.',
    fixes: ['diagnose', 'proxySettings', 'editInstance'],
  },
  wrongShape: {
    what: 'The answer does not look like one of this operation.',
    fix: 'Check that the endpoint is that of ApsaraMQ for MQTT.',
    fixes: ['editInstance', 'diagnose'],
  },
  missingCredential: {
    what: 'No AccessKey is stored under the name of this credential.',
    fix: 'Set the credential.',
    fixes: ['setCredential'],
  },
  source: {
    what: 'What this credential stands for gives no key.',
    fix: 'Set the credential again.',
    fixes: ['setCredential'],
  },
  unbound: {
    what: 'The workspace names this instance, and no key of yours is bound to it yet.',
    fix: 'Run "Bind a Key" on its row.',
    fixes: ['bindCredential'],
  },
  heldBack: {
    what: 'The workspace names this client, and you have not let your key be used for it yet.',
    fix: 'Run "Bind a Key" on the row of its group.',
  },
  badEndpoint: {
    what: 'The region or endpoint is not one a key may be sent to.',
    fix: 'Enter a region, or an endpoint as host or host:port without scheme and path.',
    fixes: ['editInstance'],
  },
  badClientId: {
    what: 'This is no valid client ID, so it was not asked.',
    fix: 'A client ID has 1 to 64 printable ASCII characters.',
  },
  cancelled: { what: 'The check was cancelled.', fix: 'Check again when you like.' },
};

/** Every sentence there is, for the test that looks for its translation. */
export const ERROR_SENTENCES: readonly ErrorSentence[] = [
  ...Object.values(BY_CODE),
  FORBIDDEN_UNNAMED,
  UNNAMED,
  ...Object.values(BY_KIND),
  ...Object.values(NETWORK_SENTENCES),
  NO_LOCAL_INSTANCE,
  UNREACHABLE,
];

/** Says what a failure means and what to do: by Code for the service's own errors, by Node's code for the network. */
export function errorSentence({ kind, code, call }: Pick<ApiError, 'kind' | 'code' | 'call'>): ErrorSentence {
  if (kind === 'network') return networkSentence(code, call.host);
  if (kind !== 'service') return BY_KIND[kind];
  const sentence = serviceSentence(code);
  return sentence === FORBIDDEN && ramActionsOf(call.operation).length === 0 ? FORBIDDEN_UNNAMED : sentence;
}

function serviceSentence(code: string): ErrorSentence {
  const family = Object.entries(BY_CODE).find(([of]) => of.endsWith('*') && code.startsWith(of.slice(0, -1)));
  const own = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return own ?? family?.[1] ?? UNNAMED;
}
