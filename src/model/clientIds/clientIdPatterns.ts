/** A pattern of the setting that is one; its position counts from 1, as a person counts. */
export interface ClientIdPattern {
  readonly position: number;
  readonly source: string;
}

/** A pattern of the setting that is none, and why. */
export interface MalformedPattern {
  readonly position: number;
  readonly why:
    { readonly kind: 'notText' } | { readonly kind: 'empty' } | { readonly kind: 'syntax'; readonly message: string };
}

/** Of a line each: `^` and `$` are its ends. */
export const PATTERN_FLAGS = 'gm';

/** Reads the setting: what is a pattern, each once, and what is not. */
export function readPatterns(entries: readonly unknown[]): {
  readonly patterns: readonly ClientIdPattern[];
  readonly malformed: readonly MalformedPattern[];
} {
  const patterns = new Map<string, ClientIdPattern>();
  const malformed: MalformedPattern[] = [];
  for (const [at, source] of entries.entries()) {
    const position = at + 1;
    const why = problemOf(source);
    if (why !== undefined) malformed.push({ position, why });
    else if (typeof source === 'string' && !patterns.has(source)) patterns.set(source, { position, source });
  }
  return { patterns: [...patterns.values()], malformed };
}

function problemOf(source: unknown): MalformedPattern['why'] | undefined {
  if (typeof source !== 'string') return { kind: 'notText' };
  if (source.trim() === '') return { kind: 'empty' };
  try {
    new RegExp(source, PATTERN_FLAGS);
    return undefined;
  } catch (error) {
    return { kind: 'syntax', message: error instanceof Error ? error.message : '' };
  }
}
