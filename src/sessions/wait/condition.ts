import type { Observation } from '../status/statusStore';

/** 'restart' is offline, then online again; 'change' is another status than the first one seen. */
export type WaitFor = 'online' | 'offline' | 'restart' | 'change';

/** What somebody waits for. */
export interface Wish {
  readonly clientIds: readonly string[];
  readonly waitFor: WaitFor;
  readonly match: 'all' | 'any';
  /** How long it must hold before it counts. */
  readonly stableForSeconds: number;
}

export interface ConditionRules {
  /** True where a cached answer is a claim that counts only once it is proven in real time. */
  readonly verify: boolean;
  /** The first status of each client, where an earlier run of the same wait has seen it. */
  readonly baseline?: Baseline | undefined;
}

/** The first status seen of each client. */
export type Baseline = ReadonlyMap<string, 'online' | 'offline'>;

export type Sighting = Pick<Observation, 'status' | 'isVerified' | 'checkedAt'>;

/** A client that keeps the wish from being met: how it stands, and what it lacks. */
export interface Missing {
  readonly clientId: string;
  /** Undefined for one never answered for. */
  readonly last: Sighting | undefined;
  /** 'offlineFirst' for a restart whose first half was not seen, 'time' for one that does not hold long enough yet. */
  readonly lacks: 'status' | 'offlineFirst' | 'time' | 'proof';
}

/** For how long a client is seen to stand as wished, and when that was last seen in real time. */
interface Hold {
  readonly from: number;
  readonly to: number;
  readonly provenAt: number | undefined;
}

interface Track {
  readonly first: 'online' | 'offline' | undefined;
  readonly wasOffline: boolean;
  readonly last: Sighting | undefined;
  readonly hold: Hold | undefined;
}

const UNSEEN: Track = { first: undefined, wasOffline: false, last: undefined, hold: undefined };
/** A client unseen for longer was not seen to hold; a large group takes its time to be asked about. */
const LONGEST_GAP_MS = 30_000;
const GAP_MS_A_CLIENT = 100;
/** Where one client is enough, so many candidates are proven at once. */
const CANDIDATES = 3;

/** Tells whether a wish is met, from sightings in the order they were learnt. Claims nothing of what nobody saw. */
export class Condition {
  private readonly tracks = new Map<string, Track>();
  private readonly longestGapMs: number;
  /** When the newest sighting was made. */
  private asOf = 0;

  constructor(
    private readonly wish: Wish,
    private readonly rules: ConditionRules,
  ) {
    this.longestGapMs = Math.max(LONGEST_GAP_MS, wish.clientIds.length * GAP_MS_A_CLIENT);
    for (const clientId of wish.clientIds)
      this.tracks.set(clientId, { ...UNSEEN, first: rules.baseline?.get(clientId) });
  }

  /** Takes one sighting; gives the one before it. A client nobody wished for is left out. */
  see(clientId: string, seen: Sighting): Sighting | undefined {
    const track = this.tracks.get(clientId);
    if (track === undefined) return undefined;
    this.asOf = seen.checkedAt;
    this.tracks.set(clientId, this.advance(track, seen));
    return track.last;
  }

  /** Drops what was seen of a client, also its first status: another key may have given the answers. */
  forget(clientId: string): void {
    if (this.tracks.has(clientId)) this.tracks.set(clientId, UNSEEN);
  }

  get isMet(): boolean {
    const lacking = this.missingOf(this.tracks).length;
    return this.wish.match === 'all' ? lacking === 0 : lacking < this.tracks.size;
  }

  /** The clients that do not stand as wished; for 'any' that is all of them until one does. */
  get missing(): Missing[] {
    return this.isMet ? [] : this.missingOf(this.tracks);
  }

  /** The clients that stand as wished. */
  get fulfilled(): string[] {
    const lacking = new Set(this.missingOf(this.tracks).map(({ clientId }) => clientId));
    return [...this.tracks.keys()].filter((clientId) => !lacking.has(clientId));
  }

  /** Clients whose cached answer must be asked about in real time now: all that counts hangs on it. */
  get doubts(): string[] {
    if (!this.rules.verify || this.isMet) return [];
    const lacking = this.missingOf(this.tracks);
    const claimed = lacking.filter(({ lacks }) => lacks === 'proof').map(({ clientId }) => clientId);
    const isClaimedWhole = claimed.length > 0 && (this.wish.match === 'any' || claimed.length === lacking.length);
    const candidates = this.wish.match === 'any' ? claimed.slice(0, CANDIDATES) : claimed;
    return [...new Set([...this.claimedOffline(), ...(isClaimedWhole ? candidates : [])])];
  }

  get baseline(): Baseline {
    return new Map([...this.tracks].flatMap(([id, { first }]) => (first === undefined ? [] : [[id, first] as const])));
  }

  private advance(track: Track, seen: Sighting): Track {
    const { status, isVerified } = seen;
    // It says nothing: neither does it meet the wish nor contradict it.
    if (status === 'unknown') return { ...track, last: seen };
    const first = track.first ?? status;
    const wasOffline = track.wasOffline || (status === 'offline' && (isVerified || !this.rules.verify));
    const hold = this.isWished(status, first, wasOffline) ? this.lengthen(track.hold, seen) : undefined;
    return { first, wasOffline, last: seen, hold };
  }

  private isWished(status: 'online' | 'offline', first: 'online' | 'offline', wasOffline: boolean): boolean {
    switch (this.wish.waitFor) {
      case 'online':
      case 'offline':
        return status === this.wish.waitFor;
      case 'restart':
        return status === 'online' && wasOffline;
      case 'change':
        return status !== first;
    }
  }

  /** After a gap in which nobody looked, or a clock that was set back, holding starts anew. */
  private lengthen(hold: Hold | undefined, { isVerified, checkedAt: at }: Sighting): Hold {
    const isGap = hold !== undefined && (at - hold.to > this.longestGapMs || at < hold.to);
    const before = isGap ? undefined : hold;
    return { from: before?.from ?? at, to: at, provenAt: isVerified ? at : before?.provenAt };
  }

  private missingOf(tracks: ReadonlyMap<string, Track>): Missing[] {
    return [...tracks].flatMap(([clientId, track]) => {
      const lacks = this.lacksOf(track);
      return lacks === undefined ? [] : [{ clientId, last: track.last, lacks }];
    });
  }

  private lacksOf({ hold, last, wasOffline }: Track): Missing['lacks'] | undefined {
    const isLost = hold === undefined || last?.status === 'unknown' || this.asOf - hold.to > this.longestGapMs;
    if (isLost) return this.wish.waitFor === 'restart' && !wasOffline ? 'offlineFirst' : 'status';
    if (hold.to - hold.from < this.wish.stableForSeconds * 1000) return 'time';
    const isProven = hold.provenAt !== undefined && this.asOf - hold.provenAt <= this.longestGapMs;
    return isProven || !this.rules.verify ? undefined : 'proof';
  }

  /** The first half of a restart, as the cache tells it. */
  private claimedOffline(): string[] {
    if (this.wish.waitFor !== 'restart') return [];
    return [...this.tracks].filter(([, track]) => isClaimedOffline(track)).map(([clientId]) => clientId);
  }
}

function isClaimedOffline({ last, wasOffline }: Track): boolean {
  return !wasOffline && last?.status === 'offline' && !last.isVerified;
}
