import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Message } from '../src/api/chat';
import { Apart, pinsOf, rowOf } from '../src/store/apart';
import type { Conversation } from '../src/store/conversations';
import { MessageActions } from '../src/store/message_actions';
import { Reactions } from '../src/store/reactions';
import { ChangingServer, plain } from './changing_server';
import { refusal, settle } from './fakes';
import { connect, makeWorld, type World } from './world';

const ME = 1;
let server: ChangingServer;
let world: World;
let actions: MessageActions;
let reactions: Reactions;
let apart: Apart;
let conversation: Conversation;

beforeEach(async () => {
  server = new ChangingServer(ME);
  for (const text of ['one', 'two', 'three']) server.write(2, text, text);
  server.write(ME, 'mine', 'mine');
  world = makeWorld(undefined, server);
  const { timers, conversations } = world;
  const { messages, chat } = server;
  actions = new MessageActions({ me: ME, messages, conversations, timers });
  reactions = new Reactions({ me: ME, messages, conversations, timers });
  apart = new Apart({ me: ME, messages, chat });
  await connect(world);
  conversation = await world.open();
});

const row = (seq: number): Message => {
  const found = rowOf(conversation, seq);
  if (!found) throw new Error(`row ${seq} is not known`);
  return found;
};
const shown = (seq: number) =>
  reactions.of(row(seq)).map(({ emoji, count, mine }) => `${emoji}${count}${mine ? ' mine' : ''}`);
const follow = (): void => {
  for (const { seq } of server.rows) world.live(seq);
};
const same = (): void => {
  assert.deepEqual(conversation.stream.value.rows.map(plain), server.all().map(plain));
};

test('a reaction is shown at once, and counted once however it comes back', async () => {
  const done = reactions.toggle(row(1), '👍');
  assert.deepEqual(shown(1), ['👍1 mine']);
  await done;
  assert.deepEqual(shown(1), ['👍1 mine']);
  follow();
  assert.deepEqual(shown(1), ['👍1 mine']);
  await reactions.toggle(row(1), '👍');
  assert.deepEqual(shown(1), []);
  follow();
  assert.deepEqual(shown(1), []);
  same();
});

test('a refused reaction is taken back, and what others did meanwhile stays', async () => {
  server.refused = refusal(403, 'muted');
  const refused = assert.rejects(reactions.toggle(row(1), '👍'), { code: 'muted' });
  server.change(2, 'reaction', 1, { emoji: '👍', on: true });
  follow();
  assert.deepEqual(shown(1), ['👍2 mine']);
  await refused;
  assert.deepEqual(shown(1), ['👍1']);
});

test('changing one’s mind while the server answers: the last wish counts, in order', async () => {
  const done = reactions.toggle(row(1), '👍');
  void reactions.toggle(row(1), '👍');
  assert.deepEqual(shown(1), []);
  void reactions.toggle(row(1), '🎉');
  assert.deepEqual(shown(1), ['🎉1 mine']);
  await done;
  await settle();
  assert.deepEqual(server.asked, [
    'reaction 1 👍 true',
    'reaction 1 🎉 true',
    'reaction 1 👍 false',
  ]);
  assert.deepEqual(shown(1), ['🎉1 mine']);
  follow();
  same();
});

test('an edit is there with its answer, in the list of conversations too', async () => {
  await actions.edit(row(4), 'new', []);
  assert.equal(row(4).body?.['text'], 'new');
  assert.equal(conversation.head.value.last_message?.body?.['text'], 'new');
  follow();
  same();
});

test('a refused edit changes nothing', async () => {
  server.refused = refusal(403, 'too_late');
  await assert.rejects(actions.edit(row(4), 'new', []), { code: 'too_late' });
  assert.equal(row(4).body?.['text'], 'mine');
});

test('a recall is there with its answer; nothing of the text stays on the device', async () => {
  await actions.edit(row(4), 'secret', []);
  follow();
  await actions.recall(row(4));
  assert.equal(row(4).body, null);
  assert.ok(row(4).recalled_at);
  const kept = [conversation.stream.value, conversation.head.value, [...world.cache.rows]];
  assert.ok(!JSON.stringify(kept).includes('secret'));
  assert.ok(!JSON.stringify(kept).includes('mine"}'));
  follow();
  assert.equal(row(4).changed_seq, server.rows.length);
});

