/**
 * "Topics cannot be used across instances" (the vendor's "Manage topics"). Parent topics need no creating here, so one
 * name stands for those of somebody else's instance: a client that uses it is refused as the service refuses it.
 */
export const FOREIGN_PARENT_TOPIC = 'topic-of-another-instance';

/** True for a topic, or a filter of topics, that a client of the local instance may use. */
export function mayUse(topic: string): boolean {
  return topic.split('/', 1)[0] !== FOREIGN_PARENT_TOPIC;
}
