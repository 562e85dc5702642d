import type { GroupNode, InstanceNode, ListNode, TreeNode } from './nodes';

/** Which rows stand open: VS Code asks for what is below those alone, and tells when one is folded or unfolded. */
export class OpenNodes {
  private readonly noted = new Map<InstanceNode | GroupNode, boolean>();

  /** Notes that a node was unfolded or folded, or that its rows were asked for. */
  note(node: TreeNode, isOpen: boolean): void {
    if (node.kind === 'group' || node.kind === 'instance') this.noted.set(node, isOpen);
  }

  /** How a node stood when it was seen last; undefined for one that never was. */
  of(node: InstanceNode | GroupNode): boolean | undefined {
    return this.noted.get(node);
  }

  /** True for a list whose rows can be seen by scrolling. An instance stands open at first. */
  isOpen(list: ListNode): boolean {
    const isOpen = list.kind === 'flat' || this.noted.get(list) === true;
    return isOpen && this.noted.get(list.parent) !== false;
  }
}
