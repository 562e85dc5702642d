import { createHmac } from 'node:crypto';
import { clientIdProblem } from '../../model/clientIds/clientId';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../localKeys';

/** User name and password of ApsaraMQ's signature mode: base64(HMAC-SHA1(AccessKeySecret, clientId)). */
export function signIn(clientId: string): { username: string; password: string } {
  const { accessKeyId, accessKeySecret } = LOCAL_KEY;
  return {
    username: `Signature|${accessKeyId}|${LOCAL_INSTANCE_ID}`,
    password: createHmac('sha1', accessKeySecret).update(clientId).digest('base64'),
  };
}

export type SignInRefusal = 'badClientId' | 'badUserNameOrPassword' | 'notAuthorized';

/** Why a client may not come in; undefined when it may. Only the mode `Signature` is known here. */
export function refusalOf(
  clientId: string,
  username: string | undefined,
  password: string | undefined,
): SignInRefusal | undefined {
  if (clientIdProblem(clientId) !== undefined) return 'badClientId';
  const expected = signIn(clientId);
  const [mode, , instanceId] = (username ?? '').split('|');
  if (mode === 'Signature' && instanceId !== undefined && instanceId !== LOCAL_INSTANCE_ID) return 'notAuthorized';
  return username === expected.username && password === expected.password ? undefined : 'badUserNameOrPassword';
}
