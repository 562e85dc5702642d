import assert from 'node:assert/strict';
import { findProfile, parseProfiles } from '../../../../src/model/sources/cliProfiles';
import { commandOf, identityOf, resolveProfile } from '../../../../src/model/sources/resolveProfile';

const PAIR = { access_key_id: 'id', access_key_secret: 'secret' };
const ROLE = { ram_role_arn: 'acs:ram::1:role/r', ram_session_name: 's' };

function parsed(...profiles: readonly object[]) {
  const found = parseProfiles(JSON.stringify({ current: 'a', profiles }));
  assert.ok(found.kind === 'ok');
  return found.profiles;
}
const planOf = (profile: object) => parsed({ name: 'a', ...profile }).profiles[0]?.plan;
const problemOf = (profile: object) => {
  const plan = planOf(profile);
  return plan !== undefined && 'problem' in plan ? plan.problem : plan;
};

describe("the CLI's file of profiles", () => {
  it('is read with a byte order mark and with fields that nobody here knows', () => {
    const text =
      '\uFEFF{"current":"a","meta_path":"","profiles":[{"name":"a","mode":"AK","x":1,"access_key_id":"id","access_key_secret":"secret"}]}';
    const found = parseProfiles(text);
    assert.ok(found.kind === 'ok');
    const credential = { accessKeyId: 'id', accessKeySecret: 'secret' };
    assert.deepEqual(found.profiles, {
      current: 'a',
      profiles: [{ name: 'a', mode: 'AK', plan: { mode: 'AK', credential } }],
    });
  });

  it('says where it is malformed, and not a word of what stands there', () => {
    assert.deepEqual(parseProfiles('{\n  "profiles": [{"name": "planted-name" "x"}]}'), {
      kind: 'malformed',
      line: 2,
      column: 40,
    });
    assert.deepEqual(parseProfiles(''), { kind: 'malformed', line: 1, column: 1 });
    for (const text of ['[]', '"planted"', '{"profiles":{}}', '{"current":1}'])
      assert.deepEqual(parseProfiles(text), { kind: 'notProfiles' }, text);
  });

  it('without profiles holds none, as the CLI leaves it', () => {
    assert.deepEqual(parseProfiles('{"profiles":null}'), {
      kind: 'ok',
      profiles: { current: undefined, profiles: [] },
    });
  });

  it('keeps the others where one is not what it should be, and takes the first of a name', () => {
    const profiles = parsed(
      1 as unknown as object,
      { mode: 'AK' },
      { name: 'b', mode: 7 },
      { name: 'a', mode: 'AK', ...PAIR },
      { name: 'a', mode: 'OIDC' },
    );
    assert.deepEqual(
      profiles.profiles.map(({ name, mode }) => [name, mode]),
      [
        ['b', ''],
        ['a', 'AK'],
        ['a', 'OIDC'],
      ],
    );
    assert.equal(findProfile(profiles, 'a')?.mode, 'AK');
  });

  it('names the field that a profile lacks, for each mode', () => {
    const incomplete = (field: string) => ({ kind: 'incomplete', field });
    assert.deepEqual(problemOf({ mode: '' }), incomplete('mode'));
    assert.deepEqual(problemOf({ mode: 'AK', access_key_id: 'id' }), incomplete('access_key_secret'));
    assert.deepEqual(
      problemOf({ mode: 'AK', access_key_id: 'i d', access_key_secret: 's' }),
      incomplete('access_key_id'),
    );
    assert.deepEqual(problemOf({ mode: 'StsToken', ...PAIR }), incomplete('sts_token'));
    assert.deepEqual(problemOf({ mode: 'RamRoleArn', ...PAIR }), incomplete('ram_role_arn'));
    assert.deepEqual(
      problemOf({ mode: 'RamRoleArn', ...PAIR, ...ROLE, expired_seconds: 60 }),
      incomplete('expired_seconds'),
    );
    assert.deepEqual(problemOf({ mode: 'RamRoleArn', ...PAIR, ...ROLE, sts_region: 'a/b' }), incomplete('sts_region'));
    assert.deepEqual(
      problemOf({ mode: 'RamRoleArn', ...PAIR, ...ROLE, sts_endpoint: 'http://h' }),
      incomplete('sts_endpoint'),
    );
    assert.deepEqual(problemOf({ mode: 'ChainableRamRoleArn', ...ROLE }), incomplete('source_profile'));
    assert.deepEqual(problemOf({ mode: 'OIDC', ...ROLE, oidc_provider_arn: 'p' }), incomplete('oidc_token_file'));
    assert.deepEqual(problemOf({ mode: 'EcsRamRole', ram_role_name: '../x' }), incomplete('ram_role_name'));
    assert.deepEqual(problemOf({ mode: 'External', process_command: ' ' }), incomplete('process_command'));
  });

  it('says which modes are not supported, and takes those that are in any case of letters', () => {
    for (const mode of [
      'CloudSSO',
      'OAuth',
      'CredentialsURI',
      'BearerToken',
      'Anonymous',
      'RsaKeyPair',
      'RamRoleArnWithRoleName',
      'Later',
    ])
      assert.deepEqual(problemOf({ mode }), { kind: 'unsupported', mode });
    assert.deepEqual(planOf({ mode: 'ecsramrole' }), { mode: 'EcsRamRole', roleName: undefined });
  });

  it('asks STS where the profile says, over https, and over http on this machine alone', () => {
    const stsOf = (more: object) => {
      const plan = planOf({ mode: 'RamRoleArn', ...PAIR, ...ROLE, ...more });
      return plan !== undefined && 'role' in plan ? `${plan.role.sts.protocol} ${plan.role.sts.host}` : plan;
    };
    assert.equal(stsOf({}), 'HTTPS sts.aliyuncs.com');
    assert.equal(stsOf({ sts_region: 'cn-hangzhou' }), 'HTTPS sts.cn-hangzhou.aliyuncs.com');
    assert.equal(stsOf({ sts_region: 'cn-hangzhou', enable_vpc: true }), 'HTTPS sts-vpc.cn-hangzhou.aliyuncs.com');
    assert.equal(stsOf({ sts_endpoint: 'sts.example.com' }), 'HTTPS sts.example.com');
    assert.equal(stsOf({ sts_endpoint: '127.0.0.1:1' }), 'HTTP 127.0.0.1:1');
  });
});

