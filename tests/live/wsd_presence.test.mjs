// Who is told when people come and go, and who is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, nothingBut, Store } from '../harness/daemon.mjs';
import { eventually } from '../harness/wait.mjs';

const ann = { user: 1, watch: [2] };
const bob = { user: 2, watch: [1] };
const eve = { user: 3 };
const long = { within: 20_000 };

function online(user_id) {
	return (event) => event.user_id === user_id && event.online === true;
}

function offline(user_id) {
	return (event) => event.user_id === user_id && event.online === false;
}

async function score(store, user) {
	const value = await store.call('ZSCORE', 'hichat:online', user);
	return value === null ? null : Number(value) - Date.now();
}

/** Every node has looked twice for whose time is over. */
async function swept(store, nodes = 1) {
	const sweeps = async () => {
		const statistics = await store.call('INFO', 'commandstats');
		return Number(/cmdstat_eval:calls=(\d+)/.exec(statistics)?.[1] ?? 0);
	};
	const before = await sweeps();
	await eventually('presence is swept', async () => (await sweeps()) > before + 2 * nodes);
}

/** Everybody's time in Redis is over, as when a node died long ago. */
async function expire(store, ...users) {
	for (const user of users) await store.call('ZADD', 'hichat:online', Date.now() - 1, user);
}

test('an arrival is told to those who may see it, and to them only', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, eveLive] = [await wsd.connect(ann), await wsd.connect(eve)];
	const before = Date.now();
	await wsd.connect(bob);
	const event = await annLive.next('presence', online(2));
	assert.deepEqual(Object.keys(event), ['event', 'user_id', 'online', 'last_seen_at']);
	assert.ok(event.last_seen_at >= before && event.last_seen_at <= Date.now());
	assert.ok((await score(wsd.store, 2)) > 60_000);
	await nothingBut(wsd, [eveLive], [3]);
	await nothingBut(wsd, [annLive], [1], ['presence']);
});

test('a second device, a reload and a resume make nobody blink', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(ann);
	const phone = await wsd.connect({ ...bob, session: 201 });
	const laptop = await wsd.connect({ ...bob, session: 202 });
	await laptop.close();
	await phone.close();
	await wsd.becomes('connections', 1);
	assert.ok((await score(wsd.store, 2)) > 5_000);
	const again = await wsd.connect({ ...bob, session: 201 });
	await again.cut();
	await wsd.becomes('connections', 1);
	await wsd.resume({ ...bob, session: 201 }, again);
	await eventually('he is back', async () => (await score(wsd.store, 2)) > 60_000);
	await watcher.next('presence', online(2));
	await nothingBut(wsd, [watcher], [1], ['presence']);
});

test('a cut is told ten seconds later, although the session still waits', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(ann);
	const live = await wsd.connect(bob);
	await watcher.next('presence', online(2));
	await live.cut();
	const begin = performance.now();
	await watcher.next('presence', offline(2), long);
	const took = performance.now() - begin;
	assert.ok(took > 9_500 && took < 14_000, `${took} ms`);
	assert.equal(await wsd.metric('sessions'), 2);
	assert.equal(await score(wsd.store, 2), null);
	await wsd.resume(bob, live);
	await watcher.next('presence', online(2));
});

test('a logout is told at once', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(ann);
	const live = await wsd.connect({ ...bob, session: 881 });
	const begin = performance.now();
	await wsd.publish('close 881');
	await live.expectClosed(4003);
	await watcher.next('presence', offline(2));
	assert.ok(performance.now() - begin < 4_000);
});

test('who has another login stays online', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(ann);
	const phone = await wsd.connect({ ...bob, session: 881 });
	await wsd.connect({ ...bob, session: 882 });
	await wsd.publish('close 881');
	await phone.expectClosed(4003);
	await watcher.next('presence', online(2));
	await swept(wsd.store);
	await nothingBut(wsd, [watcher], [1], ['presence']);
});

test('watch begins, unwatch ends', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(eve);
	await wsd.connect(bob);
	await wsd.publish('watch 3 2');
	await watcher.next('presence', online(2)); /* told at once: he is here */
	await expire(wsd.store, 4);
	await wsd.publish('watch 3 4');
	/* Heard before 4 comes, else what the watcher is told of her first may be told twice. */
	await nothingBut(wsd, [watcher], [3], ['presence']);
	await wsd.connect({ user: 4 });
	await watcher.next('presence', online(4));

	await wsd.publish('unwatch 3 4');
	await wsd.publish('close 400');
	await eventually('4 is gone', async () => (await score(wsd.store, 4)) === null);
	await nothingBut(wsd, [watcher], [3], ['presence', 'presence']);
});

test('a new ticket says anew who is watched', async (t) => {
	const wsd = await Daemon.start(t);
	const old = await wsd.connect({ user: 1, session: 101, watch: [2, 3] });
	await wsd.connect({ user: 1, session: 102, watch: [2] });
	await wsd.connect(eve);
	await wsd.connect(bob);
	await old.next('presence', online(2));
	await nothingBut(wsd, [old], [1], ['presence']);
});

test('a user on two nodes is online until both have let go', async (t) => {
	const store = await Store.start(t);
	const [one, two] = [await Daemon.start(t, {}, { store }), await Daemon.start(t, {}, { store })];
	const watcher = await two.connect(ann);
	const here = await one.connect({ ...bob, session: 201 });
	await watcher.next('presence', online(2));
	const there = await two.connect({ ...bob, session: 202 });
	await one.publish('close 201');
	await here.expectClosed(4003);
	await eventually('the other node took over', async () => (await score(store, 2)) > 60_000);
	await swept(store, 2);
	await nothingBut(two, [watcher], [1], ['presence']);
	await two.publish('close 202');
	await there.expectClosed(4003);
	await watcher.next('presence', offline(2));
});

test('a node that died leaves nobody online', async (t) => {
	const store = await Store.start(t);
	const [one, two] = [await Daemon.start(t, {}, { store }), await Daemon.start(t, {}, { store })];
	const watcher = await two.connect(ann);
	await one.connect(bob);
	await watcher.next('presence', online(2));
	one.signal('SIGKILL');
	await one.exited;
	assert.ok((await score(store, 2)) > 60_000);
	await expire(store, 2); /* a minute and a half later */
	await watcher.next('presence', offline(2));
	assert.equal(await store.call('ZCARD', 'hichat:online'), 1);
});

test('a presence that another node ended by mistake is put right', async (t) => {
	const wsd = await Daemon.start(t);
	const watcher = await wsd.connect(ann);
	await wsd.connect(bob);
	await watcher.next('presence', online(2));
	await expire(wsd.store, 2);
	await eventually('he is back', async () => (await score(wsd.store, 2)) > 60_000);
	await nothingBut(wsd, [watcher], [1], ['presence']);
});

test('a graceful stop gives people time to come back', async (t) => {
	const store = await Store.start(t);
	const [one, two] = [await Daemon.start(t, {}, { store }), await Daemon.start(t, {}, { store })];
	const watcher = await two.connect(ann);
	const live = await one.connect(bob);
	await watcher.next('presence', online(2));
	one.signal('SIGTERM');
	await live.expectClosed(1001);
	await one.exited;
	const left = await score(store, 2);
	assert.ok(left > 5_000 && left <= 10_000, `${left} ms`);
	await two.connect(bob);
	await eventually('he is back', async () => (await score(store, 2)) > 60_000);
	await nothingBut(two, [watcher], [1], ['presence']);
});
