import * as vscode from 'vscode';
import { momentOf } from '../../model/trace/serviceTime';
import type { TracePage, TraceQuestion } from '../../model/trace/traceEvent';
import { tellTrace, type ToldEvent, type TraceEventKind, type TraceStory } from '../../model/trace/traceStory';
import { exactText } from '../words/ages';
import { asideText, saidText } from '../words/joiners';
import { codeText } from '../words/markdown';
import { countText, numberText } from '../words/numbers';
import { eventWords, unlistedText, zoneText } from './traceWords';

const t = vscode.l10n.t;

/** What was asked of a client's past, and the answers so far. */
export interface TraceRecord {
  readonly instance: { readonly name: string; readonly instanceId: string };
  readonly question: TraceQuestion;
  readonly pages: readonly (TracePage & { readonly askedAt: number })[];
}

/** True where the service counts more events than it has given: an empty page is the last. */
export function hasOlder({ pages }: TraceRecord): boolean {
  const last = pages.at(-1);
  const given = pages.reduce((sum, { events }) => sum + events.length, 0);
  return last !== undefined && last.events.length > 0 && given < last.total;
}

/** The explained record as a Markdown text. What the service or a file named stands between backticks. */
export function traceText(record: TraceRecord): string {
  const story = tellTrace(record.pages, record.question);
  const sections = [
    [`# ${t('Connection history of {0}', codeText(record.question.clientId))}`],
    conclusionOf(record, story),
    story.events.length === 0 ? [] : [`## ${t('What was recorded, the newest first')}`, timelineOf(record, story)],
    othersOf(story),
    [`## ${t('About this record')}`, sourceOf(record, story)],
  ];
  return `${sections.flat().join('\n\n')}\n`;
}

function conclusionOf({ question, pages }: TraceRecord, story: TraceStory): string[] {
  const { conclusion, contest, zone } = story;
  const until = exactText(question.endAt);
  switch (conclusion.kind) {
    case 'nothing':
      return [
        `**${t('Nothing was recorded from {0} to {1}.', exactText(question.beginAt), until)}**`,
        t(
          'Either the client stayed as it was, connected or not, or it did not try to connect, or what it tried did not reach this instance.',
        ),
        t('Ask about a longer time, or check which client ID, instance and address the device uses.'),
      ];
    case 'withheld': {
      const counted = numberText(pages.at(-1)?.total ?? 0);
      return [`**${t('The service counts {0} events in this time and gave none of them.', counted)}**`];
    }
    case 'last': {
      const { event, isNewest, open } = conclusion;
      const [title, time] = [titleOf(event), timeOf(event, zone)];
      const last = isNewest
        ? t('The last thing the service recorded: {0}, at {1}.', title, time)
        : t('First on the list: {0}, at {1}. There may be newer events that are not on it.', title, time);
      return [
        `**${last}**`,
        ...(isNewest && event !== open
          ? [t('From then until {0} it recorded nothing more of this client.', until)]
          : []),
        ...(open === undefined ? [] : [openText(event, open, until, story)]),
        ...(contest === undefined
          ? []
          : [
              `**${t(
                '{0} times in a row one connection with this client ID ended another, from {1} to {2}. Most likely two devices or programs use this ID, and each comes back when the other has put it out.',
                numberText(contest.conflicts),
                timeOf(contest.first, zone),
                timeOf(contest.last, zone),
              )}**`,
            ]),
        ...meaningOf(event.kind),
      ];
    }
  }
}

function openText(event: ToldEvent, open: ToldEvent, until: string, { zone }: TraceStory): string {
  return event === open
    ? t('Nothing on record ended this connection until {0}.', until)
    : t('The connection accepted at {0} has no end on record: it may still be open.', timeOf(open, zone));
}

function timelineOf(record: TraceRecord, { events, total, zone }: TraceStory): string {
  const lines = events.map((event) => {
    const entry = `**${titleOf(event)}**`;
    const connection = t('connection {0}', codeText(event.channelId));
    return `- ${saidText(timeOf(event, zone), event.channelId === '' ? entry : asideText(entry, connection))}`;
  });
  const shown = t('{0} of {1} events are shown.', numberText(events.length), numberText(total));
  const more = hasOlder(record) ? [`${shown} ${t('"Show Older Events" asks for more, 100 in each call.')}`] : [shown];
  return events.length === total ? lines.join('\n') : [...more, '', ...lines].join('\n');
}

/** What the events mean that the conclusion has not explained. */
function othersOf({ conclusion, kinds }: TraceStory): string[] {
  const told = conclusion.kind === 'last' ? conclusion.event.kind : undefined;
  const others = [...kinds].filter(([kind]) => kind !== told);
  if (others.length === 0) return [];
  const sections = others.flatMap(([kind, times]) => {
    const title = kind === 'unlisted' ? t('Other events') : eventWords(kind).title;
    const often = countText(times, t('once'), t('{0} times', numberText(times)));
    return [`### ${asideText(title, often)}`, ...meaningOf(kind)];
  });
  return [`## ${t('What the other events mean')}`, ...sections];
}

function meaningOf(kind: TraceEventKind): string[] {
  if (kind === 'unlisted') return [unlistedText()];
  const { what, fix } = eventWords(kind);
  return fix === undefined ? [what] : [what, saidText(`**${t('What usually helps')}**`, fix)];
}

function sourceOf({ instance, question, pages }: TraceRecord, { events, zone }: TraceStory): string {
  const place = asideText(codeText(instance.name), codeText(instance.instanceId));
  const lines = [
    saidText(t('Instance'), `${place} · ${codeText(question.regionId)}`),
    t('Asked about: {0} to {1}, by the clock of this computer', exactText(question.beginAt), exactText(question.endAt)),
    ...pages.map(({ askedAt, requestId }) =>
      t('As recorded by the service, asked at {0}, request {1}', exactText(askedAt), codeText(requestId)),
    ),
    ...(events.length === 0 ? [] : [zoneText(zone)]),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

function titleOf({ kind, info }: ToldEvent): string {
  return kind === 'unlisted' ? codeText(info) : eventWords(kind).title;
}

function timeOf(event: ToldEvent, zone: TraceStory['zone']): string {
  const at = momentOf(event.wallClock, zone);
  return codeText(at === undefined ? event.time : exactText(at));
}
