import * as vscode from 'vscode';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { pick, type PickItem } from '../inputs/steps';
import { withoutIcons } from '../tell';
import { countText, numberText } from '../words/numbers';
import { clientIdProblemText } from '../words/words';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;

/** VS Code draws every item of a pick list itself; what is left out is counted. */
const MOST_SHOWN = 100;

type Choice = 'import' | 'copy' | undefined;
type Refused = ParsedClientIds['refused'][number];

/** Shows what an import would do, before anything is saved; true where the person goes on. */
export async function previewImport(title: string, parsed: ParsedClientIds): Promise<boolean> {
  const items = itemsOf(parsed);
  for (;;) {
    const choice = await pick<Choice>({ title, placeholder: summaryOf(parsed), items });
    if (choice !== 'copy') return choice === 'import';
    await vscode.env.clipboard.writeText(parsed.refused.map(lineOf).join(''));
  }
}

/** "212 new, 30 already in the group, 3 refused". */
export function summaryOf({ accepted, alreadyKnown, duplicates, refused, completed }: ParsedClientIds): string {
  const parts = [t('{0} new', numberText(accepted.length))];
  if (alreadyKnown > 0) parts.push(t('{0} already in the group', numberText(alreadyKnown)));
  if (refused.length > 0) parts.push(t('{0} refused', numberText(refused.length)));
  if (duplicates > 0) parts.push(t('{0} more than once', numberText(duplicates)));
  if (completed > 0) parts.push(t('{0} completed with the group ID', numberText(completed)));
  return phrasesText(parts);
}

function itemsOf({ accepted, refused }: ParsedClientIds): PickItem<Choice>[] {
  const go: PickItem<Choice> =
    accepted.length === 0
      ? { label: t('$(info) There is nothing new to import.'), value: undefined }
      : {
          label: countText(
            accepted.length,
            t('$(add) Import 1 client'),
            t('$(add) Import {0} clients', numberText(accepted.length)),
          ),
          value: 'import',
        };
  return [
    go,
    ...section(t('Refused'), refused, ({ text, problem }) => ({
      label: withoutIcons(text === '' ? '""' : text),
      description: clientIdProblemText(problem),
      value: undefined,
    })),
    ...(refused.length === 0
      ? []
      : [{ label: t('$(copy) Copy all refused, with the reason'), value: 'copy' as const }]),
    ...section(t('New'), accepted, (clientId) => ({ label: withoutIcons(clientId), value: undefined })),
  ];
}

function section<T>(title: string, all: readonly T[], itemOf: (each: T) => PickItem<Choice>): PickItem<Choice>[] {
  if (all.length === 0) return [];
  const more = all.length - MOST_SHOWN;
  return [
    {
      label: t('{0}: {1}', title, numberText(all.length)),
      kind: vscode.QuickPickItemKind.Separator,
      value: undefined,
    },
    ...all.slice(0, MOST_SHOWN).map(itemOf),
    ...(more > 0 ? [{ label: t('… and {0} more', numberText(more)), value: undefined }] : []),
  ];
}

function lineOf({ text, problem }: Refused): string {
  return `${text.replace(/[\t\r\n]/g, ' ')}\t${clientIdProblemText(problem)}\n`;
}
