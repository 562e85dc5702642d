import * as vscode from 'vscode';
import { ApiError } from '../../model/apiError';
import { destination } from '../../model/destination';
import { MADE_UP_CLIENT_ID } from '../../sessions/fitCheck';
import type { AccountCalls, Fitting } from '../accountCalls';
import { askInDialog, withoutIcons } from '../tell';
import { errorText } from '../words/failureWords';
import { askPick, type PickItem, show, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

/** What is known when something is saved: that all fits, or nothing. */
export type Fit = 'fits' | 'unchecked';

/** What a person is about to do with what is tried: save it, or bind a key that is saved. */
export type FitDeed = 'save' | 'bind';

export interface FitQuestion {
  readonly title: string;
  readonly deed: FitDeed;
  /** The name of what is saved or bound. */
  readonly about: string;
  /** The name of the instance that is asked. */
  readonly asks: string;
  /** What the first choice says. */
  readonly label: string;
  readonly fitting: Fitting;
  /** The client that the one call asks about. */
  readonly clientId: string;
}

/** The last step: saves after a call that tells whether all fits, or without. Back also where it did not fit. */
export async function askFit(
  account: Pick<AccountCalls, 'misfit'>,
  question: FitQuestion,
  place: StepPlace,
): Promise<StepResult<Fit>> {
  const { title, deed, about, asks, fitting, clientId } = question;
  const name = withoutIcons(about);
  const placeholder = deed === 'save' ? t('Save "{0}"', name) : t('Bind "{0}"', name);
  const chosen = await askPick<Fit>({ title, placeholder, items: itemsOf(question), ...place });
  if (chosen.kind !== 'value' || chosen.value === 'unchecked') return chosen;
  const checked = await whileAsking(
    title,
    t('Checking that key, region and instance fit; Esc cancels'),
    place,
    (signal) => account.misfit(fitting, clientId, signal),
  );
  if (checked.kind !== 'value') return checked;
  const { value: error } = checked;
  if (error === undefined) return { kind: 'value', value: 'fits' };
  // Nothing was asked, by the person's no: the day's budget is spent, or a command would have to run.
  return error.kind === 'cancelled' ? { kind: 'back' } : askAfter(deed, asks, error);
}

function itemsOf({ deed, label, fitting, clientId }: FitQuestion): PickItem<Fit>[] {
  const place = destination(fitting);
  const host = place.kind === 'ok' ? place.host : '';
  const about =
    clientId === MADE_UP_CLIENT_ID
      ? t('Asks {0} about {1}, a client ID made up for this.', host, clientId)
      : t('Asks {0} about {1}, as a check does.', host, withoutIcons(clientId));
  return [
    {
      label: withoutIcons(label),
      description: t('1 call'),
      detail: about,
      value: 'fits',
    },
    { label: deed === 'save' ? t('Save without checking') : t('Bind without checking'), value: 'unchecked' },
  ];
}

/** Nothing is done yet: a person may go on all the same, change what was entered, or leave. */
async function askAfter(deed: FitDeed, name: string, error: ApiError): Promise<StepResult<Fit>> {
  const back = t('Go Back and Change');
  const [goOn, question] =
    deed === 'save'
      ? [t('Save Anyway'), t('The check of "{0}" failed. Nothing is saved yet.', name)]
      : [t('Bind Anyway'), t('The check of "{0}" failed. Nothing is bound yet.', name)];
  switch (await askInDialog(question, errorText(error), back, goOn)) {
    case goOn:
      return { kind: 'value', value: 'unchecked' };
    case back:
      return { kind: 'back' };
    default:
      return { kind: 'cancel' };
  }
}

/** Shows that something is on its way. Esc and Back end it: nobody waits longer than they like. */
async function whileAsking<T>(
  title: string,
  placeholder: string,
  place: StepPlace,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<StepResult<T>> {
  const abort = new AbortController();
  const box = vscode.window.createQuickPick();
  Object.assign(box, { title, placeholder, busy: true });
  const left = show<never>(box, place, () => undefined);
  try {
    const done = work(abort.signal).then((value): StepResult<T> => ({ kind: 'value', value }));
    return await Promise.race([done, left]);
  } finally {
    abort.abort();
    box.dispose();
  }
}
