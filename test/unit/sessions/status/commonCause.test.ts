import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../../src/model/apiError';
import { SourceError } from '../../../../src/model/sources/sourceError';
import { CommonCause } from '../../../../src/sessions/status/commonCause';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';
import { Source } from '../fleet/wantedFleet';

describe('the one cause for which nothing can be asked', () => {
  let now = 0;
  const store = new StatusStore(() => now);
  const instance = (instanceId: string) => ({ name: instanceId, instanceId, credential: 'work', groups: [] });
  const source = new Source({ instances: [instance('a'), instance('b'), instance('c')] });
  const cause = new CommonCause(source, store);
  const current = (): ApiError | undefined => cause.current;

  const failed = (kind: ApiErrorKind, code: string): Finding => ({
    kind: 'failed',
    error: new ApiError(kind, code, undefined, { host: 'onsmqtt.cn-hangzhou.aliyuncs.com' }),
    at: ++now,
  });
  const answered = (): Finding => ({
    kind: 'answered',
    observation: { status: 'online', isVerified: false, checkedAt: ++now },
  });
  const hear = (instanceId: string, finding: Finding, clientId = '1') =>
    store.apply(instanceId, new Map([[clientId, finding]]));

  beforeEach(() => ['a', 'b', 'c'].forEach((id) => store.forget(id)));

  it('is there once all that were asked about fail alike, whoever was asked', () => {
    hear('a', failed('network', 'ENOTFOUND'));
    hear('b', failed('network', 'ENOTFOUND'));
    assert.equal(current()?.code, 'ENOTFOUND');
  });

  it('is none where it is the same in kind alone: other hosts, or another reason of a source', () => {
    const unfound = (host: string): Finding => ({
      kind: 'failed',
      error: new ApiError('network', 'ENOTFOUND', undefined, { host }),
      at: ++now,
    });
    hear('a', unfound('one.example.com'));
    hear('b', unfound('two.example.com'));
    assert.equal(current(), undefined);
    const noKey = (exitCode: number): Finding => ({
      kind: 'failed',
      error: new SourceError({ kind: 'commandFailed', exitCode }),
      at: ++now,
    });
    hear('a', noKey(1));
    hear('b', noKey(2));
    assert.equal(current(), undefined);
    hear('b', noKey(1));
    assert.equal(current()?.code, 'CommandFailed');
  });

  it('is none where causes differ, where one answers, and where nothing was asked', () => {
    assert.equal(current(), undefined);
    hear('a', failed('network', 'ENOTFOUND'));
    hear('b', failed('service', 'SignatureDoesNotMatch'));
    assert.equal(current(), undefined);
    hear('b', failed('network', 'ENOTFOUND'));
    assert.equal(current()?.code, 'ENOTFOUND');
    hear('b', answered());
    assert.equal(current(), undefined);
  });

  it('goes with a later answer about another client, and not with an earlier one that is only asked again', () => {
    hear('a', answered(), 'old');
    hear('a', failed('timeout', 'Timeout'));
    store.setChecking('a', ['old'], true);
    assert.equal(current()?.kind, 'timeout');
    hear('a', answered(), 'new');
    assert.equal(current(), undefined);
  });

  it('is forgotten with the instance: another key or address starts anew', () => {
    hear('a', failed('service', 'SignatureDoesNotMatch'));
    assert.ok(current() !== undefined);
    store.forget('a');
    assert.equal(current(), undefined);
  });

  it('is nothing that one client is to blame for, and nothing that the rows of instances say', () => {
    for (const finding of [
      failed('badClientId', 'InvalidClientId'),
      failed('service', 'Throttling.User'),
      failed('missingCredential', 'MissingCredential'),
    ]) {
      hear('a', finding);
      assert.equal(current(), undefined);
    }
  });

  it('is told when it comes and goes, and not each time it comes again', () => {
    const told: (string | undefined)[] = [];
    const subscription = cause.onDidChange(() => told.push(current()?.code));
    hear('a', failed('network', 'ENOTFOUND'));
    hear('a', answered());
    subscription.dispose();
    assert.deepEqual(told, ['ENOTFOUND', undefined]);
  });
});
