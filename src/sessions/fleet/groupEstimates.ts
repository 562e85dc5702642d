import { type Disposable, Emitter } from '../../base/event';
import type { Estimate } from './groupEstimate';

export interface DatedEstimate extends Estimate {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The last estimate of each group that was sampled. */
export class GroupEstimates implements Disposable {
  private readonly changed = new Emitter<{ instanceId: string; group: string }>();
  private readonly byInstance = new Map<string, Map<string, DatedEstimate>>();
  readonly onDidChange = this.changed.event;

  get(instanceId: string, group: string): DatedEstimate | undefined {
    return this.byInstance.get(instanceId)?.get(group);
  }

  set(instanceId: string, group: string, estimate: DatedEstimate): void {
    const groups = this.byInstance.get(instanceId) ?? new Map<string, DatedEstimate>();
    this.byInstance.set(instanceId, groups.set(group, estimate));
    this.changed.fire({ instanceId, group });
  }

  /** Drops the estimates of an instance whose key or address changed. */
  forget(instanceId: string): void {
    const groups = [...(this.byInstance.get(instanceId)?.keys() ?? [])];
    this.byInstance.delete(instanceId);
    for (const group of groups) this.changed.fire({ instanceId, group });
  }

  dispose(): void {
    this.changed.dispose();
  }
}
