/** Nothing that distracts from the extension, or asks something, or calls home. */
export const calmSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'security.workspace.trust.enabled': false,
  'window.commandCenter': false,
  // a click on the view's icon never hides the view
  'workbench.activityBar.iconClickBehavior': 'focus',
};

/** What `npm start` shows without a further step. */
export const localInstanceSettings = {
  'apsaramqMqtt.localInstance.startWithWindow': true,
  'apsaramqMqtt.localInstance.simulatedClients': 20,
};
