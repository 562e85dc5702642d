import { ApiError, type FailedCall } from '../apiError';

/** Why a source gives no key. Holds nothing of what a file, a command or a service wrote but what is named here. */
export type SourceProblem =
  | { readonly kind: 'noFile' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'tooLarge' }
  /** Line and column from 1. */
  | { readonly kind: 'malformed'; readonly line: number; readonly column: number }
  /** The file is JSON, but none of the CLI's. */
  | { readonly kind: 'notProfiles' }
  | { readonly kind: 'noProfile' }
  /** The file does not say which profile is the current one. */
  | { readonly kind: 'noCurrent' }
  | { readonly kind: 'incomplete'; readonly field: string }
  | { readonly kind: 'unsupported'; readonly mode: string }
  /** Profiles that name each other as their source. */
  | { readonly kind: 'loop' }
  | { readonly kind: 'noVariables' }
  /** STS answered with an error, or with what is no key. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The code of the network's error, or the proxy's part in it, or `Timeout`, or `NotJson`. */
  | { readonly kind: 'stsUnreachable'; readonly code: string }
  | { readonly kind: 'metadataUnreachable'; readonly code: string }
  | { readonly kind: 'tokenUnreadable' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'commandNotAllowed' }
  | { readonly kind: 'commandRestricted' }
  | { readonly kind: 'commandMissing' }
  | { readonly kind: 'commandFailed'; readonly exitCode: number | undefined }
  | { readonly kind: 'commandTimeout' }
  | { readonly kind: 'commandOutput' };

const CODES: Readonly<Record<Exclude<SourceProblem['kind'], 'refused'>, string>> = {
  noFile: 'ProfileFileNotFound',
  unreadable: 'ProfileFileUnreadable',
  tooLarge: 'ProfileFileTooLarge',
  malformed: 'ProfileFileMalformed',
  notProfiles: 'ProfileFileMalformed',
  noProfile: 'ProfileNotFound',
  noCurrent: 'NoCurrentProfile',
  incomplete: 'ProfileIncomplete',
  unsupported: 'ProfileModeNotSupported',
  loop: 'ProfileLoop',
  noVariables: 'NoKeyInEnvironment',
  stsUnreachable: 'StsUnreachable',
  metadataUnreachable: 'MetadataUnreachable',
  tokenUnreadable: 'OidcTokenUnreadable',
  expired: 'KeyExpired',
  commandNotAllowed: 'CommandNotAllowed',
  commandRestricted: 'CommandRestricted',
  commandMissing: 'CommandNotFound',
  commandFailed: 'CommandFailed',
  commandTimeout: 'CommandTimeout',
  commandOutput: 'CommandOutputNotUnderstood',
};

/** A source that gives no key: a failed call that never left. */
export class SourceError extends ApiError {
  constructor(
    readonly problem: SourceProblem,
    requestId?: string,
    call: FailedCall = {},
  ) {
    super('source', problem.kind === 'refused' ? problem.code : CODES[problem.kind], requestId, call);
  }

  override with(more: FailedCall): SourceError {
    return new SourceError(this.problem, this.requestId, { ...this.call, ...more });
  }
}
