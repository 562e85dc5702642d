import assert from 'node:assert/strict';
import { actionsOfFeatures, POLICY_FEATURES, ramPolicy } from '../../../../src/model/doctor/ramPolicy';

describe('the RAM policy for what is chosen', () => {
  it('allows the actions of that and no others, on these instances and no others, each written both ways', () => {
    const policy: unknown = JSON.parse(ramPolicy(['post-cn-1', 'mqtt-cn-2', 'post-cn-1'], ['batch', 'realTime']));
    assert.deepEqual(policy, {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['mq:BatchQuerySessionByClientIds', 'mq:MqttInstanceAccess'],
          Resource: [
            'acs:mq:*:*:post-cn-1',
            'acs:mq:*:*:instance/post-cn-1',
            'acs:mq:*:*:mqtt-cn-2',
            'acs:mq:*:*:instance/mqtt-cn-2',
          ],
        },
      ],
    });
  });

  it('has the actions that the documents name for each feature, each once', () => {
    assert.deepEqual(
      POLICY_FEATURES.map((feature) => actionsOfFeatures([feature])),
      [
        ['mq:BatchQuerySessionByClientIds'],
        ['mq:MqttInstanceAccess'],
        ['mq:QueryMqttDeviceTrace'],
        ['mq:MqttInstanceAccess', 'mq:ListMqttGroupId'],
      ],
    );
    assert.deepEqual(actionsOfFeatures(['lists', 'realTime']), ['mq:MqttInstanceAccess', 'mq:ListMqttGroupId']);
  });

  it('holds an odd instance ID as the text it is', () => {
    const { Statement } = JSON.parse(ramPolicy(['a","Effect":"x'], ['batch'])) as {
      Statement: { Resource: string[] }[];
    };
    assert.equal(Statement[0]?.Resource[0], 'acs:mq:*:*:a","Effect":"x');
  });
});
