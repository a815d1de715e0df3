// When no WebSocket can be had the UI polls, says so, and goes live as soon as it can.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, send } from '../harness/client.mjs';
import {
	connection, liveAddress, logInUi, openConversation, waitForMark, waitForSaid, waitForUnread, write,
} from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

test('polls, says so, sends and receives, and becomes live later', async () => {
	const [ann, bob, cat] = await Promise.all([
		register({ nickname: 'Ann' }), register({ nickname: 'Bob' }), register({ nickname: 'Cat' }),
	]);
	const [withBob, withCat] = [await befriend(ann, bob), await befriend(ann, cat)];
	const page = await newPerson(browser);
	let blocked = true;
	await page.routeWebSocket(liveAddress, (socket) => {
		if (blocked) socket.close({ code: 1013 });
		else socket.connectToServer();
	});
	await logInUi(page, ann);
	await connection(page, 'polling');
	await page.getByText('No live connection: asking for news every few seconds').waitFor();

	await openConversation(page, 'Bob');
	await write(page, 'Bob', 'over REST');
	await waitForMark(page, 'over REST', 'sent');
	await send(bob, withBob, '收到');
	await waitForSaid(page, ['me: over REST', 'them: 收到']);
	await waitForMark(page, 'over REST', 'read'); // Bob's own sending says that he has read
	await send(cat, withCat, 'meow');
	await waitForUnread(page, 'Cat', 2); // with the row that says that they are friends
	await waitForUnread(page, 'Bob', 0);

	// A friend request arrives by polling, too.
	const dan = await register({ nickname: 'Dan' });
	await dan.post('/social/friend-requests', { user_id: ann.id, message: 'hi' });
	await page.getByRole('navigation').getByText('1 friend request').waitFor({ state: 'attached' });

	blocked = false;
	await connection(page, 'live');
	await send(bob, withBob, 'live again');
	await waitForSaid(page, ['me: over REST', 'them: 收到', 'them: live again']);
	assert.equal(await page.getByText('No live connection').count(), 0);
});

test('a connection that is cut comes back, and what was said meanwhile is there', async () => {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	const page = await newPerson(browser);
	const sockets = [];
	await page.routeWebSocket(liveAddress, (socket) => {
		socket.connectToServer();
		sockets.push(socket);
	});
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Bob');
	await send(bob, conversation, '1');
	await waitForSaid(page, ['them: 1']);
	for (let round = 2; round <= 4; round += 1) {
		await sockets.at(-1).close({ code: 1001 });
		await send(bob, conversation, String(round));
		await waitForSaid(page, Array.from({ length: round }, (_, i) => `them: ${i + 1}`));
		await connection(page, 'live');
	}
	assert.ok(sockets.length >= 4);
});
