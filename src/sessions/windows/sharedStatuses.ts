import type { Disposable } from '../../base/event';
import type { SharedPage } from '../calls/callLedger';
import { findingsOf, readStatusLine, statusLines } from './statusLines';
import type { Finding, StatusStore } from '../status/statusStore';

export interface SharedStatusesParts {
  readonly lines: { append(lines: readonly string[]): Promise<SharedPage>; read(): Promise<SharedPage> };
  /** Names this window among the others. */
  readonly owner: string;
  readonly store: Pick<StatusStore, 'apply'>;
  /** A digest of where an instance is and whose key asks; undefined for one this window does not know. */
  readonly placeOf: (instanceId: string) => PromiseLike<string | undefined>;
  readonly now: () => number;
}

/** How long answers gather before they are told to the other windows. */
const GATHER_MS = 200;

/** What one window learns, the others know: answers go to a file that all of them read. */
export class SharedStatuses implements Disposable {
  private readonly found = new Map<string, Map<string, Finding>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SharedStatusesParts) {}

  /** Tells the other windows what this one found. */
  tell(instanceId: string, findings: ReadonlyMap<string, Finding>): void {
    const found = this.found.get(instanceId) ?? new Map<string, Finding>();
    this.found.set(instanceId, found);
    for (const [clientId, finding] of findings) if (finding.kind === 'answered') found.set(clientId, finding);
    if (found.size > 0) this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Learns what others told since the last time; call when their file has changed. */
  async follow(): Promise<void> {
    await this.parts.lines.read().then(
      ({ lines }) => this.take(lines),
      () => undefined,
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  /** Tells at once what was found lately. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const found = [...this.found];
    this.found.clear();
    const lines: string[] = [];
    for (const [instanceId, findings] of found) {
      const place = await this.parts.placeOf(instanceId);
      if (place !== undefined) lines.push(...statusLines(this.parts.owner, instanceId, place, findings));
    }
    if (lines.length === 0) return;
    // Where the storage fails, this window simply keeps its knowledge to itself.
    await this.parts.lines.append(lines).then(
      (page) => this.take(page.lines),
      () => undefined,
    );
  }

  /** An answer got elsewhere, or with another key, is no answer here. */
  private async take(lines: readonly string[]): Promise<void> {
    for (const text of lines) {
      const line = readStatusLine(text);
      if (line === undefined || line.by === this.parts.owner) continue;
      if ((await this.parts.placeOf(line.instanceId)) !== line.place) continue;
      this.parts.store.apply(line.instanceId, findingsOf(line, this.parts.now()), 'elsewhere');
    }
  }
}
