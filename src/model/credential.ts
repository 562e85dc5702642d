/** A named AccessKey pair, with or without an STS token. Lives in SecretStorage alone. */
export interface Credential {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}
