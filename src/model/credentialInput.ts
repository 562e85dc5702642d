import type { Credential } from './credential';

export type CredentialProblem = 'emptyName' | 'emptyKey' | 'brokenKey';

/** What was pasted, without the blanks, quotes and line ends around it. */
function trimKey(text: string): string {
  return text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

/** Why a key cannot be sent in a header: blanks or other characters inside it; undefined when it can. */
export function keyProblem(text: string): CredentialProblem | undefined {
  const key = trimKey(text);
  if (key === '') return 'emptyKey';
  return /^[\x21-\x7e]+$/.test(key) ? undefined : 'brokenKey';
}

/** Trims what was entered; gives the problem of the first part that has one. */
export function readCredential(raw: {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | undefined;
}): Credential | CredentialProblem {
  const securityToken = trimKey(raw.securityToken ?? '');
  const problem =
    keyProblem(raw.accessKeyId) ??
    keyProblem(raw.accessKeySecret) ??
    (securityToken === '' ? undefined : keyProblem(securityToken));
  if (problem !== undefined) return problem;
  const pair = { accessKeyId: trimKey(raw.accessKeyId), accessKeySecret: trimKey(raw.accessKeySecret) };
  return securityToken === '' ? pair : { ...pair, securityToken };
}
