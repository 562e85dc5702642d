import { type ErrorBody, SERVICE_ERRORS, type ServiceErrorCode } from '../../api/contract';

/** An error as the service words it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: ServiceErrorCode,
    private readonly detail = '',
  ) {
    super(code);
  }

  get status(): number {
    return SERVICE_ERRORS[this.code].status;
  }

  body(requestId: string): ErrorBody {
    return {
      RequestId: requestId,
      HostId: 'onsmqtt.local',
      Code: this.code,
      Message: SERVICE_ERRORS[this.code].message + this.detail,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${this.code}&product=OnsMqtt&requestId=${requestId}`,
    };
  }
}
