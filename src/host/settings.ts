import * as vscode from 'vscode';
import { PREFIX, SETTINGS } from '../manifest';

/** The user's settings, read on each use and kept within their bounds. */
export class Settings {
  get maxCallsPerSecond(): number {
    return within(this.number(SETTINGS.maxCallsPerSecond), 1, 100);
  }

  /** 0 means off. */
  get autoRefreshIntervalSeconds(): number {
    const seconds = this.number(SETTINGS.autoRefreshIntervalSeconds);
    return seconds > 0 ? within(seconds, 10, 86_400) : 0;
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

  async setAutoRefreshIntervalSeconds(seconds: number): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(PREFIX);
    await configuration.update(SETTINGS.autoRefreshIntervalSeconds, seconds, vscode.ConfigurationTarget.Global);
  }

  get showsViewBadge(): boolean {
    return this.read(SETTINGS.viewBadge) !== false;
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
    return vscode.workspace.getConfiguration(PREFIX).get(key);
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
