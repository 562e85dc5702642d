import * as v from 'valibot';
import { type Disposable, Emitter } from '../../base/event';
import {
  type ClientArrangement,
  dependsOnStatus as isOfStatus,
  dependsOnTime as isOfTime,
} from '../../sessions/fleet/arrangeClients';
import { type ClientFilter, filterShape, NO_FILTER, passesAll } from '../../sessions/fleet/clientFilter';
import { CLIENT_ORDERS, type ClientOrder } from '../../sessions/fleet/clientOrder';

const shape = v.object({
  filter: v.fallback(filterShape, NO_FILTER),
  order: v.fallback(v.picklist(CLIENT_ORDERS), 'saved'),
  isFlat: v.fallback(v.boolean(), false),
});

/** How the view shows what is saved. */
export type ViewArrangement = v.InferOutput<typeof shape>;

const AS_SAVED: ViewArrangement = { filter: NO_FILTER, order: 'saved', isFlat: false };

/** How a person arranged the view: filter, order, and with or without groups. The window's workspace remembers it. */
export class Arrangement implements ClientArrangement, Disposable {
  private readonly changed = new Emitter<void>();
  private current: ViewArrangement;
  readonly onDidChange = this.changed.event;

  constructor(private readonly kept: { read(): unknown; write(arrangement: ViewArrangement): void }) {
    const read = v.safeParse(shape, kept.read());
    this.current = read.success ? read.output : AS_SAVED;
  }

  get filter(): ClientFilter {
    return this.current.filter;
  }

  get order(): ClientOrder {
    return this.current.order;
  }

  get isFlat(): boolean {
    return this.current.isFlat;
  }

  /** True where some clients may have no row. */
  get isFiltered(): boolean {
    return !passesAll(this.current.filter);
  }

  get dependsOnStatus(): boolean {
    return isOfStatus(this.current);
  }

  get dependsOnTime(): boolean {
    return isOfTime(this.current);
  }

  /** Changes what is given, and tells of it where it is another now. */
  set(change: Partial<ViewArrangement>): void {
    const next = { ...this.current, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.current = next;
    this.kept.write(next);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
