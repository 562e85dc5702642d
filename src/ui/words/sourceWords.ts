import * as vscode from 'vscode';
import type { KeyLook } from '../../host/credentials';
import type { SourceLook } from '../../host/sources/sources';
import type { SourceProblem } from '../../model/sources/sourceError';
import { durationText } from './ages';
import { asideText, phrasesText } from './joiners';

const t = vscode.l10n.t;
const COMMAND_MINUTE = 60;
/** A mode that nobody knows is whatever the file says. */
const LONGEST_MODE = 40;

/** Whose files, environment and commands are meant: those of the machine of the extension host. */
export function hereText(): string {
  return vscode.env.remoteName === undefined ? t('on this computer') : t('on the remote machine');
}

/** What a key is, by its name's kind: "CLI profile default (RamRoleArn), to be renewed in 40 min". */
export function lookText(look: KeyLook, now: number): string {
  switch (look.kind) {
    case 'stored':
      return t('AccessKey, kept by VS Code');
    case 'session':
      return t('AccessKey, for this session only');
    case 'source':
      return phrasesText([sourceText(look), ...renewalText(look, now)]);
  }
}

function sourceText({ source, profile, mode }: SourceLook): string {
  if (source.kind === 'environment') return t('environment variables');
  const name = source.profile ?? profile;
  if (name === undefined) return t('current CLI profile');
  const text = source.profile === undefined ? t('current CLI profile, {0}', name) : t('CLI profile {0}', name);
  return mode === undefined || mode === '' ? text : asideText(text, shortMode(mode));
}

/** A key is renewed when it is used, not by itself. */
function renewalText({ renewsAt }: SourceLook, now: number): string[] {
  if (renewsAt === undefined) return [];
  const minutes = Math.ceil((renewsAt - now) / 60_000);
  return [minutes > 0 ? t('to be renewed in {0}', durationText(minutes * 60, 'short')) : t('renewed at its next use')];
}

/** Why an instance has no key, in the few words of its row. */
export function sourceProblemWords(look: SourceLook, problem: SourceProblem, credential: string): string {
  switch (problem.kind) {
    case 'noFile':
      return t('no file of CLI profiles for credential "{0}"', credential);
    case 'unreadable':
    case 'tooLarge':
    case 'malformed':
    case 'notProfiles':
      return t('the file of CLI profiles cannot be read');
    case 'noProfile':
      return t(
        'no CLI profile "{0}" for credential "{1}"',
        look.source.kind === 'profile' ? nameOf(look) : '',
        credential,
      );
    case 'noCurrent':
      return t('no current CLI profile for credential "{0}"', credential);
    case 'unsupported':
      return t('CLI profiles of mode {0} are not supported', shortMode(problem.mode));
    case 'noVariables':
      return t('no key in the environment for credential "{0}"', credential);
    case 'commandNotAllowed':
      return t('the command of the CLI profile is not allowed yet');
    case 'commandRestricted':
      return t('the command of the CLI profile waits for trust');
    default:
      return t('the CLI profile is incomplete');
  }
}

function nameOf({ source, profile }: SourceLook): string {
  return (source.kind === 'profile' ? source.profile : undefined) ?? profile ?? '';
}

