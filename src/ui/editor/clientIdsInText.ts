import type { Position, TextDocument } from 'vscode';
import type { PatternSearch } from '../../host/workers/patternSearch';
import { findClientIds, type FoundClientId, withPatterns } from '../../model/clientIds/findClientIds';
import type { ClientPlaces } from './clientPlaces';

/** A line may be a whole minified file: so much of it is read on each side of a place. */
const REACH = 2000;
/** Shorter words stand everywhere and hardly ever mean a client. */
const SHORTEST_SAVED = 3;

/** Finds client IDs in what an editor or a terminal shows. It asks the service nothing. */
export class ClientIdsInText {
  constructor(
    private readonly places: Pick<ClientPlaces, 'isSaved'>,
    private readonly patterns: Pick<PatternSearch, 'find'>,
  ) {}

  /** By grammar and inventory, at once: for what is drawn as one scrolls and types. */
  find(text: string): FoundClientId[] {
    return findClientIds(text, { saved: this.places.isSaved, shortestSaved: SHORTEST_SAVED });
  }

  /** By the user's own patterns too: for what a person asks for. Never rejects. */
  async findAll(text: string): Promise<FoundClientId[]> {
    return withPatterns(this.find(text), await this.patterns.find(text));
  }

  /** The client ID at a place, with its place in the line. */
  async at(document: TextDocument, { line, character }: Position): Promise<FoundClientId | undefined> {
    const { text, start, isWhole } = around(document.lineAt(line).text, character);
    const found = await this.findAll(text);
    return found
      .filter((each) => isWhole(each))
      .map((each) => ({ ...each, start: each.start + start, end: each.end + start }))
      .find((each) => each.start <= character && character <= each.end);
  }
}

/** A part of a line; what touches its cut ends may be half an ID. */
function around(line: string, character: number) {
  const start = Math.max(0, character - REACH);
  const end = Math.min(line.length, character + REACH);
  const isWhole = (found: FoundClientId): boolean =>
    (start === 0 || found.start > 0) && (end === line.length || found.end < end - start);
  return { text: line.slice(start, end), start, isWhole };
}
