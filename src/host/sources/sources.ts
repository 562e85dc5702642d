import { Emitter } from '../../base/event';
import type { Disposable } from '../../base/event';
import type { Credential } from '../../model/credential';
import { type CredentialSource, PROFILE_VARIABLE } from '../../model/sources/credentialSource';
import type { CliProfile } from '../../model/sources/cliProfile';
import { commandOf, currentOf, identityOf } from '../../model/sources/resolveProfile';
import { SourceError, type SourceProblem } from '../../model/sources/sourceError';
import { digestOf } from '../digest';
import { readProfiles } from './profileFile';
import { type Resolved, SourceKeys, type SourceKeysParts } from './sourceKeys';
import type { SourceRecords } from './sourceRecords';

/** The name that stands for a source, or a source that has no name yet. */
type SourceOrName = string | CredentialSource;

/** What may be shown of a credential that stands for a source: no part of a key. */
export interface SourceLook {
  readonly source: CredentialSource;
  /** The profile that is meant now, where it is there. */
  readonly profile: string | undefined;
  /** The CLI's word for how the key is come by. */
  readonly mode: string | undefined;
  /** When a temporary key that is held is due to be renewed, in milliseconds since 1970. */
  readonly renewsAt: number | undefined;
  /** Why there is no key, as far as that is known without asking for one. */
  readonly problem: SourceProblem | undefined;
}

/** What a person may choose from. */
export type ProfileChoice =
  | { readonly kind: 'ok'; readonly path: string; readonly profiles: readonly CliProfile[]; readonly current?: string }
  | { readonly kind: 'problem'; readonly path: string; readonly problem: SourceProblem };

export interface SourcesParts extends Pick<SourceKeysParts, 'profilePath' | 'variables' | 'loadRoles' | 'now'> {
  readonly records: SourceRecords;
  /** False where nothing may be started. */
  readonly mayRunCommands: () => boolean;
  /** Calls back when the file at a path was made, replaced, changed or removed. */
  readonly watch: (path: string, listener: () => void) => Disposable;
}

/** The file cannot be read for a moment: whose key it is, is not another for that. */
const PASSING: ReadonlySet<SourceProblem['kind']> = new Set([
  ...(['noFile', 'unreadable', 'tooLarge', 'malformed', 'notProfiles'] as const),
]);

/** The credentials that stand for a source, by name: what they are now, and whether they are another's. */
export class Sources implements Disposable {
  private readonly changed = new Emitter<string>();
  private readonly lookChanged = new Emitter<void>();
  private readonly keys: SourceKeys;
  /** Digests of what each name stood for when it was last read; undefined where that could not be read. */
  private readonly prints = new Map<string, string | undefined>();
  private watched: { readonly path: string; readonly subscription: Disposable } | undefined;
  private isFollowing = false;
  private following: Promise<void> = Promise.resolve();
  /** Fires with a name that stands for another key now, or for none any more. A renewal is no such change. */
  readonly onDidChange = this.changed.event;
  /** Fires when a look may have changed: a file is broken or mended, a key was renewed, a command was allowed. */
  readonly onDidChangeLook = this.lookChanged.event;

  constructor(private readonly parts: SourcesParts) {
    this.keys = new SourceKeys({
      ...parts,
      commandProblem: (command) => this.commandProblem(command),
      onDidRenew: () => this.lookChanged.fire(),
    });
  }

  async names(): Promise<string[]> {
    return [...(await this.parts.records.read()).sources.keys()];
  }

  /** The key of a source, or of the one that a name stands for; undefined for no source. Rejects with a SourceError. */
  async get(of: SourceOrName): Promise<Credential | undefined> {
    const resolved = await this.resolve(of);
    if (resolved === undefined) return undefined;
    if (resolved.kind === 'problem') throw new SourceError(resolved.problem);
    return this.keys.keyOf(resolved.plan);
  }

  /** Tells that the service rejected a key: where it is a temporary one, the next ask fetches another. */
  rejected(credential: Credential): void {
    this.keys.rejected(credential);
  }

  /** What tells accounts apart: the same while keys are renewed. Undefined where there is no key. */
  async identityOf(of: SourceOrName): Promise<string | undefined> {
    const resolved = await this.resolve(of);
    return resolved?.kind === 'ok' ? identityOf(resolved.plan) : undefined;
  }

  /** What may be shown of a name; undefined where it stands for no source. Asks nobody for a key. */
  async lookOf(name: string): Promise<SourceLook | undefined> {
    const source = (await this.parts.records.read()).sources.get(name);
    return source === undefined ? undefined : this.lookAt(source);
  }

  /** What may be shown of a source, whether a name stands for it or not. Asks nobody for a key. */
  async lookAt(source: CredentialSource): Promise<SourceLook> {
    const resolved = await this.keys.resolve(source);
    const { profile } = resolved;
    const shown = { source, profile: profile?.name, mode: profile?.mode };
    if (resolved.kind === 'problem') return { ...shown, renewsAt: undefined, problem: resolved.problem };
    const command = commandOf(resolved.plan);
    const problem = command === undefined ? undefined : await this.commandProblem(command);
    return { ...shown, renewsAt: this.keys.renewsAt(resolved.plan), problem };
  }

