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

export interface FitQuestion {
  readonly title: string;
  /** The name of what is saved. */
  readonly saves: string;
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
  const { title, saves, asks, fitting, clientId } = question;
  const placeholder = t('Save "{0}"', withoutIcons(saves));
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
  return error.kind === 'cancelled' ? { kind: 'back' } : askAfter(asks, error);
}

function itemsOf({ label, fitting, clientId }: FitQuestion): PickItem<Fit>[] {
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
    { label: t('Save without checking'), value: 'unchecked' },
  ];
}

/** Nothing is saved yet: a person may save all the same, change what was entered, or leave. */
async function askAfter(name: string, error: ApiError): Promise<StepResult<Fit>> {
  const [save, back] = [t('Save Anyway'), t('Go Back and Change')];
  const question = t('The check of "{0}" failed. Nothing is saved yet.', name);
  switch (await askInDialog(question, errorText(error), back, save)) {
    case save:
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
