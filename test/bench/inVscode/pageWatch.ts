// Runs in the workbench's page: notes by the page's own clock when something is clicked and when a row is there.
interface PageRow {
  getAttribute(name: string): string | null;
}
interface Page {
  addEventListener(type: string, listener: () => void, isCapturing: boolean): void;
  querySelectorAll(selector: string): Iterable<PageRow>;
}
declare const document: Page;
declare const MutationObserver: new (listener: () => void) => {
  observe(target: Page, what: Readonly<Record<string, boolean>>): void;
  disconnect(): void;
};

let clickedAt = 0;
document.addEventListener('mousedown', () => (clickedAt = Date.now()), true);

function isThere(label: RegExp): boolean {
  return [...document.querySelectorAll('[role=treeitem]')].some((row) =>
    label.test(row.getAttribute('aria-label') ?? ''),
  );
}

/** Resolves with the moment, in milliseconds since the epoch, when a row with such a label is in the page. */
function rowAt(pattern: string): Promise<number> {
  const label = new RegExp(pattern);
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isThere(label)) return;
      observer.disconnect();
      resolve(Date.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}

Object.assign(globalThis, { bench: { rowAt, clickedAt: () => clickedAt } });
