import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Credentials, KeyEntry, KeyLook } from '../../host/credentials';
import type { ProfileChoice } from '../../host/sources/sources';
import { readCredential } from '../../model/credentialInput';
import type { CliProfile } from '../../model/sources/cliProfile';
import type { CredentialSource } from '../../model/sources/credentialSource';
import { tellWarning, withoutIcons } from '../tell';
import { phrasesText } from '../words/joiners';
import { keyKeptText } from '../words/secretWords';
import { hereText, lookText, sourceProblemText, wholeProblemText } from '../words/sourceWords';
import { type KeyText, NO_KEY, pairSteps } from './keyInput';
import { askPick, into, type PickItem, type Step, stepsOfPart } from './steps';

const t = vscode.l10n.t;

type Kind = 'stored' | 'session' | 'profile' | 'environment' | 'later';

/** What was answered so far of what a name is to stand for. */
export interface KeyAnswers {
  readonly kind: Kind;
  readonly source: CredentialSource | undefined;
  readonly typed: KeyText;
}

export const NO_ANSWERS: KeyAnswers = { kind: 'stored', source: undefined, typed: NO_KEY };

export interface KeyQuestion {
  readonly title: string;
  readonly sources: Credentials['sources'];
  /** What the name stands for now. */
  readonly look: KeyLook | undefined;
  /** True where something is saved that can do without a key for now. */
  readonly mayComeLater: boolean;
}

/** The steps that ask what a name is to stand for: a pair that is entered, or a source. */
export function keySteps(question: KeyQuestion): (answers: KeyAnswers) => readonly Step<KeyAnswers>[] {
  const { title } = question;
  const pair = (kept: string): readonly Step<KeyAnswers>[] =>
    stepsOfPart(
      pairSteps(title, kept),
      ({ typed }: KeyAnswers) => typed,
      (answers, typed) => ({ ...answers, typed }),
    );
  return ({ kind }) => {
    switch (kind) {
      case 'stored':
        return [kindStep(question), ...pair(keyKeptText())];
      case 'session':
        return [kindStep(question), ...pair(t('It is gone when the window is closed or reloaded.'))];
      case 'profile':
        return [kindStep(question), profileStep(question)];
      case 'environment':
      case 'later':
        return [kindStep(question)];
    }
  };
}

/** What was answered; undefined where that is no key yet. */
export function keyEntryOf({ kind, source, typed }: KeyAnswers): KeyEntry | undefined {
  if (kind === 'environment') return { kind: 'source', source: { kind } };
  if (kind === 'profile') return source === undefined ? undefined : { kind: 'source', source };
  const credential = readCredential(typed);
  return kind === 'later' || typeof credential === 'string' ? undefined : { kind, credential };
}

function kindStep({ title, sources, look, mayComeLater }: KeyQuestion): Step<KeyAnswers> {
  return async (answers, place) => {
    const environment = await sources.lookAt({ kind: 'environment' });
    const placeholder =
      look === undefined
        ? t('Where the key comes from')
        : t('Where the key comes from. Now: {0}; what you choose replaces it', lookText(look, Date.now()));
    const later = { label: t('Enter the key later'), detail: t('Until then the row says that the key is missing.') };
    const items = [
      ...kindItems(environment.problem === undefined),
      ...(mayComeLater ? [{ ...later, value: 'later' as const }] : []),
    ];
    const active = items.findIndex(({ value }) => value === answers.kind);
    return into(await askPick<Kind>({ title, placeholder, items, active, ...place }), (kind) => ({ ...answers, kind }));
  };
}

function kindItems(isInEnvironment: boolean): PickItem<Kind>[] {
  return [
    { label: t('AccessKey, kept by VS Code'), detail: keyKeptText(), value: 'stored' },
    {
      label: t('AccessKey, for this session only'),
      detail: t('In the memory of this window alone: it is gone when the window is closed or reloaded.'),
      value: 'session',
    },
    {
      label: t('Alibaba Cloud CLI profile'),
      detail: t('~/.aliyun/config.json {0}: read each time, followed, never copied.', hereText()),
      value: 'profile',
    },
    {
      label: t('Environment variables'),
      ...(isInEnvironment ? {} : { description: t('not set') }),
      detail: t('ALIBABA_CLOUD_ACCESS_KEY_ID etc. {0}, as when VS Code was started.', hereText()),
      value: 'environment',
    },
  ];
}

function profileStep({ title, sources }: KeyQuestion): Step<KeyAnswers> {
  return async (answers, place) => {
    const choices = await sources.choices();
    if (choices.kind === 'problem') {
      const { what, fix } = sourceProblemText(choices.problem);
      void tellWarning(t('{0} {1} It is looked for at {2}.', what, fix, choices.path));
      return { kind: 'back' };
    }
    const placeholder = t('Choose a profile of {0}', choices.path);
    const items = profileItems(choices);
    const active = items.findIndex(({ value }) => isDeepStrictEqual(value, answers.source));
    const chosen = await askPick({ title, placeholder, items, active: answers.source && active, ...place });
    return into(chosen, (source) => ({ ...answers, source }));
  };
}

/** Those that give no key stand there too, with the reason; they cannot be chosen. */
function profileItems(choices: Extract<ProfileChoice, { kind: 'ok' }>): PickItem<CredentialSource | undefined>[] {
  const { profiles, current } = choices;
  const whichever: PickItem<CredentialSource> = {
    label: t('$(star) The current profile, whichever it is'),
    ...(current === undefined ? {} : { description: withoutIcons(current) }),
    detail: t('As ALIBABA_CLOUD_PROFILE says, else the CLI itself: "aliyun configure switch" is followed.'),
    value: { kind: 'profile' },
  };
  return [whichever, ...profiles.map((profile) => profileItem(profile, profile.name === current))];
}

function profileItem({ name, mode, plan }: CliProfile, isCurrent: boolean): PickItem<CredentialSource | undefined> {
  const description = phrasesText([...(mode === '' ? [] : [withoutIcons(mode)]), ...(isCurrent ? [t('current')] : [])]);
  const label = withoutIcons(name);
  if (!('problem' in plan)) return { label, description, value: { kind: 'profile', profile: name } };
  const detail = withoutIcons(wholeProblemText(plan.problem));
  return { label: `$(circle-slash) ${label}`, description, detail, value: undefined };
}
