import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { clientIdProblem } from '../../model/clientIds/clientId';
import { clientIdsOf, findInstance, type Instance } from '../../model/inventory/inventory';
import { kindOf } from '../../model/trace/traceStory';
import { filledText, isByHand, readArguments, type Subjects } from '../commands/arguments';
import { pickClientId } from '../inputs/clientPick';
import { askTarget, writeText } from '../results/saveResults';
import { registerCommand } from '../run';
import { tellInformation } from '../tell';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { numberText } from '../words/numbers';
import { clientIdProblemText } from '../words/words';
import { askForPage, type TraceAskingParts } from './traceAsking';
import { TraceDocuments } from './traceDocuments';
import { askTraceWish, knownRegionOf, TRACE_HOURS, type TraceWish } from './traceQuestions';
import { hasOlder, type TraceRecord, traceText } from './traceText';

const t = vscode.l10n.t;
const HOUR_MS = 60 * 60 * 1000;
const named = v.object({ clientId: v.string() });
const wished = v.object({ hours: v.picklist(TRACE_HOURS), region: v.optional(filledText) });

/** What a caller of the command gets. */
interface TraceResult {
  readonly clientId: string;
  readonly total: number;
  readonly requestId: string;
  /** Newest first; times as the service wrote them. */
  readonly events: readonly { readonly time: string; readonly kind: string; readonly info: string }[];
  /** The URI of the document that explains it. */
  readonly document: string;
}

export interface WhyOfflineParts extends TraceAskingParts {
  readonly inventory: Pick<Inventories, 'inventory' | 'ready'>;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** Why a client is offline: what the service recorded of its connections, explained, in a document that can be kept. */
export function whyOffline(parts: WhyOfflineParts): Disposable[] {
  const { inventory, subjects, log } = parts;
  const documents = new TraceDocuments();
  /** Documents whose next page is on its way: a second click waits for the same. */
  const underWay = new Set<string>();

  async function explain(argument: unknown): Promise<TraceResult | undefined> {
    const about = await clientOf(argument);
    if (about === undefined) return undefined;
    const { instance, clientId } = about;
    const problem = clientIdProblem(clientId);
    if (problem !== undefined) throw new UserError(clientIdProblemText(problem));
    const wish = isByHand(argument) ? await askTraceWish(instance, clientId) : wishOf(instance, argument);
    if (wish === undefined) return undefined;
    const endAt = Date.now();
    const question = { clientId, regionId: wish.regionId, beginAt: endAt - wish.hours * HOUR_MS, endAt };
    const page = await askForPage(parts, instance, question, 1);
    if (page === undefined) return undefined;
    const { name, instanceId } = instance;
    const document = await documents.open({ instance: { name, instanceId }, question, pages: [page] });
    const events = page.events.map(({ time, info }) => ({ time, kind: kindOf(info), info }));
    return { clientId, total: page.total, requestId: page.requestId, events, document: document.toString() };
  }

  /** Undefined when cancelled. */
  async function clientOf(argument: unknown): Promise<{ instance: Instance; clientId: string } | undefined> {
    if (isTreeNode(argument))
      return argument.kind === 'client'
        ? { instance: instanceOf(argument).instance, clientId: argument.clientId }
        : undefined;
    const instance = await subjects.instance(argument);
    if (instance === undefined) return undefined;
    if (argument !== undefined) return { instance, clientId: readArguments(named, argument).clientId };
    if (clientIdsOf(instance).length === 0)
      throw new UserError(t('"{0}" has no clients yet. Run "Add Clients" first.', instance.name));
    const clientId = await pickClientId(t('Choose a client'), instance);
    return clientId === undefined ? undefined : { instance, clientId };
  }

  function current(): { uri: vscode.Uri; record: TraceRecord } {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const record = uri === undefined ? undefined : documents.recordOf(uri);
    if (uri === undefined || record === undefined)
      throw new UserError(t('Open the connection history of a client first: run "Why Offline?".'));
    return { uri, record };
  }

  /** How many events the document shows by now, and how many there are; undefined where nothing was asked. */
  async function showOlder(): Promise<{ shown: number; total: number } | undefined> {
    const { uri, record } = current();
    if (!hasOlder(record)) {
      void tellInformation(t('There are no older events in the time that was asked about.'));
      return undefined;
    }
    const { instanceId, name } = record.instance;
    const instance = findInstance(inventory.inventory, instanceId);
    if (instance === undefined) throw new UserError(t('There is no instance "{0}" in the inventory.', name));
    if (underWay.has(uri.toString())) return undefined;
    underWay.add(uri.toString());
    try {
      const page = await askForPage(parts, instance, record.question, record.pages.length + 1);
      if (page === undefined) return undefined;
      const pages = [...record.pages, page];
      documents.replace(uri, { ...record, pages });
      return { shown: eventsOf(pages), total: page.total };
    } finally {
      underWay.delete(uri.toString());
    }
  }

  async function save(): Promise<void> {
    const { uri, record } = current();
    const target = await askTarget(uri.path.slice(1));
    if (target === undefined) return;
    await writeText(target, traceText(record));
    void tellInformation(t('Saved to {0}: {1} events.', target.fsPath, numberText(eventsOf(record.pages))));
  }

  return [
    documents,
    registerCommand('whyOffline', log, subjects.onRows(['client'], explain)),
    registerCommand('showOlderEvents', log, showOlder),
    registerCommand('saveConnectionHistory', log, save),
  ];
}

function eventsOf(pages: TraceRecord['pages']): number {
  return pages.reduce((sum, { events }) => sum + events.length, 0);
}

/** A caller names it all; the region where nothing saved says it. */
function wishOf(instance: Instance, argument: unknown): TraceWish {
  const { hours, region } = readArguments(wished, argument);
  const regionId = region ?? knownRegionOf(instance);
  if (regionId === undefined)
    throw new UserError(t('The argument "{0}" of this command is missing or has the wrong shape.', 'region'));
  return { hours, regionId };
}
