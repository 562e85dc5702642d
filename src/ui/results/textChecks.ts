import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { byInstance, MOST_CLIENT_IDS, type PlannedClient, planCheck } from '../../model/results/checkPlan';
import { clientIdsOfPaste } from '../../model/clientIds/clientIdsOfPaste';
import type { Instance } from '../../model/inventory/inventory';
import { callsOfRound } from '../../sessions/meter/callCost';
import type { Freshness } from '../../sessions/calls/question';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import type { StatusStore } from '../../sessions/status/statusStore';
import type { CheckResult, Checks } from '../checks';
import type { ClientIdsInText } from '../editor/clientIdsInText';
import type { LookUpInstance } from '../lookup/lookUpInstance';
import { numberText } from '../words/numbers';
import { UserError } from '../userError';
import { tellInformation } from '../tell';
import { mayCost } from './confirmCost';
import type { ResultsPanel } from './resultsPanel';
import { ResultSet } from './resultSet';
import type { TextSource } from './textSources';

const t = vscode.l10n.t;

/** What a command tells its caller of one client of a text. */
export interface TextCheckResult extends CheckResult {
  /** The instance ID that was asked. */
  readonly instance: string;
}

export interface TextChecksParts {
  readonly inventory: Inventories;
  readonly store: StatusStore;
  readonly checks: Checks;
  readonly ids: Pick<ClientIdsInText, 'findAll'>;
  readonly lookUpInstance: LookUpInstance;
}

/** Client IDs in any text: found, asked about where each belongs, and shown in the table. */
export class TextChecks {
  constructor(
    private readonly parts: TextChecksParts,
    private readonly panel: () => ResultsPanel,
  ) {}

  /** For a person: says what it costs, and shows the answers as they come. */
  async show(source: TextSource): Promise<void> {
    const { clientIds, refused } = await this.find(source);
    if (clientIds.length === 0) {
      void tellInformation(nothingFound(source));
      return;
    }
    const planned = await this.plan(clientIds, this.parts.lookUpInstance.current);
    if (planned !== undefined) await this.start(source.name, refusedText(refused), planned);
  }

  /** For a person who was told what it costs, and which instance is asked. */
  async lookUp(title: string, note: string, instance: Instance, clientIds: readonly string[]): Promise<void> {
    await this.open(
      title,
      note,
      clientIds.map((clientId) => ({ clientId, instance })),
    );
  }

  /** For a caller without UI: one result for each client ID, in the order of the text. */
  async check(source: TextSource, instance: Instance | undefined): Promise<TextCheckResult[]> {
    const { clientIds } = await this.find(source);
    const planned = planCheck(clientIds, this.parts.inventory.inventory, instance ?? this.onlyInstance);
    if (planned === undefined) throw new UserError(t('Several instances are saved: name one of them in "instance".'));
    const requests = byInstance(planned);
    const results = new Map<string, CheckResult>();
    const told = await this.parts.checks.run(requests, 'cached');
    const asked = requests.flatMap(({ target, clientIds: ids }) => ids.map((id) => `${target.instanceId} ${id}`));
    asked.forEach((key, at) => {
      const result = told[at];
      if (result !== undefined) results.set(key, result);
    });
    return planned.flatMap(({ clientId, instance: { instanceId } }) => {
      const result = results.get(`${instanceId} ${clientId}`);
      return result === undefined ? [] : [{ ...result, instance: instanceId }];
    });
  }

  /** Asks about rows of the table again. */
  async checkRows(set: ResultSet, keys: readonly number[], freshness: Freshness): Promise<void> {
    const requests = set.requests(keys);
    const clients = requests.map(({ clientIds }) => clientIds.length);
    const count = clients.reduce((sum, each) => sum + each, 0);
    if (count === 0) throw new UserError(t('The instance of these client IDs is not saved any more.'));
    if (await mayCost(count, freshness === 'verified' ? count : callsOfRound(clients), freshness))
      await this.ask(requests, freshness);
  }

  /** Asks another instance about those of a set that are saved nowhere. */
  async changeInstance(set: ResultSet): Promise<void> {
    const chosen = await this.parts.lookUpInstance.choose();
    const ids = set.planned.map(({ clientId }) => clientId);
    const planned = chosen === undefined ? undefined : await this.plan(ids, chosen);
    if (planned !== undefined) await this.start(set.title, set.note, planned);
  }

  private async find({ name, text, isPaste }: TextSource) {
    await this.parts.inventory.ready;
    const paste = isPaste === true ? clientIdsOfPaste(text) : undefined;
    const found = paste?.accepted ?? (await this.findIn(text));
    if (found.length > MOST_CLIENT_IDS)
      throw new UserError(
        t(
          '{0} holds {1} client IDs; {2} at most are checked at once.',
          name,
          numberText(found.length),
          numberText(MOST_CLIENT_IDS),
        ),
      );
    return { clientIds: found, refused: paste?.refused.length ?? 0 };
  }

  private async findIn(text: string): Promise<string[]> {
    const found = await this.parts.ids.findAll(text);
    return [...new Set(found.map(({ clientId }) => clientId))];
  }

  /** Undefined when the person cancelled. */
  private async plan(clientIds: readonly string[], chosen: Instance | undefined): Promise<PlannedClient[] | undefined> {
    const { inventory } = this.parts.inventory;
    const planned = planCheck(clientIds, inventory, chosen);
    if (planned !== undefined) return planned;
    const asked = await this.parts.lookUpInstance.choose();
    return asked === undefined ? undefined : planCheck(clientIds, inventory, asked);
  }

  private async start(title: string, note: string, planned: readonly PlannedClient[]): Promise<void> {
    const clients = byInstance(planned).map(({ clientIds }) => clientIds.length);
    if (await mayCost(planned.length, callsOfRound(clients), 'cached')) await this.open(title, note, planned);
  }

  private async open(title: string, note: string, planned: readonly PlannedClient[]): Promise<void> {
    const set = new ResultSet(title, note, planned, this.parts);
    this.panel().show(set);
    await this.ask(set.requests(planned.keys()), 'cached');
  }

  private async ask(requests: readonly CheckRequest[], freshness: Freshness): Promise<void> {
    await this.panel().during(() => this.parts.checks.run(requests, freshness));
  }

  /** Where there is one alone, nobody is asked which. */
  private get onlyInstance(): Instance | undefined {
    const { instances } = this.parts.inventory.inventory;
    return instances.length === 1 ? instances[0] : undefined;
  }
}

function nothingFound({ name }: TextSource): string {
  return t('No client ID was found in {0}. One reads GID_group@@@device, or is saved in the inventory.', name);
}

function refusedText(refused: number): string {
  return refused === 0 ? '' : t('Left out because no client ID reads so: {0}', numberText(refused));
}
