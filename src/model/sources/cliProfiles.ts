import { getNodeValue, type Node, parseTree, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { readProfile, type CliProfile } from './cliProfile';

/** The Alibaba Cloud CLI's config.json, as far as it concerns keys. */
export interface CliProfiles {
  /** The name of the profile that the CLI uses where none is named. */
  readonly current: string | undefined;
  readonly profiles: readonly CliProfile[];
}

export type ParsedProfiles =
  | { readonly kind: 'ok'; readonly profiles: CliProfiles }
  | { readonly kind: 'malformed'; readonly line: number; readonly column: number }
  | { readonly kind: 'notProfiles' };

const named = v.looseObject({ name: v.pipe(v.string(), v.nonEmpty()) });
const document = v.object({ current: v.optional(v.string()), profiles: v.nullish(v.array(v.unknown()), []) });

/**
 * Reads config.json as the CLI writes it: JSON without comments, perhaps with a byte order mark. A profile that is not
 * what it should be spoils no other one. No message of a parser comes out, for the text is full of secrets.
 */
export function parseProfiles(raw: string): ParsedProfiles {
  const text = raw.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root: Node | undefined = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [first] = errors;
  if (first !== undefined || root === undefined) return { kind: 'malformed', ...placeOf(text, first?.offset ?? 0) };
  if (root.type !== 'object') return { kind: 'notProfiles' };
  const parsed = v.safeParse(document, getNodeValue(root));
  if (!parsed.success) return { kind: 'notProfiles' };
  const { current, profiles } = parsed.output;
  const read = profiles.flatMap((each) => (v.is(named, each) ? [readProfile(each)] : []));
  return { kind: 'ok', profiles: { current: current === '' ? undefined : current, profiles: read } };
}

/** The first of that name, as the CLI takes it. */
export function findProfile({ profiles }: CliProfiles, name: string): CliProfile | undefined {
  return profiles.find((profile) => profile.name === name);
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
