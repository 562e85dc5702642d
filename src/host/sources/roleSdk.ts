// The vendor's credentials library in a bundle of its own, loaded when a role is first asked for. Its providers of single
// modes alone: the default chain and that of the CLI's file read the file themselves, print it whole where it is
// malformed, and write to it.
import Credentials from '@alicloud/credentials/dist/src/credentials';
import EcsProvider from '@alicloud/credentials/dist/src/providers/ecs_ram_role';
import OidcProvider from '@alicloud/credentials/dist/src/providers/oidc_role_arn';
import RoleProvider from '@alicloud/credentials/dist/src/providers/ram_role_arn';
import { splitProcessCommand } from '@alicloud/credentials/dist/src/utils/command';
import type { Credential } from '../../model/credential';
import { readCredential } from '../../model/credentialInput';
import { metadataDestination } from '../../model/destination';
import type { RolePlan } from '../../model/sources/cliProfile';
import { SourceError } from '../../model/sources/sourceError';
import type { TemporaryKey } from '../../model/sources/temporaryKey';
import { send, type SendOptions, type SourceRequest } from './send';

const STS_DEADLINE_MS = 10_000;
/** The metadata service is next door, or is not there at all. */
const METADATA_DEADLINE_MS = 2000;

interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly expiration: string;
}

/** AssumeRole with a key. Rejects with a SourceError. */
export function assumeRole(credential: Credential, role: RolePlan): Promise<TemporaryKey> {
  const base = Credentials.builder()
    .withAccessKeyId(credential.accessKeyId)
    .withAccessKeySecret(credential.accessKeySecret)
    .withSecurityToken(credential.securityToken ?? '')
    .withProviderName('static')
    .build();
  const builder = RoleProvider.builder()
    .withCredentialsProvider({ getCredentials: () => Promise.resolve(base), getProviderName: () => 'static' })
    .withRoleArn(role.arn)
    .withRoleSessionName(role.sessionName)
    .withDurationSeconds(role.durationSeconds)
    .withStsEndpoint(role.sts.host);
  if (role.externalId !== undefined) builder.withExternalId(role.externalId);
  return sessionOf(builder.build(), { place: role.sts, service: 'sts', deadlineMs: STS_DEADLINE_MS });
}

/** AssumeRoleWithOIDC with the token in a file, which is read anew. Rejects with a SourceError. */
export function assumeRoleWithOidc(plan: {
  readonly providerArn: string;
  readonly tokenFile: string;
  readonly role: RolePlan;
}): Promise<TemporaryKey> {
  const { role } = plan;
  const provider = OidcProvider.builder()
    .withOIDCProviderArn(plan.providerArn)
    .withOIDCTokenFilePath(plan.tokenFile)
    .withRoleArn(role.arn)
    .withRoleSessionName(role.sessionName)
    .withDurationSeconds(role.durationSeconds)
    .withStsEndpoint(role.sts.host)
    .build();
  return sessionOf(provider, { place: role.sts, service: 'sts', deadlineMs: STS_DEADLINE_MS });
}

/** The key of the role that an ECS instance has; without a name the one it has. Rejects with a SourceError. */
export async function keyOfEcsRole(
  roleName: string | undefined,
  place: SendOptions['place'] = metadataDestination(),
): Promise<TemporaryKey> {
  if (process.env['ALIBABA_CLOUD_ECS_METADATA_DISABLED']?.toLowerCase() === 'true')
    throw new SourceError({ kind: 'metadataUnreachable', code: 'Disabled' });
  const builder = EcsProvider.builder();
  if (roleName !== undefined) builder.withRoleName(roleName);
  return sessionOf(builder.build(), { place, service: 'metadata', deadlineMs: METADATA_DEADLINE_MS });
}

/** The parts of a command line as the CLI's profiles write it: no shell reads it. Throws a SourceError. */
export function splitCommand(command: string): readonly string[] {
  try {
    return splitProcessCommand(command);
  } catch {
    throw new SourceError({ kind: 'incomplete', field: 'process_command' });
  }
}

/** One session of a provider that was made for it: the library's own renewal keeps a failure for later. */
async function sessionOf(provider: { getSession(): Promise<Session> }, options: SendOptions): Promise<TemporaryKey> {
  // The library's own seam for a client other than its own.
  Object.assign(provider, { doRequest: (request: SourceRequest) => send(request, options) });
  const session = await provider.getSession().catch((error: unknown) => {
    throw known(error, options);
  });
  const credential = readCredential(session);
  const expiresAt = Date.parse(session.expiration);
  if (typeof credential === 'string' || Number.isNaN(expiresAt)) throw unexpected(options);
  return { credential, expiresAt };
}

/** The library's own messages hold what the service answered, keys and all. */
function known(error: unknown, options: SendOptions): SourceError {
  if (error instanceof SourceError) return error;
  const isOfFile = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return isOfFile ? new SourceError({ kind: 'tokenUnreadable' }) : unexpected(options);
}

function unexpected({ service }: SendOptions): SourceError {
  const code = 'UnexpectedAnswer';
  return new SourceError(service === 'sts' ? { kind: 'refused', code } : { kind: 'metadataUnreachable', code });
}
