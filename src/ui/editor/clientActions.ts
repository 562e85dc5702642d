import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { COMMANDS } from '../../manifest';
import { clientIdProblem } from '../../model/clientIds/clientId';
import type { Instance } from '../../model/inventory/inventory';
import type { Freshness } from '../../sessions/calls/question';
import type { Checks } from '../checks';
import { readArguments, type Subjects } from '../commands/arguments';
import { addToGroup, sayShortly, watchClient } from '../commands/clientDeeds';
import { pick } from '../inputs/steps';
import { registerCommand, tellFailure } from '../run';
import { explainClient } from '../trace/traceQuestions';
import { UserError } from '../userError';
import { checkCostText } from '../words/callWords';
import { clientIdProblemText, statusText } from '../words/words';
import type { ClientIdsInText } from './clientIdsInText';
import type { ClientPlaces } from './clientPlaces';
import { shortText } from './editorWords';
import type { InstanceChoice } from './instanceChoice';
import { saidText } from '../words/joiners';

const t = vscode.l10n.t;
const ACTIONS = ['check', 'verify', 'watch', 'addToGroup', 'whyOffline', 'copy'] as const;

export type ClientAction = (typeof ACTIONS)[number];

/** What a link says. It stands in a text of anybody's, so the command trusts nothing of it. */
export interface ClientLink {
  readonly clientId: string;
  /** An instance ID; absent where it is not known, and then asked for. */
  readonly instance?: string;
  /** Absent: the person chooses. */
  readonly action?: ClientAction;
}

const shape = v.object({
  clientId: v.string(),
  instance: v.optional(v.string()),
  action: v.optional(v.picklist(ACTIONS)),
});

export interface ClientActionsParts {
  readonly inventory: Inventories;
  readonly settings: Settings;
  readonly checks: Pick<Checks, 'run'>;
  readonly subjects: Subjects;
  readonly places: ClientPlaces;
  readonly choice: InstanceChoice;
  readonly ids: ClientIdsInText;
  readonly log: Log;
}

/** What can be done with a client ID of a text: by a link, or by the palette for the one at the cursor. */
export class ClientActions {
  constructor(private readonly parts: ClientActionsParts) {}

  register(): vscode.Disposable {
    return registerCommand('clientActions', this.parts.log, async (argument) => {
      const link = argument === undefined ? await this.atCursor() : readLink(argument);
      await this.act(link).catch((error: unknown) => {
        void tellFailure(error, this.parts.log);
      });
    });
  }

  private async atCursor(): Promise<ClientLink> {
    const editor = vscode.window.activeTextEditor;
    const found = editor && (await this.parts.ids.at(editor.document, editor.selection.active));
    if (found === undefined) throw new UserError(t('There is no client ID at the cursor.'));
    return { clientId: found.clientId };
  }

  private async act(link: ClientLink): Promise<void> {
    await this.parts.inventory.ready;
    const action = link.action ?? (await this.chooseAction(link.clientId));
    if (action === 'copy') return vscode.env.clipboard.writeText(link.clientId);
    const instance = action === undefined ? undefined : await this.parts.choice.instanceOf(link);
    if (instance === undefined) return;
    switch (action) {
      case 'check':
        return this.check(instance, link.clientId, 'cached');
      case 'verify':
        return this.check(instance, link.clientId, 'verified');
      case 'watch':
        return watchClient(this.parts, instance, link.clientId);
      case 'addToGroup':
        return addToGroup(this.parts, instance, link.clientId);
      case 'whyOffline':
        return explainClient(instance, link.clientId);
      case undefined:
    }
  }

  private chooseAction(clientId: string): Promise<ClientAction | undefined> {
    const places = this.parts.places.of(clientId);
    const { settings } = this.parts;
    const placeholder = shortText(places, Date.now(), settings.staleAfterSeconds);
    const items: { label: string; description?: string; value: ClientAction }[] = [
      { label: t('$(refresh) Check now'), description: checkCostText(1, 1, settings.verifiesChanges), value: 'check' },
      { label: t('$(verified) Verify in real time'), description: t('1 call'), value: 'verify' },
      { label: t('$(eye) Watch until…'), value: 'watch' },
      { label: t('$(add) Add to a group…'), value: 'addToGroup' },
      { label: t('$(history) Why offline?…'), value: 'whyOffline' },
      { label: t('$(copy) Copy client ID'), value: 'copy' },
    ];
    return pick({ title: clientId, placeholder, items });
  }

  /**
   * The answer goes where every answer goes; the next hover shows it from there, the status bar for a moment. A hover
   * whose link was clicked stays open, and what it says would be out of date.
   */
  private async check(target: Instance, clientId: string, freshness: Freshness): Promise<void> {
    await vscode.commands.executeCommand('editor.action.hideHover');
    const [result] = await this.parts.checks.run([{ target, clientIds: [clientId] }], freshness);
    if (result === undefined || result.error?.code === 'Cancelled') return;
    if (result.error !== undefined) throw new UserError(saidText(clientId, result.error.message));
    const source = result.verified ? t('verified') : t('cached');
    sayShortly(saidText(clientId, `${statusText(result.status)} · ${source}`));
  }
}

function readLink(argument: unknown): ClientLink {
  const { clientId, instance, action } = readArguments(shape, argument);
  const problem = clientIdProblem(clientId);
  if (problem !== undefined) throw new UserError(clientIdProblemText(problem));
  return { clientId, ...(instance === undefined ? {} : { instance }), ...(action === undefined ? {} : { action }) };
}

/** The address of the command with its arguments. */
export function linkUri(link: ClientLink): vscode.Uri {
  return vscode.Uri.parse(`command:${COMMANDS.clientActions}?${encodeURIComponent(JSON.stringify([link]))}`);
}
