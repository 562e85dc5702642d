import * as vscode from 'vscode';
import { type ParseContext, type ParsedClientIds, parseClientIds } from '../../model/parseClientIds';
import { clientIdProblemText } from '../words';
import { askPick, type PickItem } from './steps';

const t = vscode.l10n.t;

type Source = ParsedClientIds | 'clipboard';

/** Asks for client IDs, typed, pasted or straight from the clipboard; undefined when cancelled. */
export async function askClientIds(title: string, context: ParseContext): Promise<ParsedClientIds | undefined> {
  // Read only when chosen: a browser may have to ask for leave first.
  const items: PickItem<Source>[] = [
    { label: t('$(clippy) From the clipboard'), description: t('keeps lines and CSV columns'), value: 'clipboard' },
  ];
  const itemOfText = (text: string): PickItem<Source> => {
    const typed = parseClientIds(text, context);
    return { label: t('$(add) {0}', preview(typed)), description: summaryOf(typed), value: typed };
  };
  const placeholder = t('Type or paste client IDs: lines, commas, a JSON array or a CSV column');
  const result = await askPick({ title, placeholder, items, itemOfText });
  if (result.kind !== 'value') return undefined;
  return result.value === 'clipboard' ? parseClientIds(await vscode.env.clipboard.readText(), context) : result.value;
}

function preview({ accepted }: ParsedClientIds): string {
  const [first = t('no valid client ID'), ...rest] = accepted;
  return rest.length === 0 ? first : t('{0} and {1} more', first, rest.length);
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
  const parts = [t('{0} accepted', accepted.length)];
  if (completed > 0) parts.push(t('{0} completed with the group ID', completed));
  if (duplicates > 0) parts.push(t('{0} duplicates dropped', duplicates));
  if (alreadyKnown > 0) parts.push(t('{0} there already', alreadyKnown));
  if (oddSeparators.length > 0) parts.push(t('{0} without @@@ as separator', oddSeparators.length));
  const [first] = refused;
  if (first !== undefined)
    parts.push(
      t(
        '{0} refused, the first is "{1}": {2}',
        refused.length,
        shortened(first.text),
        clientIdProblemText(first.problem),
      ),
    );
  return parts.join(', ');
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text.toWellFormed();
}
