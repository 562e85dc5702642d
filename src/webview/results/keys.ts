import { movedBy, type Selection } from './selection';

const PAGE_ROWS = 20;

/** The row that a key moves to; undefined for a key that moves nowhere. */
export function movedOf(key: string, selection: Selection, order: readonly number[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return movedBy(selection, 1, order);
    case 'ArrowUp':
      return movedBy(selection, -1, order);
    case 'PageDown':
      return movedBy(selection, PAGE_ROWS, order);
    case 'PageUp':
      return movedBy(selection, -PAGE_ROWS, order);
    case 'Home':
      return order[0];
    case 'End':
      return order.at(-1);
    default:
      return undefined;
  }
}
