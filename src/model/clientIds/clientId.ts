/** Documented: a client ID is `<GroupID>@@@<DeviceID>` of at most 64 characters. */
const MAX_CLIENT_ID_LENGTH = 64;

export type ClientIdProblem = 'empty' | 'tooLong' | 'brokenCharacter' | 'notPrintableAscii';

/** Says why the service could not know this client ID; no call is made for such an ID. */
export function clientIdProblem(clientId: string): ClientIdProblem | undefined {
  if (clientId === '') return 'empty';
  if (!clientId.isWellFormed()) return 'brokenCharacter';
  if (!/^[\x21-\x7e]+$/.test(clientId)) return 'notPrintableAscii';
  return clientId.length > MAX_CLIENT_ID_LENGTH ? 'tooLong' : undefined;
}

/** True for a documented group ID: 7 to 64 characters, `GID_` or `GID-`, then letters, digits, `-` and `_`. */
export function isGroupId(groupId: string): boolean {
  return /^GID[_-][A-Za-z0-9_-]{3,60}$/.test(groupId);
}

/** Completes a bare device ID with its group ID; an ID that already holds an `@` stays as it is. */
export function expandClientId(text: string, groupId: string | undefined): string {
  return groupId === undefined || text === '' || text.includes('@') ? text : `${groupId}@@@${text}`;
}

/** What is left of a client ID of a group: `dev-1` of `GID_x@@@dev-1`; the whole ID where it is not of that group ID. */
export function deviceIdOf(clientId: string, groupId: string | undefined): string {
  const prefix = `${groupId ?? ''}@@@`;
  return groupId !== undefined && clientId.startsWith(prefix) && clientId.length > prefix.length
    ? clientId.slice(prefix.length)
    : clientId;
}

/** The device ID of a client ID as documented, whatever its group; the whole ID where it reads otherwise. */
export function shortIdOf(clientId: string): string {
  const groupId = clientId.slice(0, Math.max(0, clientId.indexOf('@@@')));
  return isGroupId(groupId) ? deviceIdOf(clientId, groupId) : clientId;
}

/** True for an ID like `GID_test@0001`: the vendor's own example, but most often a typing mistake. */
export function hasOddSeparator(clientId: string): boolean {
  return clientId.includes('@') && !clientId.includes('@@@');
}
