// Made-up keys, known to everybody, that open nothing but a local instance on this machine.
import type { Credential } from '../model/credential';

export const LOCAL_INSTANCE_ID = 'mqtt-cn-local00001';
export const LOCAL_REGION_ID = 'local';

export const LOCAL_KEY: Credential = { accessKeyId: 'local-access-key-id', accessKeySecret: 'local-access-key-secret' };

export const LOCAL_STS_KEY = {
  accessKeyId: 'STS.local-access-key-id',
  accessKeySecret: 'local-sts-secret',
  securityToken: 'local-security-token',
} as const satisfies Credential;

/** A key that exists but is disabled. */
export const LOCAL_DISABLED_KEY: Credential = {
  accessKeyId: 'local-disabled-key-id',
  accessKeySecret: 'local-disabled-secret',
};

/** A key whose policy allows BatchQuerySessionByClientIds alone. */
export const LOCAL_LIMITED_KEY: Credential = {
  accessKeyId: 'local-limited-key-id',
  accessKeySecret: 'local-limited-secret',
};
