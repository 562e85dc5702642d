import * as vscode from 'vscode';
import { ContextKeys } from './host/contextKeys';
import { Credentials } from './host/credentials';
import { InventoryFile } from './host/inventoryFile';
import { Settings } from './host/settings';
import { SharedFolder } from './host/sharedFolder';
import { COMMANDS, VIEW_ID } from './manifest';
import { assembleSessions } from './sessions/assemble';
import { AutoRefresh } from './sessions/autoRefresh';
import { placeOf } from './host/place';
import { BudgetGuard } from './ui/budgetGuard';
import { refreshCommands } from './ui/commands/refreshCommands';
import { MeterStatus } from './ui/meterStatus';
import { dayText } from './ui/meterWords';
import { Checks } from './ui/checks';
import { ClientDecorations } from './ui/clientDecorations';
import { Subjects } from './ui/commands/arguments';
import { checkCommands } from './ui/commands/checkCommands';
import { credentialCommands } from './ui/commands/credentialCommands';
import { inventoryCommands } from './ui/commands/inventoryCommands';
import { localCommands } from './ui/commands/localCommands';
import { followChanges } from './ui/followChanges';
import { InstancesView } from './ui/instancesView';
import { LocalInstanceControl } from './ui/local/localInstanceControl';
import { quickLookup } from './ui/quickLookup';
import { registerCommand } from './ui/run';
import { InstancesTree } from './ui/tree/instancesTree';

/** The parts list, in dependency order. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends { dispose(): unknown }>(part: T): T => (context.subscriptions.push(part), part);
  const log = own(vscode.window.createOutputChannel('ApsaraMQ for MQTT', { log: true }));
  const contextKeys = new ContextKeys();
  const settings = new Settings();
  const inventory = own(new InventoryFile(context.globalStorageUri));
  const credentials = own(new Credentials(context.secrets));
  const shared = own(new SharedFolder(context.globalStorageUri));
  const sessions = own(
    assembleSessions({
      credential: (name) => credentials.get(name),
      accountOf: (name) => credentials.accountOf(name),
      placeOf: (instanceId) => placeOf(inventory.inventory, credentials, instanceId),
      inventory: () => inventory.inventory,
      settings,
      shared,
      log,
    }),
  );
  const { store, checker, meter, statuses, lease, round } = sessions;
  const tree = own(
    new InstancesTree(inventory, store, credentials, settings, (instanceId) =>
      dayText(meter.today(instanceId), settings),
    ),
  );
  const view = own(new InstancesView(tree, inventory, store, settings, contextKeys));
  const checks = own(
    new Checks(checker, contextKeys, (text) => view.showProgress(text), new BudgetGuard(meter, inventory, settings)),
  );
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'emulator.js').fsPath;
  const local = own(new LocalInstanceControl({ script, inventory, credentials, settings, contextKeys }));
  const subjects = new Subjects(inventory);
  const refresh = own(
    new AutoRefresh({
      intervalSeconds: () => settings.autoRefreshIntervalSeconds,
      isWatched: () => view.isWatched,
      round: (signal) => round.run(signal),
      now: Date.now,
    }),
  );
  own(new MeterStatus(meter, inventory, settings));
  own(shared.onDidCount(() => void meter.flush()));
  own(shared.onDidFind(() => void statuses.follow()));
  own(view.onDidChangeWatched(() => void (view.isWatched ? meter.flush() : lease.release())));
  own(new ClientDecorations(store));
  own(followChanges(inventory, credentials, checker));
  own(view.onDidChangeWatched(() => refresh.update()));
  own(settings.onDidChange(() => refresh.update()));
  inventoryCommands({ inventory, credentials, subjects, log }).forEach(own);
  credentialCommands(credentials, log).forEach(own);
  checkCommands({ inventory, checks, subjects, log }).forEach(own);
  localCommands(local, inventory, checks, log).forEach(own);
  refreshCommands(inventory, settings, log).forEach(own);
  own(quickLookup(checks, store, subjects, log));
  own(registerCommand('showLog', log, () => log.show()));
  if (settings.localInstance.startsWithWindow) {
    void vscode.commands
      .executeCommand(`${VIEW_ID}.focus`)
      .then(() => vscode.commands.executeCommand(COMMANDS.startLocalInstance));
  }
}
