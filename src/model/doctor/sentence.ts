/** What a person can do about a failure with one press. */
export const FIXES = [
  'setCredential',
  'bindCredential',
  'editInstance',
  'tryRegion',
  'copyPolicy',
  'proxySettings',
  'rateSetting',
  'startLocal',
  'diagnose',
] as const;
export type Fix = (typeof FIXES)[number];

/** True for what is done to one instance, so that it has to be known which. */
export function isOfInstance(fix: Fix): fix is Exclude<Fix, FixOfMachine> {
  return fix !== 'proxySettings' && fix !== 'rateSetting' && fix !== 'startLocal';
}

type FixOfMachine = 'proxySettings' | 'rateSetting' | 'startLocal';

/**
 * What is wrong and what to do about it: English, the key of the translation. `{0}` stands for the host that was asked,
 * `{1}` for the RAM actions that the operation needs.
 */
export interface ErrorSentence {
  readonly what: string;
  readonly fix: string;
  /** The first is the likeliest. None where there is nothing to press. */
  readonly fixes?: readonly Fix[];
}
