// Product OnsMqtt, version 2020-04-20, RPC style: the operations, limits and error codes both ends agree on.

export const API_VERSION = '2020-04-20';

/** Documented for BatchQuerySessionByClientIds: "N ranges from 1 to 10". */
export const MAX_CLIENT_IDS_PER_CALL = 10;

/** Documented calls a second for an account, shared by every key and program of it; for ListInstances none is. */
export const CALLS_PER_SECOND = {
  BatchQuerySessionByClientIds: 100,
  QuerySessionByClientId: 500,
  ListGroupId: 10,
  ListInstances: undefined,
  QueryMqttTraceDevice: 500,
} as const;

export type Operation = keyof typeof CALLS_PER_SECOND;

/** The body of BatchQuerySessionByClientIds' answer. Order, duplicates and completeness are not documented. */
export interface BatchQuerySessionByClientIdsBody {
  RequestId: string;
  OnlineStatusList: { ClientId: string; OnlineStatus: boolean }[];
}

export interface QuerySessionByClientIdBody {
  RequestId: string;
  OnlineStatus: boolean;
}

/** The body of ListGroupId's answer; times are milliseconds since 1970. */
export interface ListGroupIdBody {
  RequestId: string;
  Data: { GroupId: string; InstanceId: string; CreateTime: number; UpdateTime: number }[];
}

export interface ListInstancesBody {
  RequestId: string;
  Instances: { InstanceId: string; InstanceName: string; InstanceStatus: number; RegionId: string }[];
}

/** The body of QueryMqttTraceDevice's answer. Time reads `yyyy-MM-dd HH:mm:ss.SSS`; its zone is not documented. */
export interface QueryMqttTraceDeviceBody {
  RequestId: string;
  Total: number;
  CurrentPage: number;
  PageSize: number;
  DeviceInfoList: { Time: string; Action: string; ActionCode: string; ActionInfo: string; ChannelId: string }[];
}

/** The body of every error; classify by Code, never by HTTP status. */
export interface ErrorBody {
  RequestId: string;
  HostId: string;
  Code: string;
  Message: string;
  Recommend?: string;
}

/** The documented message and status of each error the local instance can answer with. */
export const SERVICE_ERRORS = {
  CheckAccountInfoFailed: {
    status: 400,
    message: 'An error occurred while checking the account information by the STS token.',
  },
  InstancePermissionCheckFailed: {
    status: 400,
    message:
      'An error occurred while validating the permissions of the instance. Please verify the account that created the instance and its permissions settings.',
  },
  ParameterCheckFailed: {
    status: 400,
    message: 'An error occurred while validating the parameters. The parameters may be missing or invalid.',
  },
  PermissionCheckFailed: {
    status: 400,
    message:
      'An error occurred while validating the resource permissions. Please check the account that created the instance, topic, and GroupId, and check their permission settings.',
  },
  'InvalidParameter.ClientIdList': {
    status: 400,
    message: 'An error occurred while validating the parameter. The parameter may be missing or invalid.',
  },
  InternalError: { status: 500, message: 'An error occurred while processing your request. Try again later.' },
  SystemOverFlow: { status: 500, message: 'An error occurred while processing your request. Please try again.' },
  ApiNotSupport: { status: 404, message: 'The specified API is not supported.' },
  'InvalidAction.NotFound': { status: 404, message: 'The specified action is not found.' },
  'InvalidApi.NotFound': { status: 404, message: 'The specified API is not found.' },
  ServiceUnavailable: { status: 503, message: 'The service is temporarily unavailable.' },
  Throttling: { status: 400, message: 'Request was denied due to request throttling.' },
  'Throttling.User': { status: 400, message: 'Request was denied due to user flow control.' },
  'Throttling.Api': { status: 400, message: 'Request was denied due to api flow control.' },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAccessKeyId.Inactive': { status: 400, message: 'Specified access key is disabled.' },
  SignatureDoesNotMatch: { status: 400, message: 'Specified signature does not match our calculation.' },
  'InvalidTimeStamp.Expired': { status: 400, message: 'Specified time stamp or date value is expired.' },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  MissingParameter: { status: 400, message: 'A required parameter is missing.' },
  'Forbidden.RAM': { status: 403, message: 'User not authorized to operate on the specified resource.' },
} as const;

export type ServiceErrorCode = keyof typeof SERVICE_ERRORS;
