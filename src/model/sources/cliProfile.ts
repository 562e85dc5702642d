import * as v from 'valibot';
import type { Credential } from '../credential';
import { keyProblem, readCredential } from '../credentialInput';
import { stsDestination } from '../destination';
import type { SourceProblem } from './sourceError';

/** The role that STS is asked for, and where. */
export interface RolePlan {
  readonly arn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId?: string | undefined;
  readonly sts: { readonly host: string; readonly protocol: 'HTTP' | 'HTTPS' };
}

/** How a profile's key is come by, by the CLI's modes. */
export type KeyPlan =
  | { readonly mode: 'AK'; readonly credential: Credential }
  | { readonly mode: 'StsToken'; readonly credential: Credential }
  | { readonly mode: 'RamRoleArn'; readonly credential: Credential; readonly role: RolePlan }
  | { readonly mode: 'ChainableRamRoleArn'; readonly sourceProfile: string; readonly role: RolePlan }
  | { readonly mode: 'OIDC'; readonly providerArn: string; readonly tokenFile: string; readonly role: RolePlan }
  | { readonly mode: 'EcsRamRole'; readonly roleName: string | undefined }
  | { readonly mode: 'External'; readonly command: string };

export interface CliProfile {
  readonly name: string;
  /** As the CLI calls it, such as `RamRoleArn`; empty where the profile was never configured. */
  readonly mode: string;
  readonly plan: KeyPlan | { readonly problem: SourceProblem };
}

/** The modes of the CLI, which takes them in any case. */
const MODES = [
  ...['AK', 'StsToken', 'RamRoleArn', 'EcsRamRole', 'RsaKeyPair', 'RamRoleArnWithRoleName', 'ChainableRamRoleArn'],
  ...['External', 'CredentialsURI', 'OIDC', 'CloudSSO', 'OAuth', 'BearerToken', 'Anonymous'],
];
/** STS gives a role's keys for an hour where nothing else is asked. */
const DEFAULT_SECONDS = 3600;
/** The least that AssumeRole takes. */
const LEAST_SECONDS = 900;
const SESSION_NAME = 'vscode-apsaramq-mqtt';

const filled = v.pipe(v.string(), v.regex(/\S/));
const text = v.optional(v.string(), '');
const seconds = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);
const roleFields = {
  ram_role_arn: filled,
  ram_session_name: text,
  external_id: text,
  expired_seconds: seconds,
  sts_region: text,
  sts_endpoint: text,
  enable_vpc: v.optional(v.boolean(), false),
};
const pairFields = { access_key_id: filled, access_key_secret: filled };
const shapes = {
  AK: v.object(pairFields),
  StsToken: v.object({ ...pairFields, sts_token: filled }),
  RamRoleArn: v.object({ ...pairFields, ...roleFields }),
  ChainableRamRoleArn: v.object({ ...roleFields, source_profile: filled }),
  OIDC: v.object({ ...roleFields, oidc_provider_arn: filled, oidc_token_file: filled, duration_seconds: seconds }),
  EcsRamRole: v.object({ ram_role_name: text }),
  External: v.object({ process_command: filled }),
};
type Role = v.InferOutput<v.ObjectSchema<typeof roleFields, undefined>>;

/** A field of a profile that is missing or is not what it should be. */
class Incomplete extends Error {
  constructor(readonly field: string) {
    super(field);
  }
}

/** Reads one profile, whatever is in it. */
export function readProfile(raw: { readonly name: string; readonly [field: string]: unknown }): CliProfile {
  const { name } = raw;
  const said = typeof raw['mode'] === 'string' ? raw['mode'] : '';
  const mode = MODES.find((each) => each.toLowerCase() === said.toLowerCase()) ?? said;
  try {
    const plan = planOf(mode, raw);
    return { name, mode, plan: plan ?? { problem: { kind: 'unsupported', mode } } };
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error;
    return { name, mode, plan: { problem: { kind: 'incomplete', field: error.field } } };
  }
}

function planOf(mode: string, raw: object): KeyPlan | undefined {
  switch (mode) {
    case '':
      throw new Incomplete('mode');
    case 'AK':
      return { mode, credential: pairOf(fields(shapes.AK, raw)) };
    case 'StsToken':
      return { mode, credential: pairOf(fields(shapes.StsToken, raw)) };
    case 'RamRoleArn': {
      const found = fields(shapes.RamRoleArn, raw);
      return { mode, credential: pairOf(found), role: roleOf(found) };
    }
    case 'ChainableRamRoleArn': {
      const found = fields(shapes.ChainableRamRoleArn, raw);
      return { mode, sourceProfile: found.source_profile, role: roleOf(found) };
    }
    case 'OIDC': {
      const found = fields(shapes.OIDC, raw);
      const role = roleOf({ ...found, expired_seconds: found.expired_seconds || found.duration_seconds });
      return { mode, providerArn: found.oidc_provider_arn, tokenFile: found.oidc_token_file, role };
    }
    case 'EcsRamRole': {
      const { ram_role_name: roleName } = fields(shapes.EcsRamRole, raw);
      // It becomes a part of the metadata service's address.
      if (!/^[\w.-]*$/.test(roleName)) throw new Incomplete('ram_role_name');
      return { mode, roleName: roleName === '' ? undefined : roleName };
    }
    case 'External':
      return { mode, command: fields(shapes.External, raw).process_command };
    default:
      return undefined;
  }
}

function fields<S extends v.GenericSchema>(shape: S, raw: object): v.InferOutput<S> {
  const parsed = v.safeParse(shape, raw);
  if (parsed.success) return parsed.output;
  const field = parsed.issues[0].path?.[0]?.key;
  throw new Incomplete(typeof field === 'string' ? field : 'mode');
}

function pairOf(found: { access_key_id: string; access_key_secret: string; sts_token?: string }): Credential {
  for (const field of ['access_key_id', 'access_key_secret', 'sts_token'] as const)
    if (found[field] !== undefined && keyProblem(found[field]) !== undefined) throw new Incomplete(field);
  const { access_key_id: accessKeyId, access_key_secret: accessKeySecret, sts_token: securityToken } = found;
  const credential = readCredential({ accessKeyId, accessKeySecret, securityToken });
  if (typeof credential === 'string') throw new Incomplete('access_key_id');
  return credential;
}

function roleOf(found: Role): RolePlan {
  const { ram_role_arn: arn, ram_session_name: name, external_id: externalId, expired_seconds } = found;
  const durationSeconds = expired_seconds === 0 ? DEFAULT_SECONDS : expired_seconds;
  if (durationSeconds < LEAST_SECONDS) throw new Incomplete('expired_seconds');
  const [endpoint, regionId] = [found.sts_endpoint, found.sts_region];
  const sts = stsDestination({ endpoint, regionId, isVpc: found.enable_vpc });
  if (sts.kind === 'refused') throw new Incomplete(endpoint === '' ? 'sts_region' : 'sts_endpoint');
  return {
    arn,
    sessionName: name.trim() === '' ? SESSION_NAME : name,
    durationSeconds,
    ...(externalId === '' ? {} : { externalId }),
    sts: { host: sts.host, protocol: sts.protocol },
  };
}
