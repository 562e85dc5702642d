import * as vscode from 'vscode';
import type { ParseContext, ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { parseTyped } from '../../model/clientIds/parseTyped';
import { countText, numberText } from '../words/numbers';
import { clientIdProblemText, rangeProblemText } from '../words/words';
import { withoutIcons } from '../tell';
import { UserError } from '../userError';
import { askPick, type PickItem } from './steps';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;

/** Undefined for a range that is wrong: its item says why, and cannot be chosen. */
type Source = ParsedClientIds | 'clipboard' | undefined;

/** Asks for client IDs, typed, as a range, pasted or straight from the clipboard; undefined when cancelled. */
export async function askClientIds(title: string, context: ParseContext): Promise<ParsedClientIds | undefined> {
  // Read only when chosen: a browser may have to ask for leave first.
  const items: PickItem<Source>[] = [
    { label: t('$(clippy) From the clipboard'), description: t('keeps lines and CSV columns'), value: 'clipboard' },
  ];
  const itemOfText = (text: string): PickItem<Source> => {
    const typed = parseTyped(text, context);
    if (typed.kind === 'wrong')
      return { label: t('$(error) {0}', withoutIcons(rangeProblemText(typed.problem))), value: undefined };
    const { parsed } = typed;
    return {
      label: t('$(add) {0}', withoutIcons(preview(parsed))),
      description: withoutIcons(summaryOf(parsed)),
      value: parsed,
    };
  };
  const placeholder = t(
    'Type or paste client IDs: lines, commas, a JSON array, a CSV column or a range such as {0}',
    'dev-{001..200}',
  );
  const result = await askPick({ title, placeholder, items, itemOfText });
  if (result.kind !== 'value') return undefined;
  if (result.value !== 'clipboard') return result.value;
  const pasted = parseTyped(await vscode.env.clipboard.readText(), context);
  if (pasted.kind === 'wrong') throw new UserError(rangeProblemText(pasted.problem));
  return pasted.parsed;
}

function preview({ accepted }: ParsedClientIds): string {
  const [first = t('no valid client ID'), ...rest] = accepted;
  return rest.length === 0 ? first : t('{0} and {1} more', first, numberText(rest.length));
}

/** What was taken and what was not, and why. */
export function summaryOf({
  accepted,
  refused,
  duplicates,
  alreadyKnown,
  completed,
  oddSeparators,
}: ParsedClientIds): string {
  const parts = [t('{0} accepted', numberText(accepted.length))];
  if (completed > 0) parts.push(t('{0} completed with the group ID', numberText(completed)));
  if (duplicates > 0)
    parts.push(countText(duplicates, t('1 duplicate dropped'), t('{0} duplicates dropped', numberText(duplicates))));
  if (alreadyKnown > 0) parts.push(t('{0} there already', numberText(alreadyKnown)));
  if (oddSeparators.length > 0) parts.push(t('{0} without @@@ as separator', numberText(oddSeparators.length)));
  const [first] = refused;
  if (first !== undefined)
    parts.push(
      t(
        '{0} refused, the first is "{1}": {2}',
        numberText(refused.length),
        shortened(first.text),
        clientIdProblemText(first.problem),
      ),
    );
  return phrasesText(parts);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text.toWellFormed();
}
