// Events reach those they are for, on all their devices, and nobody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, nothingBut } from '../harness/daemon.mjs';

test('to the users named, on every device, verbatim and in order', async (t) => {
	const wsd = await Daemon.start(t);
	const phone = await wsd.connect({ user: 1, session: 101 });
	const laptop = await wsd.connect({ user: 1, session: 102 });
	const bob = await wsd.connect({ user: 2 });
	const eve = await wsd.connect({ user: 3 });
	let verbatim;
	bob.socket.once('message', (bytes) => (verbatim = String(bytes)));
	const odd = '{ "event" :"message", "n":1.50, "text":"\\u4f60好 🙂", "n":2 }';
	await wsd.publish(`to 1,2,77 in 9\n${odd}`);
	for (let n = 2; n <= 50; n++) await wsd.deliver([2, 1], { event: 'message', n });
	for (const live of [phone, laptop, bob]) {
		await live.next('message', ({ n }) => n === 50);
		assert.deepEqual(live.events.slice(1).map(({ n }) => n), Array.from({ length: 49 }, (_, i) => i + 2));
	}
	assert.equal(verbatim, odd);
	await nothingBut(wsd, [eve], [3]);
});

test('two tabs of one login are two sessions; its end closes both', async (t) => {
	const wsd = await Daemon.start(t);
	const login = { user: 1, session: 881 };
	const tabs = [await wsd.connect(login), await wsd.connect(login)];
	const other = await wsd.connect({ user: 1, session: 882 });
	const waiting = await wsd.connect(login);
	await waiting.cut();
	await wsd.becomes('connections', 3);
	assert.notEqual(tabs[0].session, tabs[1].session);
	await wsd.publish('close 5,881,6');
	for (const tab of tabs) await tab.expectClosed(4003);
	await wsd.becomes('sessions', 1);
	assert.equal((await wsd.resume(login, waiting)).resumed, false);
	assert.equal(other.socket.readyState, 1);
});

test('a login that ends while its ticket is being checked is not welcomed', async (t) => {
	const wsd = await Daemon.start(t);
	/* The answers of Redis come in one order: hello's two questions, then the close. */
	for (let i = 0; i < 50; i++) {
		const ticket = await wsd.ticket({ user: 1, session: 1000 + i });
		const live = await wsd.hello(ticket);
		await wsd.store.call('SET', `hichat:revoked:${1000 + i}`, '1', 'EX', 60);
		await wsd.publish(`close ${1000 + i}`);
		await live.expectClosed(4003);
	}
	await wsd.becomes('sessions', 0);
});

test('nothing more arrives once a login has ended', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect({ user: 1, session: 881 });
	await wsd.publish('close 881');
	await wsd.deliver([1], { event: 'message' });
	await live.expectClosed(4003);
	assert.equal(live.events.length, 0);
});

test('a group of ten thousand: each member once, and who is removed no more', async (t) => {
	const wsd = await Daemon.start(t);
	const ann = await wsd.connect({ user: 1 });
	const bob = await wsd.connect({ user: 9999 });
	const eve = await wsd.connect({ user: 20000 });
	const members = Array.from({ length: 10_000 }, (_, i) => i + 1);
	for (let seq = 1; seq <= 3; seq++) await wsd.deliver(members, { event: 'message', seq }, 7);
	await wsd.deliver(members.filter((id) => id !== 9999), { event: 'message', seq: 4 }, 7);
	await wsd.deliver([...members, 20000], { event: 'message', seq: 5 }, 7);
	for (const [live, seqs] of [[ann, [1, 2, 3, 4, 5]], [bob, [1, 2, 3, 5]], [eve, [5]]]) {
		for (const seq of seqs) assert.equal((await live.next('message')).seq, seq);
		assert.equal(live.events.length, seqs.length);
	}
});
