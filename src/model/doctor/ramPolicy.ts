import { ramActionsOf } from './ramActions';

/** What a key may be used for here; each needs actions of its own. */
export const POLICY_FEATURES = ['batch', 'realTime', 'trace', 'lists'] as const;
export type PolicyFeature = (typeof POLICY_FEATURES)[number];

/** ListInstances needs no action, so that the lists stand for ListGroupId alone. */
const OPERATION_OF: Readonly<Record<PolicyFeature, string>> = {
  batch: 'BatchQuerySessionByClientIds',
  realTime: 'QuerySessionByClientId',
  trace: 'QueryMqttTraceDevice',
  lists: 'ListGroupId',
};

/** The page "RAM authentication" wants it for every operation; that of BatchQuerySessionByClientIds does not name it. */
export const INSTANCE_ACCESS = 'mq:MqttInstanceAccess';

/** The actions of the features chosen, each once, and none besides. */
export function actionsOfFeatures(features: readonly PolicyFeature[]): string[] {
  const chosen = POLICY_FEATURES.filter((feature) => features.includes(feature));
  return [...new Set(chosen.flatMap((feature) => ramActionsOf(OPERATION_OF[feature])))];
}

/** The least policy in RAM's JSON. The documents write an instance in two ways, so each is named in both. */
export function ramPolicy(instanceIds: readonly string[], features: readonly PolicyFeature[]): string {
  const ids = [...new Set(instanceIds)];
  const statement = {
    Effect: 'Allow',
    Action: actionsOfFeatures(features),
    Resource: ids.flatMap((id) => [`acs:mq:*:*:${id}`, `acs:mq:*:*:instance/${id}`]),
  };
  return `${JSON.stringify({ Version: '1', Statement: [statement] }, undefined, 2)}\n`;
}
