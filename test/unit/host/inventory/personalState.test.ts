import assert from 'node:assert/strict';
import { PersonalState } from '../../../../src/host/inventory/personalState';
import { bindingKey } from '../../../../src/model/inventory/personal';

const TERMS = {
  file: 'file:///app',
  instanceId: 'mqtt-cn-1',
  regionId: 'cn-hangzhou',
  credentialName: 'prod',
  clients: 3,
};

function storage(): ConstructorParameters<typeof PersonalState>[0] {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, fallback?: T) => (values.get(key) ?? fallback) as T,
    update: (key, value) => {
      values.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

describe('what a person says of the inventories of workspaces', () => {
  it('keeps with a key for how many clients it was given, and that outlives the window', () => {
    const memento = storage();
    new PersonalState(memento).bind(TERMS, 'mine');
    const again = new PersonalState(memento);
    assert.deepEqual(again.personal.bindings, { [bindingKey(TERMS)]: { credential: 'mine', clients: 3 } });
    again.unbind({ ...TERMS, clients: 9 });
    assert.deepEqual(again.personal.bindings, {});
  });
});

const state = (): PersonalState => new PersonalState({ get: () => undefined, update: () => Promise.resolve() });

describe('the marks of a person', () => {
  it('go along to the new name of a group, and stay where that is the old one', () => {
    const personal = state();
    personal.mark(new Map([['pumps', { pinned: true }]]));
    personal.mark(new Map(), { from: 'pumps', to: 'pumps' });
    assert.deepEqual(personal.personal.marks, { pumps: { pinned: true } });
    personal.mark(new Map(), { from: 'pumps', to: 'valves' });
    assert.deepEqual(personal.personal.marks, { valves: { pinned: true } });
  });

  it('tell nobody of a mark that was taken out where there was none', () => {
    const personal = state();
    let told = 0;
    personal.onDidChange(() => told++);
    personal.mark(new Map([['a', { pinned: false }]]));
    assert.equal(told, 0);
    personal.mark(new Map([['a', { pinned: true }]]));
    personal.mark(new Map([['a', { pinned: false }]]));
    assert.equal(told, 2);
    assert.deepEqual(personal.personal.marks, {});
  });
});