test('what I delete on another device goes here too', () => {
  server.hidden.add(2);
  world.sockets.last.frame({ event: 'conversation', conversation: { id: 7, hidden_seqs: [2] } });
  assert.equal(row(2).hidden, true);
  assert.equal(row(2).body, null);
  assert.equal(conversation.head.value.last_message?.seq, 4);
});

test('deleting for me takes the text from the device', async () => {
  await actions.hide(row(1));
  assert.equal(row(1).hidden, true);
  assert.ok(!JSON.stringify([...world.cache.rows]).includes('"one"}'));
});

test('a change after a gap that nobody noticed asks the server how things are', async () => {
  server.write(2, 'lost', 'lost');
  server.change(2, 'reaction', 4, { emoji: '👍', on: true });
  world.live(6);
  await world.timers.advance(0);
  assert.equal(conversation.head.value.last_message?.body?.['text'], 'lost');
  same();
});

test('a quoted row that is not loaded is asked for once, and follows its changes', async () => {
  for (let i = 0; i < 80; i += 1) server.write(2, `f${i}`, 'filler');
  conversation.stream.value = { rows: [], last: 0, loaded: false, complete: false };
  await world.conversations.adopt(server.head());
  world.cache.rows.clear();
  await world.open();
  assert.equal(rowOf(conversation, 2), undefined);
  const before = server.pages;
  await Promise.all([apart.need(conversation, 2), apart.need(conversation, 2)]);
  await apart.need(conversation, 2);
  assert.equal(server.pages, before + 1);
  assert.equal(row(2).body?.['text'], 'two');
  world.sockets.last.frame({ event: 'message', ...server.change(2, 'edit', 2, { text: '2' }) });
  assert.equal(row(2).body?.['text'], '2');
  world.sockets.last.frame({ event: 'message', ...server.change(2, 'recall', 2) });
  assert.equal(row(2).body, null);
});

test('a quoted row that I may not see is known not to be there', async () => {
  server.chat.page = () => Promise.resolve({ messages: [], more: false });
  await apart.need(conversation, 99);
  assert.equal(rowOf(conversation, 99), null);
});

test('pinned messages: newest first, kept by the rows that come', async () => {
  server.change(2, 'pin', 1, { on: true });
  follow();
  await apart.loadPins(conversation);
  const pins = () => pinsOf(conversation).map(({ seq }) => seq);
  assert.deepEqual(pins(), [1]);
  await actions.pin(row(3));
  assert.deepEqual(pins(), [3, 1]);
  server.change(2, 'pin', 2, { on: true });
  follow();
  assert.deepEqual(pins(), [2, 3, 1]);
  await actions.unpin(row(3));
  server.change(2, 'recall', 1);
  follow();
  assert.deepEqual(pins(), [2]);
  assert.deepEqual(
    server.asked.filter((what) => what === 'pins'),
    ['pins'],
  );
});

test('a pin of a row that is not loaded makes the pins be asked for again', async () => {
  await apart.loadPins(conversation);
  conversation.stream.value = { ...conversation.stream.value, rows: server.all().slice(2) };
  server.change(2, 'pin', 1, { on: true });
  follow();
  assert.equal(conversation.pinsKnown.value, false);
  await apart.loadPins(conversation);
  assert.deepEqual(
    pinsOf(conversation).map(({ seq }) => seq),
    [1],
  );
});

test('what is shown of long ago changes as the stream does', async () => {
  for (let i = 0; i < 1400; i += 1) server.write(2, `f${i}`, 'filler');
  world.sockets.last.frame({ event: 'resync' });
  await world.timers.advance(0);
  assert.equal(await world.history.around(conversation, 120), true);
  const shown = () => conversation.excerpt.value?.rows.find(({ seq }) => seq === 120);
  const { seq } = server.change(2, 'edit', 120, { text: 'new' });
  world.live(seq);
  await world.timers.advance(0);
  assert.equal(shown()?.body?.['text'], 'new');
  world.conversations.hide(7, [120]);
  assert.equal(shown()?.hidden, true);
});

test('an answer says what it answers, also after a reload', async () => {
  server.down = refusal(503, 'unavailable');
  await world.outbox.add(7, 'reply', { replyTo: 2 });
  await settle();
  assert.equal([...world.cache.outbox.values()][0]?.reply_to, 2);
  server.down = null;
  world.outbox.kick();
  await settle();
  assert.equal(server.rows.at(-1)?.reply_to, 2);
});
