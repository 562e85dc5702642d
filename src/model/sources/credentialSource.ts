/** Where a credential's key comes from each time it is used, in place of a pair that VS Code keeps. */
export type CredentialSource =
  /** A profile of the Alibaba Cloud CLI; without a name its current one. */
  | { readonly kind: 'profile'; readonly profile?: string }
  /** ALIBABA_CLOUD_ACCESS_KEY_ID and its kin, of the extension host. */
  | { readonly kind: 'environment' };

/** The variables that hold a key. */
export const KEY_VARIABLES = {
  accessKeyId: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  accessKeySecret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  securityToken: 'ALIBABA_CLOUD_SECURITY_TOKEN',
} as const;

/** The variable that says which profile is the current one, before the CLI's own file does. */
export const PROFILE_VARIABLE = 'ALIBABA_CLOUD_PROFILE';
