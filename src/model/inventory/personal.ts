import { type Attention, clientsOf, type Instance } from './inventory';

/** What is a person's own of a row that a workspace names. */
export type PersonalMarks = Pick<Attention, 'pinned' | 'muted'>;

/** Splits what is wanted of a client or a group: the team's, which its file says, and the person's own, which it never does. */
export function split<T extends Attention>({
  pinned,
  muted,
  ...team
}: T): {
  readonly team: Omit<T, 'pinned' | 'muted'>;
  readonly own: PersonalMarks;
} {
  return { team, own: { ...(pinned === undefined ? {} : { pinned }), ...(muted === undefined ? {} : { muted }) } };
}

/** A key of the person's for an instance that a workspace names. */
interface Binding {
  /** The name of the key. */
  readonly credential: string;
  /** How many clients the file named for the instance when the person said so. */
  readonly clients: number;
}

/** An instance as a team may read it: what a person pinned or muted is none of its business. */
export function withoutPersonal(instance: Instance): Instance {
  const said = Object.entries(instance.clients ?? {})
    .map(([clientId, words]) => [clientId, split(words).team] as const)
    .filter(([, words]) => Object.values(words).some((word) => word !== undefined));
  return {
    ...instance,
    groups: instance.groups.map((group) => split(group).team),
    clients: said.length === 0 ? undefined : Object.fromEntries(said),
  };
}

/** What a person has said of the inventories of workspaces. It is kept in the window, and never in those files. */
export interface Personal {
  /** By `bindingKey`. */
  readonly bindings: Readonly<Record<string, Binding>>;
  /** How many clients a file named for an instance when the person let its key be used for them, by `consentKey`. */
  readonly consents: Readonly<Record<string, number>>;
  /** By `groupMarkKey` and `clientMarkKey`. */
  readonly marks: Readonly<Record<string, PersonalMarks>>;
}

export const NOTHING_PERSONAL: Personal = { bindings: {}, consents: {}, marks: {} };

/** What a binding is for: where one of these is another, it fits no more. */
interface BindingSubject {
  readonly file: string;
  readonly instanceId: string;
  readonly regionId: string;
  /** The credential's name in the file. */
  readonly credentialName: string;
}

/** All that a person agrees to when binding a key. */
export interface BindingTerms extends BindingSubject {
  /** How many clients the file names for the instance. */
  readonly clients: number;
}

export function bindingKey({ file, instanceId, regionId, credentialName }: BindingSubject): string {
  return JSON.stringify([file, instanceId, regionId, credentialName]);
}

/** For clients that a file names under an instance of somebody else, with the key of that one. */
export interface ConsentTerms {
  readonly file: string;
  readonly instanceId: string;
  readonly credential: string | undefined;
}

export function consentKey({ file, instanceId, credential }: ConsentTerms): string {
  return JSON.stringify([file, instanceId, credential]);
}

/** A file that has more than doubled since is not what the person said yes to: each ten clients are a call. */
export function isWithinConsent(agreed: number | undefined, clients: number): boolean {
  return agreed !== undefined && clients <= 2 * agreed;
}

export function groupMarkKey(file: string, instanceId: string, savedName: string): string {
  return JSON.stringify([file, instanceId, savedName]);
}

export function clientMarkKey(instanceId: string, clientId: string): string {
  return JSON.stringify([instanceId, clientId]);
}

/** What one would agree to by binding a key to an instance; undefined where no key may go. */
export function bindingTermsOf({ instanceId, regionId, origin, groups }: Instance): BindingTerms | undefined {
  if (origin === undefined || regionId === undefined) return undefined;
  const { file, credentialName } = origin;
  const clients = clientsOf(groups.filter((group) => group.origin?.file === file)).size;
  return { file, instanceId, regionId, credentialName, clients };
}

/** A file that names clients for an instance of somebody else. */
export interface ForeignFile {
  readonly folder: string;
  readonly terms: ConsentTerms;
  /** All that it names for the instance. */
  readonly clientIds: ReadonlySet<string>;
  readonly isHeld: boolean;
}

/** The files whose clients are asked about with the key of an instance that is not theirs. */
export function foreignFilesOf({ instanceId, credential, origin, groups }: Instance): ForeignFile[] {
  const byFile = new Map<string, ForeignFile & { readonly clientIds: Set<string> }>();
  for (const group of groups) {
    if (group.origin === undefined || group.origin.file === origin?.file) continue;
    const { file, folder, isHeld } = group.origin;
    const known = byFile.get(file) ?? { folder, isHeld, terms: { file, instanceId, credential }, clientIds: new Set() };
    byFile.set(file, known);
    for (const clientId of group.clientIds) known.clientIds.add(clientId);
  }
  return [...byFile.values()];
}
