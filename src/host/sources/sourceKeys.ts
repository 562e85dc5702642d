import { stat } from 'node:fs/promises';
import type { Credential } from '../../model/credential';
import { readCredential } from '../../model/credentialInput';
import { type CredentialSource, KEY_VARIABLES, PROFILE_VARIABLE } from '../../model/sources/credentialSource';
import type { CliProfile } from '../../model/sources/cliProfile';
import { resolveProfile, type ResolvedPlan } from '../../model/sources/resolveProfile';
import { SourceError, type SourceProblem } from '../../model/sources/sourceError';
import type { TemporaryKey } from '../../model/sources/temporaryKey';
import { digestOf } from '../digest';
import { readProfiles } from './profileFile';
import type * as RoleSdk from './roleSdk';
import { runCommand } from './runCommand';
import { TemporaryKeys } from './temporaryKeys';

/** What a source is at the moment: a plan for a key, or why there is none. */
export type Resolved =
  | { readonly kind: 'ok'; readonly profile: CliProfile | undefined; readonly plan: ResolvedPlan }
  | { readonly kind: 'problem'; readonly profile: CliProfile | undefined; readonly problem: SourceProblem };

export interface SourceKeysParts {
  /** Where the CLI keeps its profiles; read on each use. */
  readonly profilePath: () => string;
  /** The environment of the extension host. */
  readonly variables: () => Readonly<Record<string, string | undefined>>;
  readonly loadRoles: () => Promise<typeof RoleSdk>;
  /** Why a command may not be run; undefined where it may. */
  readonly commandProblem: (command: string) => Promise<SourceProblem | undefined>;
  readonly now: () => number;
  /** Told when a temporary key is another now. */
  readonly onDidRenew: () => void;
}

type FetchedPlan = Exclude<ResolvedPlan, { mode: 'AK' | 'StsToken' }>;

/** Keys from profiles, roles, commands and the environment: read on each use, and never kept but in memory. */
export class SourceKeys {
  private readonly temporary: TemporaryKeys;

  constructor(private readonly parts: SourceKeysParts) {
    this.temporary = new TemporaryKeys(parts.now, parts.onDidRenew);
  }

  /** Reads what a source is now, without asking anybody for a key. */
  async resolve(source: CredentialSource): Promise<Resolved> {
    const variables = this.parts.variables();
    if (source.kind === 'environment') return ofEnvironment(variables);
    const read = await readProfiles(this.parts.profilePath());
    if (read.kind === 'problem') return { ...read, profile: undefined };
    return resolveProfile(read.profiles, source.profile, variables[PROFILE_VARIABLE]);
  }

  /** The key of a plan, fetched or renewed where it is due. Rejects with a SourceError. */
  async keyOf(plan: ResolvedPlan): Promise<Credential> {
    if (plan.mode === 'AK' || plan.mode === 'StsToken') return plan.credential;
    return this.temporary.get(nameOf(plan), () => this.fetch(plan));
  }

  /** When a plan's key is due to be renewed, in milliseconds since 1970; undefined where none is held. */
  renewsAt(plan: ResolvedPlan): number | undefined {
    return this.temporary.renewsAt(nameOf(plan));
  }

  /** Drops a temporary key that the service rejected, so that the next ask fetches another. */
  rejected(credential: Credential): void {
    this.temporary.rejected(credential);
  }

  /** Lets the next ask fetch at once what failed a while ago. */
  tryAnew(): void {
    this.temporary.tryAnew();
  }

  /** Forgets the temporary keys of all other plans. */
  keepOnly(plans: readonly ResolvedPlan[]): void {
    this.temporary.keepOnly(new Set(plans.flatMap(withSources).map(nameOf)));
  }

  /** What is thrown in another bundle is of no class that is known here. */
  private async fetch(plan: FetchedPlan): Promise<TemporaryKey> {
    return this.fetched(plan).catch((error: unknown) => {
      throw isSourceFailure(error) ? new SourceError(error.problem, error.requestId) : error;
    });
  }

  private async fetched(plan: FetchedPlan): Promise<TemporaryKey> {
    const problem = plan.mode === 'External' ? await this.parts.commandProblem(plan.command) : undefined;
    if (problem !== undefined) throw new SourceError(problem);
    const roles = await this.parts.loadRoles();
    switch (plan.mode) {
      case 'RamRoleArn':
        return roles.assumeRole(plan.credential, plan.role);
      case 'ChainableRamRoleArn':
        return roles.assumeRole(await this.keyOf(plan.source), plan.role);
      case 'OIDC':
        await assertFile(plan.tokenFile);
        return roles.assumeRoleWithOidc(plan);
      case 'EcsRamRole':
        return roles.keyOfEcsRole(plan.roleName);
      case 'External':
        return runCommand(roles.splitCommand(plan.command), this.parts.now);
    }
  }
}

/** The library would wait for a pipe without end. */
async function assertFile(path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new SourceError({ kind: 'tokenUnreadable' });
}

function isSourceFailure(error: unknown): error is Pick<SourceError, 'problem' | 'requestId'> {
  return error instanceof Error && 'problem' in error;
}

function ofEnvironment(variables: Readonly<Record<string, string | undefined>>): Resolved {
  const [accessKeyId = '', accessKeySecret = '', securityToken] = Object.values(KEY_VARIABLES).map(
    (name) => variables[name],
  );
  const credential = readCredential({ accessKeyId, accessKeySecret, securityToken });
  if (typeof credential === 'string') return { kind: 'problem', profile: undefined, problem: { kind: 'noVariables' } };
  const isTemporary = credential.securityToken !== undefined;
  return { kind: 'ok', profile: undefined, plan: { mode: isTemporary ? 'StsToken' : 'AK', credential } };
}

/** A digest of all that a plan's key depends on. */
function nameOf(plan: ResolvedPlan): string {
  return digestOf(JSON.stringify(plan));
}

function withSources(plan: ResolvedPlan): ResolvedPlan[] {
  return plan.mode === 'ChainableRamRoleArn' ? [plan, ...withSources(plan.source)] : [plan];
}
