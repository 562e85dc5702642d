// Every id that package.json also names; a test compares the two.

export const PREFIX = 'apsaramqMqtt';
export const VIEW_ID = 'apsaramqMqtt.instances';

export const COMMANDS = {
  addInstance: 'apsaramqMqtt.addInstance',
  editInstance: 'apsaramqMqtt.editInstance',
  removeInstance: 'apsaramqMqtt.removeInstance',
  setCredential: 'apsaramqMqtt.setCredential',
  removeCredential: 'apsaramqMqtt.removeCredential',
  addGroup: 'apsaramqMqtt.addGroup',
  renameGroup: 'apsaramqMqtt.renameGroup',
  removeGroup: 'apsaramqMqtt.removeGroup',
  addClients: 'apsaramqMqtt.addClients',
  removeClients: 'apsaramqMqtt.removeClients',
  checkAll: 'apsaramqMqtt.checkAll',
  checkInstance: 'apsaramqMqtt.checkInstance',
  checkGroup: 'apsaramqMqtt.checkGroup',
  checkClient: 'apsaramqMqtt.checkClient',
  verifyClient: 'apsaramqMqtt.verifyClient',
  cancelCheck: 'apsaramqMqtt.cancelCheck',
  lookUpClients: 'apsaramqMqtt.lookUpClients',
  startAutoRefresh: 'apsaramqMqtt.startAutoRefresh',
  stopAutoRefresh: 'apsaramqMqtt.stopAutoRefresh',
  copyClientId: 'apsaramqMqtt.copyClientId',
  openInventory: 'apsaramqMqtt.openInventory',
  showLog: 'apsaramqMqtt.showLog',
  startLocalInstance: 'apsaramqMqtt.startLocalInstance',
  stopLocalInstance: 'apsaramqMqtt.stopLocalInstance',
  simulateClient: 'apsaramqMqtt.simulateClient',
} as const;

export const SETTINGS = {
  maxCallsPerSecond: 'maxCallsPerSecond',
  autoRefreshIntervalSeconds: 'autoRefresh.intervalSeconds',
  dailyCallBudget: 'dailyCallBudget',
  pricePerMillionCalls: 'pricePerMillionCalls',
  currency: 'currency',
  verifyChanges: 'verifyChanges',
  staleAfterSeconds: 'staleAfterSeconds',
  viewBadge: 'viewBadge',
  localStartWithWindow: 'localInstance.startWithWindow',
  localSimulatedClients: 'localInstance.simulatedClients',
  localApiPort: 'localInstance.apiPort',
  localMqttPort: 'localInstance.mqttPort',
} as const;

export const CONTEXT_KEYS = {
  /** 'loading', 'empty', 'broken' or 'ready'. */
  inventory: 'apsaramqMqtt.inventory',
  isChecking: 'apsaramqMqtt.isChecking',
  isLocalRunning: 'apsaramqMqtt.isLocalRunning',
} as const;
