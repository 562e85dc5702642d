import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SourceRecords } from '../../../../src/host/sources/sourceRecords';
import { Sources, type SourcesParts } from '../../../../src/host/sources/sources';

/** A home folder with a file of CLI profiles, an extension's storage, an environment, a clock, and the windows upon them. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'creds-home-'));
  readonly records = join(this.folder, 'storage', 'credentials.json');
  readonly profilePath = join(this.folder, '.aliyun', 'config.json');
  readonly variables: Record<string, string | undefined> = {};
  isTrusted = true;
  now = Date.parse('2026-01-01T00:00:00Z');
  /** Who is told when the file of profiles changes, by hand: VS Code's watcher is no part of this. */
  readonly watchers = new Set<() => void>();
  private readonly windows: Sources[] = [];

  /** Another window on the same machine. */
  open(parts: Partial<SourcesParts> = {}): Sources {
    const sources = new Sources({
      records: new SourceRecords(this.records),
      profilePath: () => this.profilePath,
      variables: () => this.variables,
      loadRoles: () => import('../../../../src/host/sources/roleSdk'),
      now: () => this.now,
      mayRunCommands: () => this.isTrusted,
      watch: (_, listener) => {
        this.watchers.add(listener);
        return { dispose: () => this.watchers.delete(listener) };
      },
      ...parts,
    });
    this.windows.push(sources);
    return sources;
  }

  /** Replaces the file in one step, as the CLI and careful editors do. */
  write(...profiles: readonly object[]): void {
    this.writeText(JSON.stringify({ current: 'default', profiles }, undefined, 2));
  }

  writeText(text: string): void {
    mkdirSync(dirname(this.profilePath), { recursive: true });
    writeFileSync(`${this.profilePath}.new`, text);
    renameSync(`${this.profilePath}.new`, this.profilePath);
  }

  get recordsText(): string {
    return readFileSync(this.records, 'utf8');
  }

  remove(): void {
    for (const window of this.windows) window.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
