import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import { COMMANDS } from '../../manifest';
import type { ClientStatus } from '../../sessions/status/statusStore';
import { momentText } from '../words/ages';
import { checkCostText } from '../words/callWords';
import { appendPlain } from '../words/markdown';
import { numberText } from '../words/numbers';
import { statusLook } from '../words/statusLook';
import { errorText } from '../words/failureWords';
import { type ClientLink, linkUri } from './clientActions';
import type { ClientIdsInText } from './clientIdsInText';
import type { ClientPlace, ClientPlaces } from './clientPlaces';
import { knownText } from './editorWords';
import type { InstanceChoice } from './instanceChoice';
import { asideText, namesText, saidText } from '../words/joiners';

const t = vscode.l10n.t;
const MOST_PLACES = 5;

export interface ClientHoverParts {
  readonly ids: ClientIdsInText;
  readonly places: ClientPlaces;
  readonly choice: Pick<InstanceChoice, 'likely'>;
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'verifiesChanges'>;
}

/** What is known of the client ID under the mouse, in any editor or output. It asks nothing. */
export class ClientHover implements vscode.HoverProvider {
  constructor(private readonly parts: ClientHoverParts) {}

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider({ scheme: '*' }, this);
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const found = await this.parts.ids.at(document, position);
    if (found === undefined) return undefined;
    const range = new vscode.Range(position.line, found.start, position.line, found.end);
    return new vscode.Hover(this.textOf(found.clientId), range);
  }

  /** Everything from the document or the inventory is appended as text: nothing in it becomes a link. */
  private textOf(clientId: string): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: [COMMANDS.clientActions] };
    appendPlain(text.appendMarkdown('**'), clientId).appendMarkdown('**\n\n');
    const places = this.parts.places.of(clientId);
    for (const place of places.slice(0, MOST_PLACES)) this.appendPlace(text, clientId, place);
    if (places.length > MOST_PLACES) appendPlain(text, t('and {0} more', numberText(places.length - MOST_PLACES)));
    if (places.length === 0) this.appendUnknown(text, clientId);
    return text;
  }

  private appendPlace(text: vscode.MarkdownString, clientId: string, place: ClientPlace): void {
    const { status, isChecking, instance, groups } = place;
    const icon = isChecking ? 'sync' : statusLook(status, false).icon;
    appendPlain(text.appendMarkdown(`$(${icon}) `), this.statusWords(status, isChecking)).appendMarkdown('\n\n');
    const { failure } = status ?? {};
    if (failure !== undefined)
      appendPlain(text, saidText(momentText(failure.at), errorText(failure.error))).appendMarkdown('\n\n');
    const group = groups.length === 0 ? t('in no group') : namesText(groups);
    appendPlain(text, `${asideText(instance.name, instance.instanceId)} · ${group}`).appendMarkdown('\n\n');
    this.appendLinks(text, { clientId, instance: instance.instanceId });
  }

  /** The age beside its moment: a hover may stand for long. */
  private statusWords(status: ClientStatus | undefined, isChecking: boolean): string {
    const { last } = status ?? {};
    const words = [
      ...(isChecking ? [t('checking')] : []),
      knownText(status, Date.now(), this.parts.settings.staleAfterSeconds),
    ];
    if (last === undefined) return words.join(' · ');
    return [...words, last.isVerified ? t('verified') : t('cached'), momentText(last.checkedAt)].join(' · ');
  }

  private appendUnknown(text: vscode.MarkdownString, clientId: string): void {
    const instance = this.parts.choice.likely(clientId);
    const asked =
      instance === undefined
        ? t('Not checked. The links ask which instance is meant.')
        : t('Not checked. "{0}" would be asked.', instance.name);
    appendPlain(text.appendMarkdown('$(circle-large-outline) '), asked).appendMarkdown('\n\n');
    this.appendLinks(text, { clientId, ...(instance === undefined ? {} : { instance: instance.instanceId }) });
  }

  private appendLinks(text: vscode.MarkdownString, link: ClientLink): void {
    const cost = checkCostText(1, 1, this.parts.settings.verifiesChanges);
    const links = [
      markdownLink(t('Check now ({0})', cost), { ...link, action: 'check' }),
      markdownLink(t('Verify (1 call)'), { ...link, action: 'verify' }),
      markdownLink(t('Watch…'), { ...link, action: 'watch' }),
      markdownLink(t('Add to group…'), { ...link, action: 'addToGroup' }),
      markdownLink(t('Why offline?…'), { ...link, action: 'whyOffline' }),
    ];
    text.appendMarkdown(`${links.join(' · ')}\n\n`);
  }
}

function markdownLink(label: string, link: ClientLink): string {
  return `[${label}](${linkUri(link).toString(true).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
