import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/model/sources/sourceError';

describe('the failure of a source', () => {
  it('still says why when more is known of its call', () => {
    const error = new SourceError({ kind: 'malformed', line: 2, column: 5 }).with({ instanceId: 'mqtt-cn-1' });
    assert.deepEqual(
      [error.problem, error.call],
      [{ kind: 'malformed', line: 2, column: 5 }, { instanceId: 'mqtt-cn-1' }],
    );
  });
});
