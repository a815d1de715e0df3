// Several tabs of one person: one of them has the live connection and sends what is written; all
// show the same, and one that is closed or stopped by the browser takes nothing with it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, history, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import {
	connection, inside, isSend, logInUi, openConversation, section, waitForMark, waitForSaid, waitForUnread, write,
} from './steps.mjs';

let browser, ann, bob, conversation, one, two, sockets, sends;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

function observe(page) {
	page.on('websocket', (socket) => {
		const seen = { page, open: true };
		sockets.push(seen);
		socket.on('close', () => {
			seen.open = false;
		});
	});
	page.on('request', (request) => {
		if (isSend(request)) sends.push({ page, key: request.postDataJSON().client_key });
	});
}

/** Which tabs hold a connection; of a closed one nothing is told. */
const connected = () =>
	sockets.filter(({ page, open }) => open && !page.isClosed()).map(({ page }) => (page === one ? 'one' : 'two'));

beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	[sockets, sends] = [[], []];
	one = await newPerson(browser);
	observe(one);
	await logInUi(one, ann);
	await connection(one, 'live');
	two = await one.context().newPage();
	observe(two);
	await two.goto('./');
	await inside(two);
	await connection(two, 'live');
});

test('one connection; a message comes to both tabs, and what is unread is the same', async () => {
	assert.deepEqual(connected(), ['one']);
	await send(bob, conversation, 'hello');
	for (const page of [one, two]) await waitForUnread(page, 'Bob', 2); // with the row that says that they are friends
	await openConversation(two, 'Bob');
	for (const page of [one, two]) await waitForUnread(page, 'Bob', 0);
	await openConversation(one, 'Bob');
	await send(bob, conversation, 'to both');
	for (const page of [one, two]) await waitForSaid(page, ['them: hello', 'them: to both']);
	assert.equal(sockets.length, 1);
});

test('whoever writes in either tab: it is sent once, and shown in both', async () => {
	for (const page of [one, two]) await openConversation(page, 'Bob');
	await write(two, 'Bob', 'from two');
	for (const page of [one, two]) await waitForMark(page, 'from two', 'sent');
	assert.deepEqual(sends.map(({ page }) => page), [one]);
	await one.context().setOffline(true);
	await connection(two, 'offline');
	await write(two, 'Bob', 'later');
	for (const page of [one, two]) await waitForMark(page, 'later', 'sending');
	await one.context().setOffline(false);
	for (const page of [one, two]) await waitForMark(page, 'later', 'sent');
	assert.ok(sends.every(({ page }) => page === one));
	const texts = (await history(bob, conversation)).filter((m) => m.kind === 'text').map((m) => m.body.text);
	assert.deepEqual(texts, ['from two', 'later']);
});

test('the tab that has the connection is closed: the other goes on live', async () => {
	await openConversation(two, 'Bob');
	await one.close();
	await eventually('the other has the connection', () => connected().join() === 'two');
	await connection(two, 'live');
	await send(bob, conversation, 'still there?');
	await waitForSaid(two, ['them: still there?']);
	await write(two, 'Bob', 'yes');
	await waitForMark(two, 'yes', 'sent');
});

test('the browser stops the tab that has the connection: another takes over, and it follows later', async () => {
	for (const page of [one, two]) await openConversation(page, 'Bob');
	const devtools = await one.context().newCDPSession(one);
	await devtools.send('Debugger.enable');
	await devtools.send('Debugger.pause');
	await two.evaluate(() => window.dispatchEvent(new Event('focus'))); // somebody looks at the other one
	await eventually('the other has a connection', () => connected().includes('two'));
	await connection(two, 'live');
	await send(bob, conversation, 'one sleeps');
	await waitForSaid(two, ['them: one sleeps']);
	await devtools.send('Debugger.disable');
	await waitForSaid(one, ['them: one sleeps']);
	await connection(one, 'live');
	await eventually('it is the only one', () => connected().join() === 'two');
});

test('logging out in one tab ends all', async () => {
	await section(two, 'Me');
	await two.getByRole('button', { name: 'Log out' }).click();
	const sure = two.getByRole('dialog').getByRole('button', { name: 'Log out' });
	await sure.click();
	for (const page of [one, two]) await page.getByRole('button', { name: 'Log in' }).waitFor();
	await eventually('no connection is left', () => connected().length === 0);
});
