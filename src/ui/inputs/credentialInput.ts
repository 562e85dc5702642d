import * as vscode from 'vscode';
import type { Credentials, KeyLook } from '../../host/credentials';
import type { ProfileChoice } from '../../host/sources/sources';
import type { CliProfile } from '../../model/sources/cliProfile';
import type { CredentialSource } from '../../model/sources/credentialSource';
import { tellWarning, withoutIcons } from '../tell';
import { phrasesText } from '../words/joiners';
import { keyKeptText } from '../words/secretWords';
import { hereText, lookText, sourceProblemText, wholeProblemText } from '../words/sourceWords';
import { keyTitle } from './keyInput';
import { askPick, into, type PickItem, runSteps, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

type Kind = 'stored' | 'session' | 'profile' | 'environment';

interface Answers {
  readonly kind: Kind;
  readonly source: CredentialSource | undefined;
}

type Step = (state: Answers, place: StepPlace) => Promise<StepResult<Answers>>;

/** Asks what a name is to stand for: a pair that is entered then, or a source; undefined when cancelled. */
export async function askKeySource(
  name: string,
  { sources, look }: Pick<Credentials, 'sources'> & { readonly look: KeyLook | undefined },
): Promise<'stored' | 'session' | CredentialSource | undefined> {
  const title = keyTitle(withoutIcons(name));
  const environment = await sources.lookAt({ kind: 'environment' });
  const placeholder =
    look === undefined
      ? t('Where the key comes from')
      : t('Where the key comes from. Now: {0}; what you choose replaces it', lookText(look, Date.now()));
  const initial: Answers = { kind: 'stored', source: undefined };
  const entered = await runSteps(initial, [
    async (state) => {
      const items = kindItems(environment.problem === undefined);
      const active = items.findIndex(({ value }) => value === state.kind);
      return into(await askPick({ title, placeholder, items, active }), (kind) => ({ ...state, kind }));
    },
    (state, place) =>
      state.kind === 'profile'
        ? profileStep(title, sources)(state, place)
        : Promise.resolve({ kind: 'value', value: state }),
  ]);
  if (entered?.kind === 'environment') return { kind: 'environment' };
  return entered?.kind === 'profile' ? entered.source : entered?.kind;
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
      detail: t(
        '~/.aliyun/config.json {0}: read each time a key is needed, followed when it changes, never copied.',
        hereText(),
      ),
      value: 'profile',
    },
    {
      label: t('Environment variables'),
      ...(isInEnvironment ? {} : { description: t('not set') }),
      detail: t('ALIBABA_CLOUD_ACCESS_KEY_ID and those that go with it, as VS Code was started with {0}.', hereText()),
      value: 'environment',
    },
  ];
}

function profileStep(title: string, sources: Credentials['sources']): Step {
  return async (state, { hasBack = false }) => {
    const choices = await sources.choices();
    if (choices.kind === 'problem') {
      const { what, fix } = sourceProblemText(choices.problem);
      void tellWarning(t('{0} {1} It is looked for at {2}.', what, fix, choices.path));
      return { kind: 'back' };
    }
    const place = { step: 2, totalSteps: 2, hasBack };
    const placeholder = t('Choose a profile of {0}', choices.path);
    const chosen = await askPick({ title, placeholder, items: profileItems(choices), ...place });
    return into(chosen, (source) => ({ ...state, source }));
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
