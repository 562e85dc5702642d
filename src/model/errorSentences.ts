import type { ApiError, ApiErrorKind } from './apiError';

/** What is wrong and what to do about it: English, the key of the translation. */
export interface ErrorSentence {
  readonly what: string;
  readonly fix: string;
}

const TRANSIENT: ErrorSentence = {
  what: 'The service had a passing fault.',
  fix: 'Check again in a moment.',
};
const THROTTLED: ErrorSentence = {
  what: 'The service is refusing calls because there were too many.',
  fix: 'Lower "Max Calls Per Second" or wait: the limit is shared by everything that uses this account.',
};
const BAD_PARAMETER: ErrorSentence = {
  what: 'The service refused a parameter.',
  fix: 'Check the instance ID and this client ID.',
};
const NOT_SUPPORTED: ErrorSentence = {
  what: 'This operation is not supported here.',
  fix: 'Check the region or endpoint; status queries need an instance of version 3.x.',
};
const FORBIDDEN: ErrorSentence = {
  what: 'A RAM policy denies this call.',
  fix: 'Allow mq:BatchQuerySessionByClientIds and mq:MqttInstanceAccess on this instance.',
};

/** Sentences by the service's Code; a Code ending in `.*` stands for the whole family. */
const BY_CODE: Readonly<Record<string, ErrorSentence>> = {
  CheckAccountInfoFailed: {
    what: 'The STS token did not check out: it is expired or wrong.',
    fix: 'Get a new STS token and set the credential again.',
  },
  InstancePermissionCheckFailed: {
    what: 'This account may not use this instance.',
    fix: 'Check the instance ID, its region, and the account and RAM policy of the credential.',
  },
  PermissionCheckFailed: {
    what: 'The credential has no permission on this resource.',
    fix: 'Check which account created the instance and group, and the RAM policy of the credential.',
  },
  ParameterCheckFailed: BAD_PARAMETER,
  'InvalidParameter.*': BAD_PARAMETER,
  'Missing*': BAD_PARAMETER,
  InternalError: TRANSIENT,
  ServiceUnavailable: TRANSIENT,
  SignatureNonceUsed: TRANSIENT,
  SystemOverFlow: THROTTLED,
  'Throttling*': THROTTLED,
  ApiNotSupport: NOT_SUPPORTED,
  'InvalidAction.NotFound': NOT_SUPPORTED,
  'InvalidApi.NotFound': NOT_SUPPORTED,
  'InvalidAccessKeyId.NotFound': {
    what: 'The AccessKey ID does not exist.',
    fix: 'Set the credential again with an AccessKey of this account.',
  },
  'InvalidAccessKeyId.Inactive': {
    what: 'The AccessKey is disabled.',
    fix: 'Enable it in the RAM console or set another credential.',
  },
  SignatureDoesNotMatch: {
    what: 'The signature does not match: the AccessKey secret is most likely wrong.',
    fix: 'Set the credential again and paste the whole secret.',
  },
  'InvalidTimeStamp.Expired': {
    what: "This machine's clock is off by more than 15 minutes.",
    fix: 'Set the clock and check again.',
  },
  'Forbidden*': FORBIDDEN,
  NoPermission: FORBIDDEN,
};

const UNNAMED: ErrorSentence = {
  what: 'The service answered with an error.',
  fix: 'Look the code up in the documentation of ApsaraMQ for MQTT, or send its request ID to support.',
};

const BY_KIND: Readonly<Record<Exclude<ApiErrorKind, 'service'>, ErrorSentence>> = {
  timeout: { what: 'No answer came in time.', fix: 'Check the network and the endpoint, then check again.' },
  network: {
    what: 'The endpoint could not be reached.',
    fix: 'Check the network, the proxy and the region or endpoint; a local instance must be running.',
  },
  notJson: {
    what: 'What answered is not the service: the reply is no JSON.',
    fix: 'A proxy, captive portal or wrong endpoint may be in between.',
  },
  wrongShape: {
    what: 'The answer does not look like one of this operation.',
    fix: 'Check that the endpoint is that of ApsaraMQ for MQTT.',
  },
  missingCredential: {
    what: 'No AccessKey is stored under the name of this credential.',
    fix: 'Set the credential.',
  },
  badEndpoint: {
    what: 'The region or endpoint is not one a key may be sent to.',
    fix: 'Enter a region, or an endpoint as host or host:port without scheme and path.',
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
  UNNAMED,
  ...Object.values(BY_KIND),
];

/** Says what a failure means and what to do, by Code for the service's own errors. */
export function errorSentence(error: Pick<ApiError, 'kind' | 'code'>): ErrorSentence {
  if (error.kind !== 'service') return BY_KIND[error.kind];
  const family = Object.entries(BY_CODE).find(
    ([code]) => code.endsWith('*') && error.code.startsWith(code.slice(0, -1)),
  );
  return BY_CODE[error.code] ?? family?.[1] ?? UNNAMED;
}