describe('a profile', () => {
  const chain = (name: string, source_profile: string) => ({
    name,
    mode: 'ChainableRamRoleArn',
    ...ROLE,
    source_profile,
  });
  const key = { name: 'key', mode: 'AK', ...PAIR };

  it('is the named one, that of ALIBABA_CLOUD_PROFILE, or the current one, in this order', () => {
    const profiles = parsed({ ...key, name: 'a' }, { ...key, name: 'b' }, { ...key, name: 'c' });
    const nameOf = (...names: [string | undefined, string | undefined]) =>
      resolveProfile(profiles, ...names).profile?.name;
    assert.deepEqual(
      [nameOf('b', 'c'), nameOf(undefined, 'c'), nameOf(undefined, ''), nameOf(undefined, undefined)],
      ['b', 'c', 'a', 'a'],
    );
    const none = resolveProfile({ current: undefined, profiles: [] }, undefined, undefined);
    assert.deepEqual(none, { kind: 'problem', profile: undefined, problem: { kind: 'noCurrent' } });
  });

  it('builds upon others down to a key, and not upon itself', () => {
    const profiles = parsed(
      chain('top', 'middle'),
      chain('middle', 'key'),
      key,
      chain('x', 'y'),
      chain('y', 'x'),
      chain('z', 'gone'),
    );
    const found = resolveProfile(profiles, 'top', undefined);
    assert.ok(found.kind === 'ok' && found.plan.mode === 'ChainableRamRoleArn');
    assert.equal(found.plan.source.mode, 'ChainableRamRoleArn');
    const problem = (name: string) => {
      const resolved = resolveProfile(profiles, name, undefined);
      return resolved.kind === 'problem' ? resolved.problem.kind : '';
    };
    assert.deepEqual([problem('x'), problem('z'), problem('gone')], ['loop', 'noProfile', 'noProfile']);
  });

  it('is another with another key, role or command, and its command is known through a chain', () => {
    const command = { name: 'run', mode: 'External', process_command: 'tool --x' };
    const profiles = parsed(
      key,
      { ...key, name: 'key2', access_key_id: 'id2' },
      command,
      chain('top', 'run'),
      chain('low', 'key'),
    );
    const plans = ['key', 'key2', 'run', 'top', 'low'].map((name) => {
      const found = resolveProfile(profiles, name, undefined);
      assert.ok(found.kind === 'ok');
      return found.plan;
    });
    assert.equal(new Set(plans.map(identityOf)).size, 5);
    assert.deepEqual(plans.map(commandOf), [undefined, undefined, 'tool --x', 'tool --x', undefined]);
  });
});
