// axe-core on everything that messages open, in light and dark, on a desktop and a phone; the same
// by keyboard and by finger alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { desktop, Inspection, looks, phone } from './axe.mjs';
import { bubble, choose, longPress, waitForReactions } from './message_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser, ann, bob, conversation;
before(async () => {
	browser = await launch();
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: '小波' })]);
	conversation = await befriend(ann, bob);
	const say = async (person, text, more) => (await send(person, conversation, text, more)).body.message.seq;
	const path = `/chat/conversations/${conversation}`;
	const question = await say(bob, 'Tea on Saturday? 老地方见。');
	const answer = await say(ann, 'With plesure', { reply_to: question });
	expectStatus(await ann.patch(`${path}/messages/${answer}`, { body: { text: 'With pleasure' } }), 200);
	await say(bob, 'My cat', { reply_to: answer });
	const gone = await say(bob, 'oops');
	expectStatus(await bob.delete(`${path}/messages/${gone}`), 204);
	for (const [person, emoji] of [[bob, '🎉'], [ann, '🎉'], [bob, '👍']]) {
		expectStatus(await person.put(`${path}/messages/${answer}/reactions/${encodeURIComponent(emoji)}`), 200);
	}
	for (const seq of [question, answer]) expectStatus(await bob.put(`${path}/pins/${seq}`), 200);
});
after(() => browser?.close());

async function open(options) {
	const page = await newPerson(browser, options);
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, '小波');
	await bubble(page, 'My cat').waitFor();
	return page;
}

const escape = (page) => page.keyboard.press('Escape');

/** What a message opens: how to come to it, and what says that it is there. */
const screens = [
	['messages', async () => undefined, '.pin-bar'],
	['pins', (page) => page.getByRole('button', { name: 'All 2 pinned messages' }).click(), 'dialog[open]'],
	['history', (page) => choose(page, 'With pleasure', 'Earlier versions'), '.version'],
	['reactions', (page) => choose(page, 'With pleasure', 'Who reacted'), '.reactors'],
	['recall', (page) => choose(page, 'With pleasure', 'Delete for me'), 'dialog[open]'],
	['reply', (page) => choose(page, 'My cat', 'Reply'), '.composer__subject'],
	['edit', async (page) => {
		await page.getByRole('button', { name: 'Do not reply' }).click();
		await choose(page, 'With pleasure', 'Edit');
	}, '.composer__subject'],
];

for (const [device, options, colorScheme] of looks) {
	test(`axe: ${device}, ${colorScheme}`, async () => {
		const page = await open({ ...options, colorScheme });
		const look = new Inspection(page, `messages-${device}-${colorScheme}`);
		for (const [name, go, there] of screens) {
			await go(page);
			await page.locator(there).first().waitFor();
			await look.check(name);
			if (await page.locator('dialog[open]').count()) await escape(page);
		}
		if (device === 'phone') await longPress(page, 'My cat');
		else await bubble(page, 'My cat').click({ button: 'right' });
		await page.getByRole('menu').waitFor();
		await look.check('menu');
		await page.getByRole('menuitem', { name: 'Another emoji' }).click();
		await page.locator('.emoji-table').waitFor();
		await look.check('emoji');
		assert.deepEqual(look.found, {});
		await page.context().close();
	});
}

test('by keyboard alone: to a message, its menu, an answer, and back', async () => {
	const page = await open(desktop);
	const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
	await page.getByLabel('Message to 小波').press('Shift+Tab');
	await eventually('the focus is among the messages', async () => {
		if (await page.evaluate(() => document.activeElement.closest('.messages__scroll') !== null)) return true;
		await page.keyboard.press('Shift+Tab');
		return false;
	});
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	assert.equal(await focused(), '小波: My cat');
	await page.keyboard.press('ArrowUp');
	assert.equal(await focused(), 'You: With pleasure');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Shift+F10');
	await page.getByRole('menu', { name: 'Message by 小波' }).waitFor();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await waitForReactions(page, 'My cat', ['❤️ 1*']);
	await eventually('the focus is back', async () => (await focused()) === '小波: My cat');
	await page.keyboard.press('Enter');
	await page.getByRole('menuitemcheckbox', { name: '❤️', checked: true }).waitFor();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await page.locator('.composer__subject', { hasText: 'Reply to 小波' }).waitFor();
	await eventually('the focus is where one writes', async () => (await focused()) === 'Message to 小波');
	await page.keyboard.press('Escape');
	await page.locator('.composer__subject').waitFor({ state: 'detached' });
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test('by finger alone, on the smallest phone: nothing is cut off', async () => {
	const page = await open({ ...phone, viewport: { width: 320, height: 568 } });
	const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
	assert.equal(await wide(), 320);
	await longPress(page, 'My cat');
	for (const item of await page.getByRole('menu').getByRole('button').all()) {
		const { x, width } = await item.boundingBox();
		assert.ok(x >= 0 && x + width <= 320);
	}
	assert.equal(await page.getByRole('menu').count(), 1, 'the finger that goes chooses nothing');
	await page.getByRole('menuitem', { name: 'Reply' }).tap();
	await page.locator('.composer__subject', { hasText: 'Reply to 小波' }).waitFor();
	assert.equal(await wide(), 320);
	await page.context().close();
});
