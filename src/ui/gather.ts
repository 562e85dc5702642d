/** Gathers things for a moment, each once, then hands them on together: one redraw for many answers. */
export class Gather<T> {
  private items = new Set<T>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly forMs: number,
    private readonly handOn: (items: T[]) => void,
  ) {}

  add(item: T): void {
    this.items.add(item);
    this.timer ??= setTimeout(() => this.flush(), this.forMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    const items = [...this.items];
    this.timer = undefined;
    this.items = new Set();
    this.handOn(items);
  }
}
