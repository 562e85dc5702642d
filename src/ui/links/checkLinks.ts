import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { COMMANDS } from '../../manifest';
import { type CheckLink, readCheckLink } from '../../model/checkLink';
import { findInstance, type Instance } from '../../model/inventory/inventory';
import type { Checks } from '../checks';
import type { Subjects } from '../commands/arguments';
import { tellFailure } from '../run';
import { tellError } from '../tell';
import type { TreeRows } from '../tree/treeRows';
import type { InstancesView } from '../tree/instancesView';
import { withoutControls } from '../words/words';
import { linkProblemText, linkQuestion } from './linkWords';

const t = vscode.l10n.t;

export interface CheckLinksParts {
  readonly inventory: Pick<Inventories, 'ready' | 'inventory'>;
  readonly settings: Pick<Settings, 'verifiesChanges'>;
  readonly subjects: Pick<Subjects, 'instance'>;
  readonly checks: Pick<Checks, 'run'>;
  readonly rows: Pick<TreeRows, 'rowOf'>;
  readonly view: Pick<InstancesView, 'show'>;
  /** Shows clients in the table of results, and asks about them. */
  readonly showInTable: (title: string, instance: Instance, clientIds: readonly string[]) => Promise<void>;
  /** Asks in a dialog; undefined where it was closed. */
  readonly ask: (question: string, detail: string, ...actions: string[]) => Promise<string | undefined>;
  readonly log: Log;
}

/**
 * Follows `vscode://…/check?…`. A link comes from anywhere, so it makes no call before a person has read who would be
 * asked about whom. One question stands at a time: what comes meanwhile is dropped.
 */
export class CheckLinks implements vscode.UriHandler {
  private isAsking = false;

  constructor(private readonly parts: CheckLinksParts) {}

  async handleUri({ path, query }: vscode.Uri): Promise<void> {
    const read = readCheckLink(path, query);
    if (read.kind === 'refused') {
      void tellError(linkProblemText(read.problem));
      return;
    }
    try {
      const instance = await this.askOnce(read.link);
      if (instance !== undefined) await this.show(instance, read.link.clientIds);
    } catch (error) {
      void tellFailure(error, this.parts.log);
    }
  }

  /** The instance to ask, once a person has agreed; undefined otherwise. */
  private async askOnce(link: CheckLink): Promise<Instance | undefined> {
    if (this.isAsking) {
      this.parts.log.info('A link was dropped: the question of another one is open.');
      return undefined;
    }
    this.isAsking = true;
    try {
      const instance = await this.instanceOf(link);
      return instance !== undefined && (await this.mayAsk(instance, link.clientIds)) ? instance : undefined;
    } finally {
      this.isAsking = false;
    }
  }

  private async mayAsk(instance: Instance, clientIds: readonly string[]): Promise<boolean> {
    const { question, detail } = linkQuestion(instance, clientIds, this.parts.settings.verifiesChanges);
    const check = t('Check');
    return (await this.parts.ask(withoutControls(question), detail, check)) === check;
  }

  private async instanceOf({ instance: named }: CheckLink): Promise<Instance | undefined> {
    await this.parts.inventory.ready;
    if (named === undefined) return this.parts.subjects.instance(undefined);
    return this.saved(named) ?? (await this.askForAnother(named));
  }

  private saved(named: string): Instance | undefined {
    return findInstance(this.parts.inventory.inventory, named);
  }

  private async askForAnother(named: string): Promise<Instance | undefined> {
    const { instances } = this.parts.inventory.inventory;
    const [choose, add] = [t('Choose an Instance…'), t('Add Instance…')];
    const chosen = await this.parts.ask(
      t('A link asks about an instance that is not saved here: "{0}".', named),
      t('Nothing was asked.'),
      ...(instances.length > 0 ? [choose, add] : [add]),
    );
    if (chosen === choose) return this.parts.subjects.instance(undefined);
    if (chosen === add) await vscode.commands.executeCommand(COMMANDS.addInstance);
    return this.saved(named);
  }

  /** A saved client's row says how it stands; for all others the table does. */
  private async show(instance: Instance, clientIds: readonly string[]): Promise<void> {
    const { rows, view, checks, showInTable } = this.parts;
    const [clientId] = clientIds;
    const isOne = clientIds.length === 1 && clientId !== undefined;
    const row = isOne ? rows.rowOf(instance.instanceId, clientId) : undefined;
    if (row === undefined) return showInTable(t('a link'), instance, clientIds);
    await view.show(row);
    await checks.run([{ target: instance, clientIds }], 'cached');
  }
}
