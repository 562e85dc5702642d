import { clientIdProblem } from './clientIds/clientId';

/** What a link from outside asks: which clients, and of which instance if it names one. */
export interface CheckLink {
  /** A name or an instance ID. */
  readonly instance?: string;
  readonly clientIds: readonly string[];
}

/** Why a link is not followed. */
export type CheckLinkProblem = 'unknownPath' | 'tooLong' | 'noClient' | 'tooManyClients' | 'badClient' | 'badInstance';

export type ReadCheckLink =
  { readonly kind: 'ok'; readonly link: CheckLink } | { readonly kind: 'refused'; readonly problem: CheckLinkProblem };

const CHECK_PATH = '/check';
/** Ten calls: nobody reads more client IDs in a question. */
export const MOST_LINKED_CLIENTS = 100;
const MOST_CHARACTERS = 32_768;
const MOST_INSTANCE_CHARACTERS = 200;
/** What separates things in a query. VS Code hands a query over decoded, where `%26` and `&` are the same already. */
const MARKS = /[%&=+,#]/g;

/**
 * Reads `/check?instance=…&clientId=…`, the query once decoded, as VS Code hands it over. `clientId` may stand there
 * several times, or hold several between commas; keys that are not known say nothing.
 */
export function readCheckLink(path: string, query: string): ReadCheckLink {
  if (path !== CHECK_PATH) return refused('unknownPath');
  if (query.length > MOST_CHARACTERS) return refused('tooLong');
  const pairs = query.split('&').map(pairOf);
  const valuesOf = (name: string): string[] => pairs.flatMap(([key, value]) => (key === name ? [value] : []));
  const clientIds = new Set(valuesOf('clientId').flatMap(idsOf));
  if (clientIds.size === 0) return refused('noClient');
  if (clientIds.size > MOST_LINKED_CLIENTS) return refused('tooManyClients');
  if ([...clientIds].some((clientId) => clientIdProblem(clientId) !== undefined)) return refused('badClient');
  const [instance, second] = valuesOf('instance')
    .map(decoded)
    .filter((text) => text !== '');
  if (second !== undefined || (instance !== undefined && !isInstance(instance))) return refused('badInstance');
  return { kind: 'ok', link: { clientIds: [...clientIds], ...(instance === undefined ? {} : { instance }) } };
}

/** The link that `readCheckLink` reads back to the same; `base` is the scheme and the extension's name. */
export function checkLinkText(base: string, { instance, clientIds }: CheckLink): string {
  const pairs = [
    ...(instance === undefined ? [] : [`instance=${encoded(instance)}`]),
    ...clientIds.map((clientId) => `clientId=${encoded(clientId)}`),
  ];
  return `${base}${CHECK_PATH}?${pairs.join('&')}`;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function idsOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => decoded(part.trim()))
    .filter((part) => part !== '');
}

/** Marks are encoded twice, so that they are still told apart once VS Code has decoded the query. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(MARKS, encodeURIComponent));
}

/** Only marks are encoded twice; any other percent sign is one of the text itself. */
function decoded(text: string): string {
  return text.replace(/%(25|26|3D|2B|2C|23)/gi, decodeURIComponent);
}

function isInstance(text: string): boolean {
  return text.length <= MOST_INSTANCE_CHARACTERS && text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

function refused(problem: CheckLinkProblem): ReadCheckLink {
  return { kind: 'refused', problem };
}