  async set(name: string, source: CredentialSource): Promise<void> {
    await this.parts.records.set(name, source);
    this.prints.set(name, printOf(await this.keys.resolve(source)));
    this.changed.fire(name);
    await this.follow();
  }

  /** Lets a name stand for no source; false where it did not anyway. */
  async remove(name: string): Promise<boolean> {
    if (!(await this.names()).includes(name)) return false;
    await this.parts.records.set(name, undefined);
    this.prints.delete(name);
    this.changed.fire(name);
    await this.follow();
    return true;
  }

  /** What a person may choose from, with the profile that counts as the current one. */
  async choices(): Promise<ProfileChoice> {
    const path = this.parts.profilePath();
    const read = await readProfiles(path);
    if (read.kind === 'problem') return { ...read, path };
    const current = currentOf(read.profiles, this.parts.variables()[PROFILE_VARIABLE]);
    return { kind: 'ok', path, profiles: read.profiles.profiles, ...(current === undefined ? {} : { current }) };
  }

  /** The command line that has to be allowed before there is a key; undefined where there is none. */
  async commandAwaiting(of: SourceOrName): Promise<string | undefined> {
    const resolved = await this.resolve(of);
    const command = resolved?.kind === 'ok' ? commandOf(resolved.plan) : undefined;
    if (command === undefined) return undefined;
    return (await this.commandProblem(command))?.kind === 'commandNotAllowed' ? command : undefined;
  }

  /** A person asks: what failed a while ago is tried at once. */
  tryAnew(): void {
    this.keys.tryAnew();
  }

  /** Lets a command line run on this machine from now on, as it is to the last byte. */
  async allow(command: string): Promise<void> {
    await this.parts.records.allow(digestOf(command));
    this.lookChanged.fire();
  }

  /** Looks what all names stand for now, and tells which of them are another's. One at a time: what was read last counts. */
  follow(): Promise<void> {
    const turn = this.following.then(() => this.followNow());
    this.following = turn.catch(() => undefined);
    return turn;
  }

  private async followNow(): Promise<void> {
    const { sources } = await this.parts.records.read();
    const isFirst = !this.isFollowing;
    this.isFollowing = true;
    this.watchProfiles([...sources.values()].some(({ kind }) => kind === 'profile'));
    const all = await Promise.all(
      [...sources].map(async ([name, source]) => [name, await this.keys.resolve(source)] as const),
    );
    for (const [name, resolved] of all) this.note(name, resolved, !isFirst);
    for (const name of [...this.prints.keys()].filter((known) => !sources.has(known))) {
      this.prints.delete(name);
      this.changed.fire(name);
    }
    this.keys.tryAnew();
    // While the file cannot be read, whose key each is stays as it was.
    if (!all.some(([, resolved]) => isPassing(resolved)))
      this.keys.keepOnly(all.flatMap(([, resolved]) => (resolved.kind === 'ok' ? [resolved.plan] : [])));
    this.lookChanged.fire();
  }

  dispose(): void {
    this.watched?.subscription.dispose();
    this.changed.dispose();
    this.lookChanged.dispose();
  }

  private async resolve(of: SourceOrName): Promise<Resolved | undefined> {
    return typeof of === 'string' ? this.resolveName(of) : this.keys.resolve(of);
  }

  private async resolveName(name: string): Promise<Resolved | undefined> {
    const source = (await this.parts.records.read()).sources.get(name);
    if (source === undefined) return undefined;
    const resolved = await this.keys.resolve(source);
    this.note(name, resolved, this.isFollowing);
    return resolved;
  }

  private note(name: string, resolved: Resolved, isNewsIfUnknown: boolean): void {
    const print = printOf(resolved);
    const isKnown = this.prints.has(name);
    const before = this.prints.get(name);
    if (isKnown && (print === undefined || print === before)) return;
    this.prints.set(name, print);
    if (isKnown || isNewsIfUnknown) this.changed.fire(name);
  }

  private async commandProblem(command: string): Promise<SourceProblem | undefined> {
    if (!this.parts.mayRunCommands()) return { kind: 'commandRestricted' };
    const { commands } = await this.parts.records.read();
    return commands.has(digestOf(command)) ? undefined : { kind: 'commandNotAllowed' };
  }

  private watchProfiles(isWanted: boolean): void {
    const path = isWanted ? this.parts.profilePath() : undefined;
    if (path === this.watched?.path) return;
    this.watched?.subscription.dispose();
    this.watched =
      path === undefined
        ? undefined
        : { path, subscription: this.parts.watch(path, () => void this.follow().catch(() => undefined)) };
  }
}

function printOf(resolved: Resolved): string | undefined {
  if (resolved.kind === 'ok') return digestOf(JSON.stringify(resolved.plan));
  return isPassing(resolved) ? undefined : resolved.problem.kind;
}

function isPassing(resolved: Resolved): boolean {
  return resolved.kind === 'problem' && PASSING.has(resolved.problem.kind);
}
