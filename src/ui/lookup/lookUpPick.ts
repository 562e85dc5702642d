import * as vscode from 'vscode';
import { attentionOf } from '../../model/inventory/inventory';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { keyOfRow, type LookUpRow } from '../../model/lookup/lookUpRows';
import { addToGroup, type ClientDeedsParts, watchClient } from '../commands/clientDeeds';
import { Gather } from '../gather';
import { summaryOf } from '../inputs/clientsInput';
import type { TextChecks } from '../results/textChecks';
import { sayable } from '../run';
import { tellError } from '../tell';
import { explainClient } from '../trace/traceQuestions';
import { checkCostText } from '../words/callWords';
import { isLookUpButton, type LookUpAction, lookUpButtons } from './lookUpButtons';
import type { LookUpInstance } from './lookUpInstance';
import { itemOf, type LookUpItem, type LookUpKnowledge, MOST_ANSWERS_SHOWN } from './lookUpItems';
import type { LookUpState } from './lookUpState';

const t = vscode.l10n.t;
/** All rows are drawn at once, so answers gather first. */
const REDRAW_MS = 100;
/** Ages go on while the list stands open, though not at every step: a redraw takes the focus from a row's buttons. */
const AGE_MS = 30_000;
/** For so long a list that has just come stays, wherever the focus goes. */
const SETTLE_MS = 1000;

export interface LookUpPickParts extends ClientDeedsParts {
  readonly inventory: Inventories;
  readonly settings: Pick<Settings, 'watchMinutes' | 'staleAfterSeconds' | 'verifiesChanges'>;
  readonly lookUpInstance: LookUpInstance;
  readonly textChecks: Pick<TextChecks, 'lookUp'>;
  readonly log: Log;
}

/** The list of a look-up. Enter asks about the row chosen, buttons do as they say, and nothing else asks. */
export class LookUpPick {
  private readonly box = vscode.window.createQuickPick<LookUpItem>();
  private readonly buttons = lookUpButtons();
  private readonly answers = new Gather<'words'>(REDRAW_MS, () => this.draw());
  private readonly ages = new Gather<'words'>(AGE_MS, () => this.draw());
  private readonly settling = new Gather<'focus'>(SETTLE_MS, () => {
    this.box.ignoreFocusOut = false;
  });
  private readonly subscriptions: { dispose(): unknown }[];
  private drawn = '';
  /** The row chosen; VS Code forgets it while another pick stands in front. */
  /** The text that was asked about last, while it stands in the box. */
  private lookedUp = '';
  private activeKey: string | undefined;
  /** True until VS Code tells that its list follows what was typed: Enter may come before. */
  private isBehind = false;
  /** True while another pick stands in front, to come back from. */
  private isAside = false;
  private isDisposed = false;

  constructor(
    private readonly parts: LookUpPickParts,
    private readonly state: LookUpState,
  ) {
    const cost = checkCostText(1, 1, parts.settings.verifiesChanges);
    this.box.placeholder = t('Type or paste client IDs, or choose one; Enter asks the service about it ({0})', cost);
    this.subscriptions = [this.box, this.state, this.answers, this.ages, this.settling, ...this.follow()];
  }

  show(): void {
    this.list();
    this.present();
  }

  /** The palette, or a pick that closed, gives the focus back to what had it before: from a webview that comes late. */
  private present(): void {
    this.box.ignoreFocusOut = true;
    this.box.show();
    this.settling.add('focus');
  }

  private follow(): { dispose(): unknown }[] {
    const { box } = this;
    return [
      box.onDidChangeValue(() => this.list()),
      box.onDidChangeActive(([active]) => {
        this.isBehind = false;
        if (active !== undefined && !this.isAside) this.activeKey = active.key;
      }),
      box.onDidAccept(() => this.attempt(() => this.accept())),
      box.onDidTriggerItemButton(({ item, button }) => {
        if (isLookUpButton(button)) this.attempt(() => this.press(item.row, button.action));
      }),
      box.onDidTriggerButton(() => this.attempt(() => this.aside(() => this.chooseInstance()))),
      box.onDidHide(() => {
        if (!this.isAside) this.dispose();
      }),
      this.state.onDidChange(() => this.answers.add('words')),
      this.parts.inventory.onDidChange(() => {
        if (this.state.followInventory()) this.answers.add('words');
        else this.dispose();
      }),
    ];
  }

  private list(): void {
    const { value } = this.box;
    // A paste behind a text that was looked up is another look-up, not the end of one long ID.
    const isPasted = this.lookedUp !== '' && value.startsWith(this.lookedUp) && value.length > this.lookedUp.length + 1;
    if (isPasted) this.box.value = value.slice(this.lookedUp.length);
    this.lookedUp = '';
    this.state.list(this.box.value);
    this.isBehind = this.box.value !== '';
    this.activeKey = undefined;
    this.draw('anew');
  }

