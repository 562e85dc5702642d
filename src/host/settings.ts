import * as vscode from 'vscode';
import { PREFIX, SETTINGS } from '../manifest';

/** The user's settings, kept within their bounds. VS Code copies them all at each reading, so each is read once. */
export class Settings implements vscode.Disposable {
  private readonly known = new Map<string, unknown>();
  private readonly subscription = this.onDidChange(() => this.known.clear());

  dispose(): void {
    this.subscription.dispose();
  }

  get maxCallsPerSecond(): number {
    return within(this.number(SETTINGS.maxCallsPerSecond), 1, 100);
  }

  /** 0 means off. */
  get autoRefreshIntervalSeconds(): number {
    const seconds = this.number(SETTINGS.autoRefreshIntervalSeconds);
    return seconds > 0 ? within(seconds, 10, 86_400) : 0;
  }

  get autoRefreshStopAfterMinutes(): number {
    return within(this.number(SETTINGS.autoRefreshStopAfterMinutes), 1, 1440);
  }

  get verifiesChanges(): boolean {
    return this.read(SETTINGS.verifyChanges) !== false;
  }

  get staleAfterSeconds(): number {
    return within(this.number(SETTINGS.staleAfterSeconds), 10, 86_400);
  }

  /** Calls a day of one instance; 0 for no limit. */
  get dailyCallBudget(): number {
    return within(this.number(SETTINGS.dailyCallBudget), 0, Number.MAX_SAFE_INTEGER);
  }

  /** 0 where the user entered none. */
  get pricePerMillionCalls(): number {
    const price = this.read(SETTINGS.pricePerMillionCalls);
    return typeof price === 'number' && Number.isFinite(price) ? Math.max(0, price) : 0;
  }

  /** A currency code of ISO 4217. */
  get currency(): string {
    const currency = this.read(SETTINGS.currency);
    return typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency) ? currency : 'CNY';
  }

  /** What auto refresh from the settings is of, as "Group", "Instance" or "Instance/Group"; empty for all. */
  get autoRefreshOnly(): readonly string[] {
    return this.names(SETTINGS.autoRefreshOnly);
  }

  /** What is followed while debugging, as "Group", "Instance" or "Instance/Group". */
  get debugWatchGroups(): readonly string[] {
    return this.names(SETTINGS.debugWatchGroups);
  }

  get showsViewBadge(): boolean {
    return this.read(SETTINGS.viewBadge) !== false;
  }

  /** How long a watch goes on at most. */
  get watchMinutes(): number {
    return within(this.number(SETTINGS.watchMinutes), 1, 240);
  }

  /** So many changes in so many minutes are flapping; no more of a client's changes are remembered than 20. */
  get flapping() {
    return {
      changes: within(this.number(SETTINGS.flappingChanges), 2, 20),
      minutes: within(this.number(SETTINGS.flappingMinutes), 1, 1440),
    };
  }

  get notifies(): boolean {
    return this.read(SETTINGS.notificationsEnabled) === true;
  }

  /** As entered, such as "22:00-07:00"; empty for none. */
  get quietHours(): string {
    const hours = this.read(SETTINGS.notificationsQuietHours);
    return typeof hours === 'string' ? hours.trim() : '';
  }

  /** As entered: whoever uses them says which are no patterns. */
  get clientIdPatterns(): readonly unknown[] {
    const patterns: unknown = this.read(SETTINGS.clientIdPatterns);
    return Array.isArray(patterns) ? (patterns as readonly unknown[]) : [];
  }

  get showsInlineStatus(): boolean {
    return this.read(SETTINGS.editorInlineStatus) === true;
  }

  get showsCodeLens(): boolean {
    return this.read(SETTINGS.editorCodeLens) === true;
  }

  get localInstance() {
    return {
      startsWithWindow: this.read(SETTINGS.localStartWithWindow) === true,
      simulatedClients: within(this.number(SETTINGS.localSimulatedClients), 0, 1000),
      apiPort: within(this.number(SETTINGS.localApiPort), 0, 65_535),
      mqttPort: within(this.number(SETTINGS.localMqttPort), 0, 65_535),
    };
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(PREFIX)) listener();
    });
  }

  private read(key: string): unknown {
    if (!this.known.has(key)) this.known.set(key, vscode.workspace.getConfiguration(PREFIX).get(key));
    return this.known.get(key);
  }

  private names(key: string): readonly string[] {
    const names: unknown = this.read(key);
    if (!Array.isArray(names)) return [];
    return names.filter((name: unknown): name is string => typeof name === 'string' && name.trim() !== '');
  }

  /** A value of another type counts as 0, which every bound then lifts to its least. */
  private number(key: string): number {
    const value = this.read(key);
    return typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0;
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
