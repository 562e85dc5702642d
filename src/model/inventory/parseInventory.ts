import { findNodeAtLocation, getNodeValue, type Node, parseTree, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { EMPTY_INVENTORY, type Inventory } from './inventory';

/** Why a document is no inventory, and where: line and column from 1. */
export interface InventoryProblem {
  readonly kind: 'syntax' | 'shape' | 'duplicate';
  /** Such as `instances[0].instanceId`; empty for the whole document. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export type ParsedInventory =
  | { readonly kind: 'ok'; readonly inventory: Inventory }
  | { readonly kind: 'broken'; readonly problem: InventoryProblem };

const filled = v.pipe(v.string(), v.regex(/\S/));
const unique = v.transform((ids: string[]) => [...new Set(ids)]);
const attention = {
  expected: v.optional(v.picklist(['online', 'offline'])),
  pinned: v.optional(v.boolean()),
  muted: v.optional(v.boolean()),
};
const group = v.object({
  ...attention,
  name: filled,
  groupId: v.optional(v.string()),
  note: v.optional(v.string()),
  clientIds: v.optional(v.pipe(v.array(v.string()), unique), () => []),
});
/** A record takes an array too, which is none here. */
const byClientId = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.object({ ...attention, alias: v.optional(filled), note: v.optional(v.string()) })),
);
const instance = v.pipe(
  v.object({
    name: filled,
    instanceId: filled,
    regionId: v.optional(v.string()),
    endpoint: v.optional(v.string()),
    credential: filled,
    groups: v.optional(v.array(group), () => []),
    clients: v.optional(byClientId),
  }),
  v.check(({ regionId, endpoint }) => regionId !== undefined || endpoint !== undefined),
);
const document = v.object({ instances: v.optional(v.array(instance), () => []) });

type Path = (string | number)[];

/** The same text with a blank in place of a byte order mark, so that every offset stays. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, ' ');
}

/** Reads inventory.json: JSON with comments. An empty document is an empty inventory. */
export function parseInventory(raw: string): ParsedInventory {
  const text = withoutByteOrderMark(raw);
  if (text.trim() === '') return { kind: 'ok', inventory: EMPTY_INVENTORY };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const [first] = errors;
  if (first !== undefined || root === undefined) return broken('syntax', text, first?.offset ?? 0, []);
  if (root.type !== 'object') return broken('shape', text, root.offset, []);
  const parsed = v.safeParse(document, getNodeValue(root));
  if (!parsed.success) {
    const path = (parsed.issues[0].path ?? []).map((item) => item.key as string | number);
    return broken('shape', text, offsetOf(root, path), path);
  }
  const twice = findDuplicate(parsed.output);
  return twice === undefined
    ? { kind: 'ok', inventory: parsed.output }
    : broken('duplicate', text, offsetOf(root, twice), twice);
}

/** Names and instance IDs are what commands and rows go by: one of them twice would make two things one. */
function findDuplicate({ instances }: Inventory): Path | undefined {
  return (
    secondOf(
      instances.map(({ name }) => name),
      (at) => ['instances', at, 'name'],
    ) ??
    secondOf(
      instances.map(({ instanceId }) => instanceId),
      (at) => ['instances', at, 'instanceId'],
    ) ??
    instances
      .map(({ groups }, i) =>
        secondOf(
          groups.map(({ name }) => name),
          (at) => ['instances', i, 'groups', at, 'name'],
        ),
      )
      .find((path) => path !== undefined)
  );
}

function secondOf(values: readonly string[], path: (at: number) => Path): Path | undefined {
  const seen = new Set<string>();
  const at = values.findIndex((value) => seen.size === seen.add(value).size);
  return at < 0 ? undefined : path(at);
}

/** The nearest part of the document that is there: a missing key is told at its object. */
function offsetOf(root: Node, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node.offset;
  }
  return root.offset;
}

function broken(kind: InventoryProblem['kind'], text: string, offset: number, path: Path): ParsedInventory {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const place = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
  return {
    kind: 'broken',
    problem: { kind, path: place, line: before.length, column: (before.at(-1) ?? '').length + 1 },
  };
}
