import { type Disposable, Emitter } from '../../base/event';
import { type ApiError, type ApiErrorKind, concernsWholeInstance } from '../../model/apiError';
import { failureOf } from '../../model/doctor/failure';
import { SourceError } from '../../model/sources/sourceError';
import type { InventorySource } from '../fleet/groupCounts';
import type { StatusChange, StatusStore } from './statusStore';

/** What was heard last of an instance, and of which client. */
interface LastHeard {
  readonly clientId: string;
  readonly at: number;
  /** Absent where it was an answer. */
  readonly error: ApiError | undefined;
}

/** The rows of their instances say these themselves. */
const SAID_BY_ROWS: ReadonlySet<ApiErrorKind> = new Set(['missingCredential', 'unbound', 'badEndpoint']);

/** The one cause for which all instances fail that were asked about, to be said once and not by every row. */
export class CommonCause implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly heard = new Map<string, LastHeard>();
  private readonly subscriptions: Disposable[];
  private cause: ApiError | undefined;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly inventory: InventorySource,
    private readonly store: Pick<StatusStore, 'get' | 'onDidChange'>,
  ) {
    this.subscriptions = [
      store.onDidChange((change) => this.follow(change)),
      inventory.onDidChange(() => this.decide()),
    ];
  }

  /** Undefined where an instance answered, where they fail for several causes, and where none was asked about. */
  get current(): ApiError | undefined {
    return this.cause;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    const before = this.heard.get(instanceId);
    if (before !== undefined && this.store.get(instanceId, before.clientId) === undefined)
      this.heard.delete(instanceId);
    for (const clientId of clientIds) {
      const found = this.heardOf(instanceId, clientId);
      if (found !== undefined && found.at >= (this.heard.get(instanceId)?.at ?? -Infinity))
        this.heard.set(instanceId, found);
    }
    this.decide();
  }

  private heardOf(instanceId: string, clientId: string): LastHeard | undefined {
    const status = this.store.get(instanceId, clientId);
    if (status?.failure !== undefined) return { clientId, ...status.failure };
    return status?.last === undefined ? undefined : { clientId, at: status.last.checkedAt, error: undefined };
  }

  private decide(): void {
    const cause = this.find();
    if (cause === this.cause) return;
    this.cause = cause;
    this.changed.fire();
  }

  private find(): ApiError | undefined {
    const { instances } = this.inventory.inventory;
    const heard = instances.flatMap(({ instanceId }) => this.heard.get(instanceId) ?? []);
    const [first] = heard;
    if (first?.error === undefined || !isOfAll(first.error)) return undefined;
    const cause = causeOf(first.error);
    const isShared = heard.every(({ error }) => error !== undefined && causeOf(error) === cause);
    return isShared ? first.error : undefined;
  }
}

/** What is said of an error, with all that is named in it. */
function causeOf(error: ApiError): string {
  const { text, args } = failureOf(error).what;
  const said = text.replace(/\{(\d+)\}/g, (_, at: string) => String(args[Number(at)] ?? ''));
  return error instanceof SourceError ? JSON.stringify(error.problem) : said;
}

/** What one client or the key's absence is to blame for, its row says. */
function isOfAll(error: ApiError): boolean {
  return concernsWholeInstance(error) && !SAID_BY_ROWS.has(error.kind);
}
