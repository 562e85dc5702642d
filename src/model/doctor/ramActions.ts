/**
 * The RAM actions that an operation needs on its instance. BatchQuerySessionByClientIds: as its own page says.
 * QuerySessionByClientId, QueryMqttTraceDevice and ListGroupId: the page "RAM authentication" of ApsaraMQ for MQTT
 * (control-sdk-reference-ram-user-authentication), whose earlier edition called the last one `mq:ListGroupId`.
 * ListInstances: its page (api-onsmqtt-2020-04-20-listinstances, 2025-12-19) says "No authorization for this operation".
 */
const RAM_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  BatchQuerySessionByClientIds: ['mq:BatchQuerySessionByClientIds'],
  QuerySessionByClientId: ['mq:MqttInstanceAccess'],
  QueryMqttTraceDevice: ['mq:QueryMqttDeviceTrace'],
  ListGroupId: ['mq:MqttInstanceAccess', 'mq:ListMqttGroupId'],
  ListInstances: [],
};

/** What a check asks by default: the batch, and the confirmation in real time. */
const OF_A_CHECK = ['mq:BatchQuerySessionByClientIds', 'mq:MqttInstanceAccess'];

/** The actions that an operation needs; none where the documents name none. Those of a check where it is not known which it was. */
export function ramActionsOf(operation: string | undefined): readonly string[] {
  if (operation === undefined) return OF_A_CHECK;
  return Object.hasOwn(RAM_ACTIONS, operation) ? (RAM_ACTIONS[operation] ?? []) : [];
}
