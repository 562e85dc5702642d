import { homeOfClient, homeOfGroup, isOwnClient, type SavedFile } from './homes';
import { attentionOf, type ClientWords, type Attention, type Instance } from './inventory';
import type { InventoryEdit } from './inventoryEdit';
import { clientMarkKey, type PersonalMarks, split } from './personal';

/** An edit of one file; `file` is undefined for the user's own. */
export interface FileEdit {
  readonly file: string | undefined;
  readonly edit: InventoryEdit;
}

/** What a move comes to. */
export interface RoutedMove {
  readonly files: readonly FileEdit[];
  /** Marks of the person's own, by key. */
  readonly marks: ReadonlyMap<string, PersonalMarks>;
}

type Move = Extract<InventoryEdit, { kind: 'moveClients' }>;

const UNSAID = { alias: undefined, note: undefined };
const UNWANTED = { expected: undefined, pinned: undefined, muted: undefined };

/** Moves clients between groups that may stand in several files. They are added before they are taken away: none is lost between the two. */
export function routeMove(instance: Instance | undefined, move: Move, workspaces: readonly SavedFile[]): RoutedMove {
  const { instanceId, from, to } = move;
  const target = homeOfGroup(instance, to);
  const sources = from.map(({ group, clientIds }) => ({ home: homeOfGroup(instance, group), clientIds }));
  const within = sources.filter(({ home }) => home.file === target.file);
  const across = sources.filter(({ home }) => home.file !== target.file);
  const moved = within.map(({ home, clientIds }) => ({ group: home.name, clientIds }));
  const added = [...new Set(across.flatMap(({ clientIds }) => clientIds))];
  const edits: FileEdit[] = [];
  if (moved.length > 0)
    edits.push({ file: target.file, edit: { kind: 'moveClients', instanceId, from: moved, to: target.name } });
  if (added.length > 0)
    edits.push({ file: target.file, edit: { kind: 'addClients', instanceId, group: target.name, clientIds: added } });
  const carried = added.filter((clientId) => homeOfClient(instance, clientId, workspaces) !== target.file);
  if (instance !== undefined) edits.push(...saidOf(instance, carried, target.file));
  for (const { home, clientIds } of across)
    edits.push({ file: home.file, edit: { kind: 'removeClients', instanceId, group: home.name, clientIds } });
  const leaving = target.file === undefined ? [] : added.filter((clientId) => leavesOwn(instance, move, clientId));
  if (instance !== undefined && leaving.some((clientId) => Object.hasOwn(instance.clients ?? {}, clientId)))
    edits.push(...saying(instanceId, undefined, leaving, { ...UNSAID, ...UNWANTED }));
  return { files: edits, marks: instance === undefined ? new Map() : marksOf(instance, leaving) };
}

/** The workspace's file that would come to hold what only other files held; undefined where a move tells nobody anything new. */
export function fileToldBy(
  instance: Instance | undefined,
  { from, to }: Pick<Move, 'from' | 'to'>,
): string | undefined {
  const { file } = homeOfGroup(instance, to);
  return from.some(({ group }) => homeOfGroup(instance, group).file !== file) ? file : undefined;
}

/** What is wanted and said of clients goes along to the other file. What is a person's own never gets into a team's. */
function saidOf(instance: Instance, clientIds: readonly string[], file: string | undefined): FileEdit[] {
  const told = clientIds.filter((clientId) => Object.hasOwn(instance.clients ?? {}, clientId));
  const words = (clientId: string): Attention & ClientWords => {
    const said = attentionOf(instance, clientId);
    return { ...UNSAID, ...(file === undefined ? said : split(said).team) };
  };
  const alike = Map.groupBy(told, (clientId) => JSON.stringify(Object.entries(words(clientId)).sort()));
  return [...alike.values()].flatMap((ids) => saying(instance.instanceId, file, ids, words(ids[0] ?? '')));
}

/** What is said of clients, in one file. */
function saying(
  instanceId: string,
  file: string | undefined,
  clientIds: readonly string[],
  { alias, note, ...attention }: Attention & ClientWords,
): FileEdit[] {
  const of = { clientIds };
  return [
    { file, edit: { kind: 'describe', instanceId, of, words: { alias, note } } },
    { file, edit: { kind: 'setAttention', instanceId, of, attention } },
  ];
}

/** True for a client of the user's own that only workspaces have after the move. */
function leavesOwn(instance: Instance | undefined, { from }: Move, clientId: string): boolean {
  const isLeft = (name: string): boolean =>
    from.some(({ group, clientIds }) => group === name && clientIds.includes(clientId));
  const kept = instance?.groups.filter(({ name, origin }) => origin === undefined && !isLeft(name)) ?? [];
  return isOwnClient(instance, clientId) && !kept.some(({ clientIds }) => clientIds.includes(clientId));
}

/** What a person pinned and muted in the own file is a mark of theirs on what the team has. */
function marksOf(instance: Instance, clientIds: readonly string[]): ReadonlyMap<string, PersonalMarks> {
  return new Map(
    clientIds.map((clientId) => {
      const { pinned = false, muted = false } = attentionOf(instance, clientId);
      return [clientMarkKey(instance.instanceId, clientId), { pinned, muted }];
    }),
  );
}
