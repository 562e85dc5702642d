import { findProfile, type CliProfiles } from './cliProfiles';
import type { CliProfile, KeyPlan } from './cliProfile';
import type { SourceProblem } from './sourceError';

/** A plan whose sources are plans themselves, down to the one that holds a key. */
export type ResolvedPlan =
  | Exclude<KeyPlan, { readonly mode: 'ChainableRamRoleArn' }>
  | (Extract<KeyPlan, { readonly mode: 'ChainableRamRoleArn' }> & { readonly source: ResolvedPlan });

export type ResolvedProfile =
  | { readonly kind: 'ok'; readonly profile: CliProfile; readonly plan: ResolvedPlan }
  /** The profile is there where it alone is not what it should be. */
  | { readonly kind: 'problem'; readonly profile: CliProfile | undefined; readonly problem: SourceProblem };

/** Finds a profile and all those it builds upon. Without a name: that of ALIBABA_CLOUD_PROFILE, or the file's current one. */
export function resolveProfile(
  profiles: CliProfiles,
  name: string | undefined,
  current: string | undefined,
): ResolvedProfile {
  const wanted = name ?? currentOf(profiles, current);
  if (wanted === undefined) return { kind: 'problem', profile: undefined, problem: { kind: 'noCurrent' } };
  const profile = findProfile(profiles, wanted);
  const plan = planOf(profiles, wanted, new Set());
  if ('problem' in plan) return { kind: 'problem', profile, problem: plan.problem };
  return profile === undefined
    ? { kind: 'problem', profile, problem: { kind: 'noProfile' } }
    : { kind: 'ok', profile, plan };
}

/** The name of the current profile: the variable's, or the file's own. */
export function currentOf({ current }: CliProfiles, variable: string | undefined): string | undefined {
  return variable === undefined || variable === '' ? current : variable;
}

function planOf(
  profiles: CliProfiles,
  name: string,
  seen: ReadonlySet<string>,
): ResolvedPlan | { readonly problem: SourceProblem } {
  if (seen.has(name)) return { problem: { kind: 'loop' } };
  const profile = findProfile(profiles, name);
  if (profile === undefined) return { problem: { kind: 'noProfile' } };
  const { plan } = profile;
  if ('problem' in plan || plan.mode !== 'ChainableRamRoleArn') return plan;
  const source = planOf(profiles, plan.sourceProfile, new Set([...seen, name]));
  return 'problem' in source ? source : { ...plan, source };
}

/** What tells one account's key from another's, and stays while keys are renewed. Not for others' eyes: digest it. */
export function identityOf(plan: ResolvedPlan): string {
  switch (plan.mode) {
    case 'AK':
    case 'StsToken':
      return plan.credential.accessKeyId;
    case 'RamRoleArn':
      return JSON.stringify([plan.mode, plan.role.arn, plan.credential.accessKeyId]);
    case 'ChainableRamRoleArn':
      return JSON.stringify([plan.mode, plan.role.arn, identityOf(plan.source)]);
    case 'OIDC':
      return JSON.stringify([plan.mode, plan.role.arn, plan.providerArn]);
    case 'EcsRamRole':
      return JSON.stringify([plan.mode, plan.roleName]);
    case 'External':
      return JSON.stringify([plan.mode, plan.command]);
  }
}

/** The command lines that a plan runs. */
export function commandOf(plan: ResolvedPlan): string | undefined {
  if (plan.mode === 'ChainableRamRoleArn') return commandOf(plan.source);
  return plan.mode === 'External' ? plan.command : undefined;
}