  /** With new words, the list stays where it was scrolled to, and so does the row chosen. */
  private draw(how: 'anew' | 'again' = 'again'): void {
    if (this.isDisposed) return;
    const { box, state } = this;
    this.ages.add('words');
    box.title = this.title;
    box.busy = state.isAsking;
    box.buttons = this.parts.lookUpInstance.hasOthers ? [this.buttons.chooseInstance] : [];
    const knowledge = this.knowledge();
    const items = state.rows.map((row) => itemOf(row, knowledge));
    const drawn = JSON.stringify(items);
    if (how === 'again' && drawn === this.drawn) return;
    this.drawn = drawn;
    const active = how === 'again' ? activeAgain(this.activeKey, box.items, items) : [];
    box.keepScrollPosition = how === 'again';
    box.items = items;
    if (active.length > 0) box.activeItems = active;
  }

  private get title(): string {
    const title = t('Look Up Clients of "{0}"', this.state.instance.name);
    return this.state.hasAnswers ? t('{0} · Enter on an answer verifies it in real time (1 call)', title) : title;
  }

  private knowledge(): LookUpKnowledge {
    const { state, buttons, parts } = this;
    return {
      now: Date.now(),
      staleAfterSeconds: parts.settings.staleAfterSeconds,
      verifiesChanges: parts.settings.verifiesChanges,
      buttons,
      statusOf: (clientId) => state.statusOf(clientId),
      isChecking: (clientId) => state.isChecking(clientId),
      isRecent: (clientId) => state.isRecent(clientId),
      aliasOf: (clientId) => attentionOf(state.saved.instance, clientId).alias,
      groupsOf: (clientId) => state.saved.groupsOf(clientId),
      savedElsewhere: (clientId) => this.savedElsewhere(clientId),
    };
  }

  private savedElsewhere(clientId: string): string | undefined {
    const { instanceId } = this.state.instance;
    const others = this.parts.inventory.inventory.instances.filter((each) => each.instanceId !== instanceId);
    return others.find(({ groups }) => groups.some(({ clientIds }) => clientIds.includes(clientId)))?.name;
  }

  private async accept(): Promise<void> {
    const { state, box } = this;
    const chosen = this.isBehind ? undefined : (box.selectedItems[0] ?? box.activeItems[0]);
    const row = chosen?.row ?? state.rows.find(({ kind }) => kind !== 'heading');
    if (row !== undefined) this.activeKey = keyOfRow(row);
    switch (row?.kind) {
      case 'client':
      case 'lookUp':
        this.lookedUp = box.value;
        return state.askOne(row.clientId);
      case 'lookUpMany':
        return this.askMany(row.parsed, row.parsed.accepted.length > MOST_ANSWERS_SHOWN);
      case 'group':
        box.value = `${row.groupId}@@@`;
        this.list();
        return;
      case 'clearRecent':
        state.clearRecent();
        return;
      case 'heading':
      case 'more':
      case 'refused':
      case 'tooMany':
      case undefined:
    }
  }

  private async press(row: LookUpRow | undefined, action: LookUpAction): Promise<void> {
    if (row?.kind === 'lookUpMany') return this.askMany(row.parsed, true);
    if (row?.kind !== 'client') return;
    const { state, parts } = this;
    const { clientId } = row;
    switch (action) {
      case 'verify':
        return state.ask([clientId], 'verified');
      case 'watch':
        return this.aside(() => watchClient(parts, state.instance, clientId));
      case 'addToGroup':
        return this.aside(() => addToGroup(parts, state.instance, clientId));
      case 'whyOffline':
        // Its document is what the person wants to read next.
        this.dispose();
        return explainClient(state.instance, clientId);
      case 'copy':
        return vscode.env.clipboard.writeText(clientId);
      case 'forget':
        return state.forget(clientId);
      case 'table':
      case 'chooseInstance':
    }
  }

  private async askMany(parsed: ParsedClientIds, isTable: boolean): Promise<void> {
    const { accepted, refused } = parsed;
    if (!isTable) {
      this.lookedUp = this.box.value;
      return this.state.askMany(accepted);
    }
    const { instance } = this.state;
    this.dispose();
    const note = refused.length === 0 ? '' : summaryOf(parsed);
    await this.parts.textChecks.lookUp(t('look-up in "{0}"', instance.name), note, instance, accepted);
  }

  private async chooseInstance(): Promise<void> {
    const chosen = await this.parts.lookUpInstance.choose();
    if (chosen === undefined) return;
    await this.state.change(chosen);
    this.list();
  }

  /** Does something that asks the person in a pick of its own, and comes back to where the list was. */
  private async aside(work: () => Promise<void>): Promise<void> {
    this.isAside = true;
    try {
      await work();
    } finally {
      this.drawn = '';
      this.draw();
      this.isAside = false;
      if (!this.isDisposed) this.present();
    }
  }

  private attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      void tellError(sayable(error, this.parts.log).message);
    });
  }

  /** What was asked goes on; only the list ends. */
  private dispose(): void {
    this.isDisposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** The row chosen as it is now; where it was taken out, the one in its place. */
function activeAgain(key: string | undefined, before: readonly LookUpItem[], now: readonly LookUpItem[]): LookUpItem[] {
  const same = now.find((item) => item.key === key);
  const at = before.findIndex((item) => item.key === key);
  const inPlace = at < 0 ? undefined : now.slice(at).find(({ row }) => row?.kind !== 'heading');
  return [same ?? inPlace ?? []].flat();
}
