import { writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { CredentialSource } from '../../model/sources/credentialSource';
import { readText, updateFile } from '../shared/atomicFile';

/** What stands in for stored pairs, and which commands a person has let run. No secret is among it. */
export interface Records {
  readonly sources: ReadonlyMap<string, CredentialSource>;
  /** Digests of whole command lines. */
  readonly commands: ReadonlySet<string>;
}

const name = v.pipe(v.string(), v.nonEmpty());
const entry = v.variant('kind', [
  v.object({ name, kind: v.literal('profile'), profile: v.optional(name) }),
  v.object({ name, kind: v.literal('environment') }),
]);
const document = v.object({
  sources: v.optional(v.array(v.unknown()), []),
  commands: v.optional(v.array(v.string()), []),
});
type Document = v.InferOutput<typeof document>;
const EMPTY: Document = { sources: [], commands: [] };

/**
 * The file in the extension's own storage that says which credentials stand for a source: all windows of the machine read
 * it, and nothing that comes with a workspace or an import ever writes it. Where it makes no sense it says nothing, and is
 * kept aside before it is written anew.
 */
export class SourceRecords {
  private last: Document = EMPTY;

  constructor(private readonly path: string) {}

  /** What the file says now; where it cannot be read for a moment, what it said last. Never rejects. */
  async read(): Promise<Records> {
    this.last = await readText(this.path).then(
      (text) => parse(text ?? '') ?? EMPTY,
      () => this.last,
    );
    const { sources, commands } = this.last;
    const known = sources.flatMap((each) => (v.is(entry, each) ? [each] : []));
    return { sources: new Map(known.map((each) => [each.name, sourceOf(each)])), commands: new Set(commands) };
  }

  /** Lets a name stand for a source; undefined takes it out. */
  async set(named: string, source: CredentialSource | undefined): Promise<void> {
    await this.change((before) => ({
      ...before,
      sources: [
        ...before.sources.filter((each) => !v.is(v.looseObject({ name: v.literal(named) }), each)),
        ...(source === undefined ? [] : [{ name: named, ...source }]),
      ],
    }));
  }

  /** Lets a command line run from now on, by its digest. */
  async allow(command: string): Promise<void> {
    await this.change((before) => ({ ...before, commands: [...new Set([...before.commands, command])] }));
  }

  private async change(edit: (before: Document) => Document): Promise<void> {
    let broken: string | undefined;
    await updateFile(this.path, (text) => {
      const before = parse(text);
      broken = before === undefined ? text : undefined;
      return `${JSON.stringify(edit(before ?? EMPTY), undefined, 2)}\n`;
    });
    if (broken !== undefined) await writeFile(`${this.path}.broken`, broken).catch(() => undefined);
  }
}

function sourceOf(each: v.InferOutput<typeof entry>): CredentialSource {
  if (each.kind === 'environment') return { kind: 'environment' };
  return each.profile === undefined ? { kind: 'profile' } : { kind: 'profile', profile: each.profile };
}

/** Undefined where the text is none of this file. */
function parse(text: string): Document | undefined {
  if (text.trim() === '') return EMPTY;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), document), text);
  return parsed.success ? parsed.output : undefined;
}
