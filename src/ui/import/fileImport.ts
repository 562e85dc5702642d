import * as vscode from 'vscode';
import { ImportReader, ImportReaderError, type SortQuestion } from '../../host/workers/importReader';
import type { FoundClientId } from '../../model/clientIds/findClientIds';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { MOST_IMPORTED } from '../../model/import/readContent';
import type { ColumnOverview, Overview } from '../../model/import/readFile';
import { pick, type PickItem } from '../inputs/steps';
import { bytesOf, nameOf } from '../results/textSources';
import { withoutIcons } from '../tell';
import { UserError } from '../userError';
import { findInSlices } from './findInSlices';
import { refusalText, tooManyText } from './importWords';
import { namesText } from '../words/joiners';
import { numberText } from '../words/numbers';

const t = vscode.l10n.t;

/** A column of a table, or the whole file looked through as a text. */
type ColumnChoice = number | 'anywhere';
type Table = Extract<Overview, { kind: 'table' }>;
type Find = (text: string) => Promise<readonly FoundClientId[]>;

/** A file that is imported: read once, then sorted for the group that it goes into. */
export class FileImport {
  readonly name: string;
  private readonly reader: ImportReader;

  constructor(
    private readonly uri: vscode.Uri,
    script: string,
    private readonly find: Find,
  ) {
    this.name = nameOf(uri);
    this.reader = new ImportReader(script);
  }

  /** What the file holds. Throws UserError where there is nothing to import. */
  async read(): Promise<Exclude<Overview, { kind: 'refused' }>> {
    const bytes = await bytesOf(this.uri, this.name);
    const overview = await this.told(() => this.reader.read(bytes, this.name));
    if (overview.kind === 'refused') throw new UserError(refusalText(this.name, overview.why));
    return overview;
  }

  /** The client IDs of the file, sorted by what is in a group already. */
  async sort(column: ColumnChoice | undefined, context: Pick<SortQuestion, 'groupId' | 'known'>) {
    return this.told(() => this.reader.sort({ ...context, column: typeof column === 'number' ? column : undefined }));
  }

  /** The client IDs that stand anywhere in the file. They are whole: no group ID completes them. */
  async sortFound(
    known: readonly string[],
    cancel: Pick<vscode.CancellationToken, 'isCancellationRequested'>,
  ): Promise<ParsedClientIds> {
    const text = await this.told(() => this.reader.text());
    // An ID of another shape is found only where it is saved, so it is nothing new.
    const isNews = ({ kind }: FoundClientId): boolean => kind !== 'saved';
    const found = await findInSlices(text, async (slice) => (await this.find(slice)).filter(isNews), cancel);
    if (found.size > MOST_IMPORTED) throw new UserError(tooManyText(this.name));
    if (found.size === 0) throw new UserError(nothingFound(this.name));
    return this.told(() => this.reader.sort({ texts: [...found.keys()], groupId: undefined, known }));
  }

  dispose(): void {
    this.reader.dispose();
  }

  private async told<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw error instanceof ImportReaderError ? new UserError(refusalText(this.name, error.reason)) : error;
    }
  }
}

export function nothingFound(name: string): string {
  return t('No client ID was found in {0}. One reads GID_group@@@device, or is saved in the inventory.', name);
}

/** Asks which column holds the client IDs; the likely one is preselected. Undefined when cancelled. */
export function pickColumn(name: string, { columns, likely }: Table): Promise<ColumnChoice | undefined> {
  const items: PickItem<ColumnChoice>[] = [
    ...columns.map((column, at) => ({
      label: withoutIcons(columnText(column, at)),
      description: withoutIcons(column.samples.join(' · ')),
      value: at,
    })),
    { label: t('$(search) Look for client IDs in the whole file'), value: 'anywhere' },
  ];
  const title = t('Import Clients from "{0}"', name);
  return pick({ title, placeholder: t('Which column holds the client IDs?'), items, active: likely ?? 0 });
}

/** The column that a caller names, by its name or counted from 1; else the likely one. Throws UserError where there is none. */
export function columnNamed(name: string, { columns, likely }: Table, named: string | number | undefined): number {
  const at = named === undefined ? likely : columns.findIndex((column, i) => column.name === named || i + 1 === named);
  if (at !== undefined && at >= 0) return at;
  const names = namesText(columns.map(columnText));
  throw new UserError(t('"{0}" has these columns: {1}. Name the one of client IDs in "column".', name, names));
}

function columnText({ name }: ColumnOverview, at: number): string {
  return name ?? t('Column {0}', numberText(at + 1));
}
