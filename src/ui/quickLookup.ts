import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../base/log';
import { COMMANDS } from '../manifest';
import type { Instance } from '../model/inventory';
import { parseClientIds } from '../model/parseClientIds';
import type { Freshness } from '../sessions/question';
import type { StatusStore } from '../sessions/statusStore';
import { ageText } from './ages';
import type { CheckResult, Checks } from './checks';
import { readArguments, type Subjects } from './commands/arguments';
import { registerCommand } from './run';
import { errorText, statusText } from './words';

const t = vscode.l10n.t;

interface LookupItem extends vscode.QuickPickItem {
  readonly clientId?: string;
}

const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

/** Looks up any client IDs, saved or not: in the pick list for a person, as results for a caller. */
export function quickLookup(checks: Checks, store: StatusStore, subjects: Subjects, log: Log): vscode.Disposable {
  return registerCommand('lookUpClients', log, async (argument: unknown): Promise<CheckResult[] | undefined> => {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return undefined;
    if (argument !== undefined && typeof argument === 'object' && argument !== null && 'clientIds' in argument) {
      const { clientIds, verify } = readArguments(
        v.object({ clientIds: v.array(v.string()), verify: v.optional(v.boolean()) }),
        argument,
      );
      return checks.run([{ target: instance, clientIds }], verify === true ? 'verified' : 'cached');
    }
    new LookupPick(instance, checks, store).show();
    return undefined;
  });
}

/** The pick list itself: Enter asks for what was typed, and the answers stand in the list. */
class LookupPick {
  private readonly box = vscode.window.createQuickPick<LookupItem>();
  private readonly verify = button('verified', t('Verify in real time'));
  private readonly copy = button('copy', t('Copy Client ID'));
  private readonly add = button('add', t('Add to a group'));
  private clientIds: readonly string[] = [];
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly instance: Instance,
    private readonly checks: Checks,
    private readonly store: StatusStore,
  ) {
    this.box.title = t('Look Up Clients of "{0}"', instance.name);
    this.box.placeholder = t('Type or paste client IDs, then press Enter');
    this.box.onDidChangeValue((text) => this.offer(text));
    this.box.onDidAccept(() => this.accept());
    this.box.onDidTriggerItemButton(({ item, button: pressed }) => void this.press(item, pressed));
    this.subscription = store.onDidChange(({ instanceId }) => {
      if (instanceId === instance.instanceId && this.clientIds.length > 0) this.draw();
    });
    this.box.onDidHide(() => {
      this.subscription.dispose();
      this.box.dispose();
    });
  }

  show(): void {
    this.box.show();
  }

  private offer(text: string): void {
    this.clientIds = [];
    const { accepted, refused } = parseClientIds(text);
    const label =
      accepted.length === 1
        ? t('$(search) Look up {0}', accepted[0] ?? '')
        : t('$(search) Look up {0} client IDs', accepted.length);
    const hint = refused.length === 0 ? '' : t('{0} are no valid client IDs', refused.length);
    this.box.items = text.trim() === '' ? [] : [{ label, description: hint, alwaysShow: true }];
  }

  private accept(): void {
    const { accepted } = parseClientIds(this.box.value);
    if (this.clientIds.length > 0 || accepted.length === 0) return;
    this.clientIds = accepted;
    this.draw();
    void this.ask(accepted, 'cached');
  }

  private async ask(clientIds: readonly string[], freshness: Freshness): Promise<void> {
    this.box.busy = true;
    await this.checks.run([{ target: this.instance, clientIds }], freshness);
    this.box.busy = false;
    this.draw();
  }

  private draw(): void {
    this.box.items = this.clientIds.map((clientId) => ({
      label: `${this.iconOf(clientId)} ${clientId}`,
      description: this.wordsOf(clientId),
      alwaysShow: true,
      clientId,
      buttons: [this.verify, this.copy, this.add],
    }));
  }

  private iconOf(clientId: string): string {
    const { instanceId } = this.instance;
    const status = this.store.get(instanceId, clientId);
    if (this.store.isChecking(instanceId, clientId)) return '$(sync~spin)';
    if (status?.failure !== undefined) return '$(error)';
    return {
      online: '$(pass-filled)',
      offline: '$(circle-slash)',
      unknown: '$(question)',
      none: '$(circle-large-outline)',
    }[status?.last?.status ?? 'none'];
  }

  private wordsOf(clientId: string): string {
    const status = this.store.get(this.instance.instanceId, clientId);
    if (this.store.isChecking(this.instance.instanceId, clientId)) return t('checking');
    if (status?.failure !== undefined) return errorText(status.failure.error);
    if (status?.last === undefined) return t('not checked');
    const source = status.last.isVerified ? t('verified') : t('cached');
    return `${statusText(status.last.status)} · ${ageText(status.last.checkedAt, Date.now())} · ${source}`;
  }

  private async press({ clientId }: LookupItem, pressed: vscode.QuickInputButton): Promise<void> {
    if (clientId === undefined) return;
    if (pressed === this.verify) return this.ask([clientId], 'verified');
    if (pressed === this.copy) return vscode.env.clipboard.writeText(clientId);
    await this.addToGroup(clientId);
  }

  private async addToGroup(clientId: string): Promise<void> {
    const { groups, name, instanceId } = this.instance;
    if (groups.length === 0)
      return void vscode.window.showInformationMessage(t('"{0}" has no group yet. Run "Add Group" first.', name));
    const group = await vscode.window.showQuickPick(
      groups.map((each) => each.name),
      { title: t('Add {0} to a group', clientId) },
    );
    if (group !== undefined)
      await vscode.commands.executeCommand(COMMANDS.addClients, { instance: instanceId, group, clientIds: [clientId] });
  }
}
