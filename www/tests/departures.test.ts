import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupApi, NewGroup } from '../src/api/groups';
import { noNetwork } from './fakes';
import { GROUP, groupHead, shared } from './group_fakes';
import { connect, makeWorld } from './world';

test('live: what was overtaken by a removal brings nothing back, and an old removal takes nothing', async () => {
  const world = makeWorld();
  await connect(world);
  const removal = (changed_seq: number) => {
    world.sockets.last.frame({
      event: 'conversation',
      conversation: { id: 9, kind: 'group', removed: true, changed_seq },
    });
  };
  world.conversations.adopt(groupHead());
  removal(6);
  // I was made an administrator by row 5; its event comes late, and so does an answer to a question.
  const before = groupHead({ changed_seq: 5, role: 'admin' });
  world.sockets.last.frame({ event: 'conversation', conversation: before });
  world.server.chat.conversation = () => Promise.resolve(before);
  world.sockets.last.frame({
    event: 'conversation',
    shared: true,
    conversation: { id: 9, kind: 'group', group: shared({ changed_seq: 5 }) },
  });
  await world.timers.advance(0);
  assert.equal(world.conversations.get(9), undefined);
  const again = groupHead({ changed_seq: 8 });
  world.sockets.last.frame({ event: 'conversation', conversation: again });
  removal(6);
  await world.timers.advance(0);
  assert.equal(world.conversations.get(9)?.head.peek().group?.changed_seq, 8);
  removal(9);
  assert.equal(world.conversations.get(9), undefined);
});

test('a group that was perhaps made is asked for with the same key, another with another', async () => {
  const keys: (string | undefined)[] = [];
  let down = true;
  const world = makeWorld({
    create: (group: NewGroup) => {
      keys.push(group.client_key);
      if (down) return Promise.reject(noNetwork);
      return Promise.resolve({ ...shared({}), ...GROUP });
    },
  } as unknown as GroupApi);
  world.server.chat.conversation = () => Promise.resolve(groupHead());
  await assert.rejects(world.groups.create({ name: 'One' }));
  down = false;
  await world.groups.create({ name: 'One' });
  await world.groups.create({ name: 'One' });
  await world.groups.create({ name: 'Two' });
  assert.equal(keys[0], keys[1]);
  assert.equal(new Set(keys).size, 3);
});