/** What is wrong with a source, and what to do about it: a sentence each. */
export function sourceProblemText(problem: SourceProblem): { readonly what: string; readonly fix: string } {
  switch (problem.kind) {
    case 'noFile':
      return {
        what: t('There is no ~/.aliyun/config.json {0}.', hereText()),
        fix: t('Make it with "aliyun configure", or set the credential to something else.'),
      };
    case 'unreadable':
      return { what: t('~/.aliyun/config.json cannot be read.'), fix: t('Check that it is a file that you may read.') };
    case 'tooLarge':
      return {
        what: t('~/.aliyun/config.json is larger than 1 MB, so it is not read.'),
        fix: t('Check that it is the file of the Alibaba Cloud CLI.'),
      };
    case 'malformed':
      return {
        what: t('~/.aliyun/config.json is no valid JSON at line {0}, column {1}.', problem.line, problem.column),
        fix: t('Mend it; nothing else is needed.'),
      };
    case 'notProfiles':
      return {
        what: t('~/.aliyun/config.json holds no profiles.'),
        fix: t('Check that it is the file of the Alibaba Cloud CLI.'),
      };
    case 'noProfile':
      return {
        what: t('~/.aliyun/config.json does not hold the profile, or one that it builds upon.'),
        fix: t('Make it with "aliyun configure", or set the credential to something else.'),
      };
    case 'noCurrent':
      return {
        what: t('Neither ALIBABA_CLOUD_PROFILE nor ~/.aliyun/config.json says which profile is the current one.'),
        fix: t('Name a profile by "Set Credential".'),
      };
    case 'incomplete':
      return {
        what: t('In the CLI profile, {0} is missing or is not what it should be.', problem.field),
        fix: t('Configure the profile again with "aliyun configure".'),
      };
    case 'unsupported':
      return {
        what: t('CLI profiles of mode {0} are not supported.', shortMode(problem.mode)),
        fix: t(
          'Use a profile of mode AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC or External, or enter a key.',
        ),
      };
    case 'loop':
      return { what: t('The CLI profile builds upon itself.'), fix: t('Change source_profile in the profile.') };
    case 'noVariables':
      return {
        what: t('VS Code was started without ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.'),
        fix: t('Set both {0} and start VS Code there again, or set the credential to something else.', hereText()),
      };
    case 'refused':
      return refusalText(problem.code);
    case 'stsUnreachable':
      return {
        what: t('STS, which gives the keys of roles, could not be reached: {0}.', problem.code),
        fix: t('Check the network and the proxy.'),
      };
    case 'metadataUnreachable':
      return {
        what: t('The metadata service gave no key: {0}.', problem.code),
        fix: t('Profiles of mode EcsRamRole work on an ECS instance that has a RAM role, and nowhere else.'),
      };
    case 'tokenUnreadable':
      return {
        what: t('The file with the OIDC token cannot be read.'),
        fix: t('Check oidc_token_file of the CLI profile.'),
      };
    case 'expired':
      return {
        what: t('The temporary key had ended already when it came.'),
        fix: t('Check the clock of the machine.'),
      };
    default:
      return commandProblemText(problem);
  }
}

/** Both sentences in one. */
export function wholeProblemText(problem: SourceProblem): string {
  const { what, fix } = sourceProblemText(problem);
  return t('{0} {1}', what, fix);
}

type CommandProblem = Extract<SourceProblem, { readonly kind: `command${string}` }>;

function commandProblemText(problem: CommandProblem): { readonly what: string; readonly fix: string } {
  switch (problem.kind) {
    case 'commandNotAllowed':
      return {
        what: t('The command of the CLI profile was not allowed to run yet.'),
        fix: t('Check a client by hand: you are asked then.'),
      };
    case 'commandRestricted':
      return {
        what: t('In Restricted Mode the command of the CLI profile is not run.'),
        fix: t('Trust the workspace first.'),
      };
    case 'commandMissing':
      return {
        what: t('The command of the CLI profile was not found, or may not be run.'),
        fix: t('Check process_command of the CLI profile.'),
      };
    case 'commandFailed':
      return {
        what:
          problem.exitCode === undefined
            ? t('The command of the CLI profile was ended by a signal.')
            : t('The command of the CLI profile failed with exit code {0}.', problem.exitCode),
        fix: t('Run it in a terminal to see why.'),
      };
    case 'commandTimeout':
      return {
        what: t('The command of the CLI profile did not end within {0}.', durationText(COMMAND_MINUTE)),
        fix: t('Run it in a terminal to see why.'),
      };
    case 'commandOutput':
      return {
        what: t('The command of the CLI profile printed no key.'),
        fix: t('It has to print JSON with access_key_id and access_key_secret, and sts_token for a temporary key.'),
      };
  }
}

function shortMode(mode: string): string {
  return mode.length > LONGEST_MODE ? `${mode.slice(0, LONGEST_MODE)}…` : mode;
}

/** Why STS gave no key, by its code. */
function refusalText(code: string): { readonly what: string; readonly fix: string } {
  if (code === 'SignatureDoesNotMatch' || code.startsWith('InvalidAccessKeyId'))
    return {
      what: t('STS, which gives the keys of roles, did not accept the key of the CLI profile.'),
      fix: t('Configure the profile again with "aliyun configure".'),
    };
  if (code.startsWith('InvalidTimeStamp'))
    return {
      what: t('STS, which gives the keys of roles, found the clock of this machine wrong.'),
      fix: t('Set the clock and check again.'),
    };
  if (code.startsWith('Throttling'))
    return {
      what: t('STS, which gives the keys of roles, refuses calls because there were too many.'),
      fix: t('Check again in a moment.'),
    };
  return {
    what: t('STS did not give the key of the role.'),
    fix: t('Check the role of the CLI profile, and whether its key may assume it.'),
  };
}
