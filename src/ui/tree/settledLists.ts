import { type Disposable, Emitter } from '../../base/event';
import type { GroupCounts } from '../../sessions/fleet/groupCounts';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { StatusChange } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import type { Arrangement } from './arrangement';
import type { ListNode } from './nodes';
import type { TreeNodes } from './treeNodes';

/** How long answers gather before rows may change places. */
const SETTLE_MS = 500;
/** Timers and watches that overlap may ask about a list without a pause: it waits no longer than this. */
const LATEST_MS = 10_000;

/** What became of a list that was arranged anew. */
export interface Rearranged {
  readonly list: ListNode;
  /** Its rows, or their order. */
  readonly isMoved: boolean;
  /** How many of its clients pass the filter. */
  readonly isCountOther: boolean;
}

/**
 * Arranges lists anew by what was answered, once no question about them is under way, or has been for long: rows that
 * jump while a check goes on cannot be read.
 */
export class SettledLists implements Disposable {
  private readonly settled = new Emitter<readonly Rearranged[]>();
  private readonly soon = new Gather<ListNode>(SETTLE_MS, (lists) => this.settle(lists));
  private readonly late = new Gather<ListNode>(LATEST_MS, (lists) =>
    this.arrange(lists.filter((list) => this.held.has(list))),
  );
  /** Lists that wait for the end of a check. */
  private readonly held = new Set<ListNode>();
  private readonly subscriptions: Disposable[];
  readonly onDidSettle = this.settled.event;

  constructor(
    private readonly nodes: TreeNodes,
    private readonly arrangement: Pick<Arrangement, 'dependsOnStatus' | 'dependsOnTime'>,
    private readonly counts: Pick<GroupCounts, 'groupsWith' | 'ofGroup' | 'ofInstance' | 'onDidChange'>,
    history: Pick<StatusHistory, 'onDidAdopt'>,
  ) {
    this.subscriptions = [
      counts.onDidChange((change) => this.follow(change)),
      history.onDidAdopt(() => {
        if (this.arrangement.dependsOnStatus) this.addAll();
      }),
    ];
  }

  /** Call as time goes by: what is asked of a client may be so no more. */
  followTime(): void {
    if (this.arrangement.dependsOnTime) this.addAll();
  }

  dispose(): void {
    this.soon.dispose();
    this.late.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.settled.dispose();
  }

  private addAll(): void {
    for (const list of this.nodes.lists) this.soon.add(list);
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    const node = this.nodes.instance(instanceId);
    if (!this.arrangement.dependsOnStatus || node === undefined) return;
    const names = new Set(clientIds.flatMap((clientId) => this.counts.groupsWith(instanceId, clientId)));
    if (names.size > 0) this.soon.add(this.nodes.flat(node));
    for (const name of names) {
      const list = this.nodes.group(instanceId, name);
      if (list !== undefined) this.soon.add(list);
    }
  }

  /** A list that is being asked about comes again: the end of a check is a change, too. */
  private settle(lists: readonly ListNode[]): void {
    const isAsked = (list: ListNode): boolean => this.checking(list) > 0;
    for (const list of lists.filter(isAsked)) {
      this.held.add(list);
      this.late.add(list);
    }
    this.arrange(lists.filter((list) => !isAsked(list)));
  }

  private arrange(lists: readonly ListNode[]): void {
    for (const list of lists) this.held.delete(list);
    const done = lists
      .map((list) => ({ list, ...this.nodes.rearrange(list) }))
      .filter(({ isMoved, isCountOther }) => isMoved || isCountOther);
    if (done.length > 0) this.settled.fire(done);
  }

  private checking(list: ListNode): number {
    const { instanceId } = list.parent.instance;
    const { checking } =
      list.kind === 'group' ? this.counts.ofGroup(instanceId, list.group.name) : this.counts.ofInstance(instanceId);
    return checking;
  }
}
