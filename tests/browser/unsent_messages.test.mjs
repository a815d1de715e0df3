// What happens to a message that cannot be sent at once: nothing is lost, nothing is sent twice.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, history, register } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import {
	connection, inside, isSend, logInUi, markOf, openConversation, section, waitForMark, waitForSaid, write,
} from './steps.mjs';

let browser, ann, bob, conversation, page;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	page = await newPerson(browser);
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Bob');
});

const stored = async () =>
	(await history(bob, conversation)).filter((m) => m.kind === 'text').map((m) => m.body.text);

/** The client keys of all sends that the page tries from now on, in order. */
function watchKeys(target) {
	const keys = [];
	target.on('request', (request) => {
		if (isSend(request)) keys.push(request.postDataJSON().client_key);
	});
	return keys;
}

test('written offline, sent when the network is back, in order', async () => {
	await page.context().setOffline(true);
	await connection(page, 'offline');
	await page.getByText('Offline. Messages are sent when the network is back.').waitFor();
	for (const text of ['1 一', '2 二', '3 三']) await write(page, 'Bob', text);
	await waitForMark(page, '3 三', 'sending');
	assert.deepEqual(await stored(), []);
	await page.context().setOffline(false);
	await waitForMark(page, '3 三', 'sent');
	assert.deepEqual(await stored(), ['1 一', '2 二', '3 三']);
	await connection(page, 'live');
	await waitForSaid(page, ['me: 1 一', 'me: 2 二', 'me: 3 三']);
});

test('a lost answer: tried again with the same key, stored once', async () => {
	const keys = watchKeys(page);
	let lost = 0;
	await page.route(/\/messages$/, async (route) => {
		if (!isSend(route.request()) || lost >= 2) return route.continue();
		lost += 1;
		await route.fetch(); // the server takes it …
		return route.abort(); // … and the browser never learns
	});
	await write(page, 'Bob', 'only once');
	await eventually('it is sent', async () => ['sent', 'delivered'].includes(await markOf(page, 'only once')));
	await eventually('three attempts', () => keys.length === 3);
	assert.equal(new Set(keys).size, 1);
	assert.deepEqual(await stored(), ['only once']);
	await waitForSaid(page, ['me: only once']);
});

test('refused: says why, is sent again with the same key or deleted', async () => {
	await bob.delete(`/social/friends/${ann.id}`);
	const keys = watchKeys(page);
	await write(page, 'Bob', 'first');
	await write(page, 'Bob', 'second');
	await waitForMark(page, 'first', 'failed');
	await waitForMark(page, 'second', 'failed');
	await page.getByText('You are not friends (any more)').first().waitFor();
	await page.getByRole('button', { name: 'Delete' }).first().click();
	await waitForSaid(page, ['me: second']);
	await befriend(bob, ann);
	await page.getByRole('button', { name: 'Send again' }).click();
	await waitForMark(page, 'second', 'sent');
	assert.equal(keys.length, 3);
	assert.equal(keys[2], keys[1]);
	assert.deepEqual(await stored(), ['second']);
});

test('survives a reload, and is then sent with the same key', async () => {
	const keys = watchKeys(page);
	const cut = (route) => (isSend(route.request()) ? route.abort() : route.continue());
	await page.route(/\/messages$/, cut);
	await write(page, 'Bob', '关掉也不会丢 🦊');
	await eventually('an attempt', () => keys.length > 0);
	await page.reload();
	await inside(page);
	await waitForSaid(page, ['me: 关掉也不会丢 🦊']);
	await page.unroute(/\/messages$/, cut);
	await waitForMark(page, '关掉也不会丢', 'sent');
	assert.equal(new Set(keys).size, 1);
	assert.deepEqual(await stored(), ['关掉也不会丢 🦊']);
});

test('a begun text is still there after a reload, and gone once it is sent', async () => {
	const input = page.getByLabel('Message to Bob');
	await input.fill('half a thou');
	await section(page, 'Me');
	await page.getByRole('navigation').getByRole('link', { name: /Chats/ }).click();
	await page.getByText('Draft:', { exact: true }).waitFor();
	await page.reload();
	await openConversation(page, 'Bob');
	assert.equal(await input.inputValue(), 'half a thou');
	await input.press('Enter');
	await waitForMark(page, 'half a thou', 'sent');
	assert.equal(await input.inputValue(), '');
	await page.reload();
	await openConversation(page, 'Bob');
	assert.equal(await input.inputValue(), '');
});
