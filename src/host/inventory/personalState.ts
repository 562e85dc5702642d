import * as v from 'valibot';
import type { Disposable, Memento } from 'vscode';
import { Emitter } from '../../base/event';
import {
  bindingKey,
  type BindingTerms,
  consentKey,
  type ConsentTerms,
  NOTHING_PERSONAL,
  type Personal,
  type PersonalMarks,
} from '../../model/inventory/personal';
import { type Kept, kept } from '../kept';

const marks = v.object({ pinned: v.optional(v.boolean()), muted: v.optional(v.boolean()) });
const entries = <S extends v.GenericSchema>(value: S) => v.optional(v.record(v.string(), value), () => ({}));
const binding = v.object({ credential: v.string(), clients: v.number() });
const shape = v.object({ bindings: entries(binding), consents: entries(v.number()), marks: entries(marks) });

/** What this person has said of the workspace's inventories, kept in the window's own storage and never in their files. */
export class PersonalState implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly kept: Kept<Personal>;
  private current: Personal;
  readonly onDidChange = this.changed.event;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.kept = kept(memento, 'workspaceInventories');
    const read = v.safeParse(shape, this.kept.read());
    this.current = read.success ? read.output : NOTHING_PERSONAL;
  }

  get personal(): Personal {
    return this.current;
  }

  /** From now on a key of the person's asks for the instance, as long as the file says the same of it, of about as many clients. */
  bind(terms: BindingTerms, credential: string): void {
    const { clients } = terms;
    this.set({ bindings: { ...this.current.bindings, [bindingKey(terms)]: { credential, clients } } });
  }

  unbind(terms: BindingTerms): void {
    this.set({ bindings: without(this.current.bindings, [bindingKey(terms)]) });
  }

  /** From now on an instance's key asks about the clients that a file names for it, as long as they are about so many. */
  allow(terms: ConsentTerms, clients: number): void {
    this.set({ consents: { ...this.current.consents, [consentKey(terms)]: clients } });
  }

  forbid(terms: ConsentTerms): void {
    this.set({ consents: without(this.current.consents, [consentKey(terms)]) });
  }

  /** Marks rows; what is false is taken out. A group's marks go along to its new name. */
  mark(changes: ReadonlyMap<string, PersonalMarks>, moved?: { readonly from: string; readonly to: string }): void {
    const before = this.current.marks;
    const carried: [string, PersonalMarks][] =
      moved !== undefined && before[moved.from] !== undefined ? [[moved.to, before[moved.from] ?? {}]] : [];
    const changed = [...changes].map(([key, change]): [string, PersonalMarks] => [key, { ...before[key], ...change }]);
    const after = [...carried, ...changed].map(([key, { pinned, muted }]): [string, PersonalMarks] => [
      key,
      { ...(pinned === true ? { pinned } : {}), ...(muted === true ? { muted } : {}) },
    ]);
    const bare = new Set(
      after.filter(([, { pinned, muted }]) => pinned !== true && muted !== true).map(([key]) => key),
    );
    const gone = moved === undefined || moved.from === moved.to ? [...bare] : [...bare, moved.from];
    const isSame = !gone.some((key) => before[key] !== undefined) && after.every(([key]) => bare.has(key));
    if (!isSame) this.set({ marks: without({ ...before, ...Object.fromEntries(after) }, gone) });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private set(part: Partial<Personal>): void {
    this.current = { ...this.current, ...part };
    this.kept.write(this.current);
    this.changed.fire();
  }
}

function without<T>(entries: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !gone.has(key)));
}
