// A long conversation: older messages come while scrolling up and the place is kept; what arrives
// meanwhile does not pull one away.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { connection, logInUi, openConversation, saidIn, unreadOf, waitForUnread } from './steps.mjs';

const COUNT = 160;
let browser, ann, bob, conversation, page;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	for (let i = 1; i <= COUNT; i += 1) {
		const text = `${i} ${'很长的话 '.repeat(i % 9)}`;
		expectStatus(await send(i % 3 ? bob : ann, conversation, text.trim()), 201);
	}
	expectStatus(await ann.post('/chat/receipts', {
		receipts: [{ conversation_id: conversation, read_seq: COUNT + 1, delivered_seq: COUNT + 1 }],
	}), 204);
	page = await newPerson(browser, { viewport: { width: 1000, height: 700 } });
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Bob');
	await said(COUNT).waitFor();
});

const list = () => page.getByRole('region', { name: 'Messages with Bob' });
const said = (number) => page.locator('.message__text').filter({ hasText: new RegExp(`^${number}( |$)`) });
const numbers = async () => (await saidIn(page)).map((line) => Number(/\d+/.exec(line)[0]));
const distanceFromEnd = () =>
	list().evaluate((el) => el.scrollHeight - el.scrollTop - el.clientHeight);

test('opens at the end; scrolling up brings everything, in order, without a jump', async () => {
	assert.ok((await distanceFromEnd()) < 4);
	assert.ok((await numbers()).length < COUNT, 'not everything is loaded at once');
	const begin = page.getByText('This is where your conversation begins.');
	while ((await begin.count()) === 0) {
		// Whatever is topmost must stay where it is when older messages are put above it.
		const moved = await list().evaluate(async (el) => {
			const frame = () => new Promise(requestAnimationFrame);
			const topOf = (seq) => el.querySelector(`[data-seq="${seq}"]`)?.getBoundingClientRect().top;
			el.scrollTop = 300;
			await frame();
			await frame();
			const { top } = el.getBoundingClientRect();
			const first = [...el.querySelectorAll('[data-seq]')].find((m) => m.getBoundingClientRect().bottom > top);
			const was = topOf(first.dataset.seq);
			const end = performance.now() + 5000;
			while (el.scrollTop < 600 && !el.querySelector('.messages__start') && performance.now() < end) await frame();
			await frame();
			return Math.abs(topOf(first.dataset.seq) - was);
		});
		assert.ok(moved <= 2, `what one reads moved by ${moved} px`);
	}
	await list().evaluate((el) => { el.scrollTop = 0; });
	await said(1).waitFor();
	const met = new Set();
	for (let last = 0; last < COUNT; ) {
		const here = await numbers();
		assert.deepEqual(here, here.map((_, i) => here[0] + i), 'in order, without a hole');
		assert.ok(here[0] <= last + 1);
		for (const number of here) met.add(number);
		last = here.at(-1);
		await eventually('more of them came into sight', async () => {
			await list().evaluate((el) => { el.scrollTop += 300; });
			return last === COUNT || (await said(last + 1).count()) > 0;
		});
	}
	assert.equal(met.size, COUNT);
});

/** The row in the middle of the list, and where it begins. */
const middle = () => list().evaluate((el) => {
	const { top, height } = el.getBoundingClientRect();
	const rows = [...el.querySelectorAll('li[data-of]')].map((row) => [row, row.getBoundingClientRect()]);
	const [row, box] = rows.find(([, { bottom }]) => bottom > top + height / 2);
	return { seq: row.dataset.of, top: box.top };
});

test('scrolled up: new messages wait below, counted, unread; the button leads to them', async () => {
	await list().evaluate((el) => { el.scrollTop -= 1200; });
	const button = page.getByRole('button', { name: 'To the newest message' });
	await button.waitFor();
	const { seq, top } = await middle();
	await send(bob, conversation, 'new 1');
	await send(bob, conversation, 'new 2');
	const counted = page.getByRole('button', { name: '2 new messages' });
	await counted.waitFor();
	assert.ok(Math.abs((await page.locator(`li[data-of="${seq}"]`).boundingBox()).y - top) < 1, 'what one reads stays where it is');
	await waitForUnread(page, 'Bob', 2);
	await counted.click();
	await eventually('we are at the end', async () => (await distanceFromEnd()) < 4);
	await waitForUnread(page, 'Bob', 0);
	await eventually('the button is gone', async () => (await counted.count()) === 0);
});

test('at the end: new messages are followed', async () => {
	for (let i = 1; i <= 5; i += 1) await send(bob, conversation, `follow ${i}`);
	await page.locator('.message', { hasText: 'follow 5' }).waitFor();
	await eventually('we are at the end', async () => (await distanceFromEnd()) < 4);
	await waitForUnread(page, 'Bob', 0);
});

test('many unread: opens at the line above them, and they are read as they come into sight', async () => {
	await page.goto('./#/chats');
	for (let i = 1; i <= 40; i += 1) await send(bob, conversation, `unread ${i} ${'字'.repeat(80)}`);
	await waitForUnread(page, 'Bob', 40);
	await openConversation(page, 'Bob');
	const line = page.getByText('New messages', { exact: true });
	await line.waitFor();
	const { line: at, top, bottom } = await line.evaluate((el) => {
		const box = el.closest('.messages__scroll').getBoundingClientRect();
		return { line: el.getBoundingClientRect().top, top: box.top, bottom: box.bottom };
	});
	assert.ok(at >= top && at < top + (bottom - top) / 2, 'the line is in the upper half');
	const { count } = await eventually('some are read, not all', async () => {
		const left = await unreadOf(page, 'Bob');
		return left > 0 && left < 40 && { count: left };
	});
	await list().evaluate((el) => { el.scrollTop += 400; });
	await eventually('more are read', async () => (await unreadOf(page, 'Bob')) < count);
	await list().evaluate((el) => { el.scrollTop = el.scrollHeight; });
	await waitForUnread(page, 'Bob', 0);
});
