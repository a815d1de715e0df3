// What one person does with whole conversations, on a desktop and a phone at the same time, while a
// friend goes on writing.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';
import { desktop, Inspection, phone } from './axe.mjs';
import {
	connection, conversationLink, logInUi, openConversation, section, unreadOf, waitForUnread, write,
} from './steps.mjs';

let browser, ann, bob, cem, talk, other, desk, pocket;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob, cem] = await Promise.all(['Ann', 'Bob', '老陈'].map((nickname) => register({ nickname })));
	talk = await befriend(bob, ann);
	other = await befriend(cem, ann);
	for (const text of ['one', 'two']) expectStatus(await send(bob, talk, text), 201);
	expectStatus(await send(cem, other, '晚饭吃什么？'), 201);
	[desk, pocket] = await Promise.all([newPerson(browser, desktop), newPerson(browser, phone)]);
	for (const page of [desk, pocket]) {
		await logInUi(page, ann);
		await connection(page, 'live');
	}
});
afterEach(() => Promise.all([desk, pocket].map((page) => page?.context().close())));

const names = (page) => page.locator('.chat-item__name > span:first-child').allTextContents();
const row = (page, name) => page.locator('.chat-row').filter({ has: page.locator('.chat-item__name', { hasText: name }) });
const inList = (page, ...expected) => eventually(`the list is ${expected}`, async () =>
	JSON.stringify(await names(page)) === JSON.stringify(expected));
/** Also where the sections are not shown, beside a conversation on a phone. */
const total = (page) => page.locator('.rail__link[href="#/chats"]').evaluate((link) =>
	Number(link.querySelector('.badge [aria-hidden]')?.textContent ?? 0));
const totals = (count) => Promise.all([desk, pocket].map((page) =>
	eventually(`${count} in all`, async () => (await total(page)) === count)));

/** By a right click on the desktop. */
async function choose(page, name, line) {
	await row(page, name).getByRole('link').click({ button: 'right' });
	const menu = page.getByRole('dialog', { name: `Options: ${name}` });
	await menu.getByRole('button', { name: line, exact: true }).click();
	await menu.waitFor({ state: 'detached' });
}

/** A finger that stays. */
async function hold(page, name) {
	const { x, y } = await row(page, name).boundingBox();
	const touch = await page.context().newCDPSession(page);
	const touchPoints = [{ x: x + 80, y: y + 20 }];
	await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
	await page.getByRole('dialog').waitFor();
	await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('pinned: at the top of both devices, with a sign, whatever others write', async () => {
	await inList(desk, '老陈', 'Bob');
	await choose(desk, 'Bob', 'Pin to the top');
	for (const page of [desk, pocket]) {
		await inList(page, 'Bob', '老陈');
		await row(page, 'Bob').getByText('Pinned').waitFor();
	}
	expectStatus(await send(cem, other, '还在吗'), 201);
	await waitForUnread(pocket, '老陈', 2);
	await inList(pocket, 'Bob', '老陈');
	await hold(pocket, 'Bob');
	await pocket.getByRole('button', { name: 'Unpin' }).click();
	for (const page of [desk, pocket]) await inList(page, '老陈', 'Bob');
	assert.equal(await pocket.locator('.talk').count(), 0, 'the finger that held it has not opened it');
});

test('muted: counted by itself, quietly, and not in the total', async () => {
	await totals(3);
	await choose(desk, 'Bob', 'Mute');
	await totals(1);
	for (const page of [desk, pocket]) await row(page, 'Bob').getByText('Muted').waitFor();
	expectStatus(await send(bob, talk, 'three'), 201);
	for (const page of [desk, pocket]) await waitForUnread(page, 'Bob', 3);
	await totals(1);
	await choose(desk, 'Bob', 'Unmute');
	await totals(4);
});

test('marked as unread by hand, until it is looked at on any device', async () => {
	await openConversation(desk, 'Bob');
	await totals(1);
	await desk.getByRole('button', { name: 'Options: Bob' }).last().click();
	await desk.getByRole('button', { name: 'Mark as unread' }).click();
	await desk.locator('.talk').waitFor({ state: 'detached' });
	for (const page of [desk, pocket]) await row(page, 'Bob').getByText('Marked as unread').waitFor();
	await totals(2);
	await openConversation(pocket, 'Bob');
	await row(desk, 'Bob').getByText('Marked as unread').waitFor({ state: 'detached' });
	await totals(1);
});

test('read without a look', async () => {
	await choose(desk, 'Bob', 'Mark as read');
	for (const page of [desk, pocket]) await waitForUnread(page, 'Bob', 0);
	await totals(1);
	assert.equal((await bob.get(`/chat/conversations/${talk}`)).body.conversation.peer_read_seq, 3);
});

test('hidden: gone from both lists until the friend writes again', async () => {
	await openConversation(desk, 'Bob');
	await choose(desk, 'Bob', 'Hide until the next message');
	for (const page of [desk, pocket]) await inList(page, '老陈');
	await desk.locator('.talk').waitFor({ state: 'detached' });
	await desk.reload();
	await connection(desk, 'live');
	await inList(desk, '老陈');
	await section(desk, 'Contacts');
	await desk.getByRole('link', { name: /Bob/ }).click();
	await desk.getByRole('button', { name: 'Send message' }).click();
	await desk.getByLabel('Message to Bob').waitFor();
	await row(desk, 'Bob').waitFor();
	await choose(desk, 'Bob', 'Hide until the next message');
	for (const page of [desk, pocket]) await inList(page, '老陈');
	expectStatus(await send(bob, talk, 'me again'), 201);
	for (const page of [desk, pocket]) await inList(page, 'Bob', '老陈');
});

test('a hidden group is still among my groups, and opens', async () => {
	const group = await makeGroup(bob, [ann], { name: 'Hikers' });
	await conversationLink(desk, 'Hikers').waitFor();
	await choose(desk, 'Hikers', 'Hide until the next message');
	await inList(desk, '老陈', 'Bob');
	await desk.goto('./#/groups');
	await desk.reload();
	await desk.getByRole('list', { name: 'Groups' }).getByRole('link', { name: /Hikers/ }).click();
	await desk.getByLabel('Message to Hikers').waitFor();
	expectStatus(await send(bob, group.id, 'up we go'), 201);
	await inList(desk, 'Hikers', '老陈', 'Bob');
});

test('cleared: asked first, then gone for me on both devices and for nobody else', async () => {
	await openConversation(desk, 'Bob');
	await openConversation(pocket, 'Bob');
	await pocket.locator('.message', { hasText: 'two' }).waitFor();
	await desk.getByRole('button', { name: 'Options: Bob' }).last().click();
	await desk.getByRole('button', { name: 'Clear history' }).click();
	const question = desk.getByRole('dialog', { name: 'Clear your history with Bob?' });
	await question.getByRole('button', { name: 'Cancel' }).click();
	assert.equal(await desk.locator('.message').count(), 2);
	await desk.getByRole('button', { name: 'Options: Bob' }).last().click();
	await desk.getByRole('button', { name: 'Clear history' }).click();
	await question.getByRole('button', { name: 'Clear history' }).click();
	for (const page of [desk, pocket]) await eventually('nothing is left', async () =>
		(await page.locator('.message').count()) === 0);
	await row(desk, 'Bob').getByText('No messages yet').waitFor();
	await pocket.reload();
	await pocket.getByLabel('Message to Bob').waitFor();
	assert.equal(await pocket.locator('.message').count(), 0);
	assert.equal((await bob.get(`/chat/conversations/${talk}/messages`)).body.messages.length, 3);
	expectStatus(await send(bob, talk, 'a new leaf'), 201);
	await pocket.locator('.message', { hasText: 'a new leaf' }).waitFor();
});

test('a draft goes on where it was left, on the other device, and ends when it is sent', async () => {
	await openConversation(desk, 'Bob');
	await desk.getByLabel('Message to Bob').fill('shall we');
	await row(pocket, 'Bob').getByText('Draft: shall we').waitFor();
	await openConversation(pocket, 'Bob');
	const input = pocket.getByLabel('Message to Bob');
	assert.equal(await input.inputValue(), 'shall we');
	await input.pressSequentially(' meet?');
	await eventually('the desk has it too', async () =>
		(await desk.getByLabel('Message to Bob').inputValue()) === 'shall we meet?');
	await input.press('Enter');
	await pocket.locator('.message', { hasText: 'shall we meet?' }).waitFor();
	await eventually('the draft is gone', async () =>
		(await desk.getByLabel('Message to Bob').inputValue()) === '');
	await openConversation(desk, '老陈');
	await row(desk, 'Bob').getByText('Draft:').waitFor({ state: 'detached' });
});

test('a draft that was written without a network arrives when it is back', async () => {
	await openConversation(desk, 'Bob');
	await desk.context().setOffline(true);
	await desk.getByLabel('Message to Bob').fill('from the tunnel');
	await openConversation(desk, '老陈');
	await row(desk, 'Bob').getByText('Draft: from the tunnel').waitFor();
	await desk.context().setOffline(false);
	await row(pocket, 'Bob').getByText('Draft: from the tunnel').waitFor({ timeout: 30_000 });
});

test('by keyboard alone', async () => {
	await conversationLink(desk, 'Bob').focus();
	await desk.keyboard.press('Shift+F10');
	const menu = desk.getByRole('dialog', { name: 'Options: Bob' });
	await menu.waitFor();
	const focused = () => desk.evaluate(() => document.activeElement.textContent);
	assert.equal(await focused(), 'Pin to the top');
	await desk.keyboard.press('ArrowDown');
	assert.equal(await focused(), 'Mute');
	await desk.keyboard.press('Escape');
	await menu.waitFor({ state: 'detached' });
	assert.match(await focused(), /Bob/, 'the focus is back on the row');
	await desk.keyboard.press('Tab');
	await desk.keyboard.press('Enter');
	await menu.waitFor();
	await desk.keyboard.press('Enter');
	await inList(pocket, 'Bob', '老陈');
	await desk.keyboard.press('ContextMenu');
	await menu.waitFor();
});

test('what failed is said in the menu', async () => {
	await desk.route('**/chat/conversations/*', (route) => route.abort());
	await conversationLink(desk, 'Bob').click({ button: 'right' });
	await desk.getByRole('button', { name: 'Pin to the top' }).click();
	await desk.getByRole('alert').getByText('The server cannot be reached.').waitFor();
	await inList(desk, '老陈', 'Bob');
});

test('mentions and new messages far above can be reached', async () => {
	const group = await makeGroup(bob, [ann], { name: 'Hikers' });
	for (let i = 1; i <= 130; i += 1) {
		const options = [40, 120].includes(i) ? { mentions: [ann.id] } : {};
		expectStatus(await send(bob, group.id, `no. ${i} ${'字'.repeat(i % 40)}`, options), 201);
	}
	await row(desk, 'Hikers').getByText('You were mentioned 2 times').waitFor();
	await openConversation(desk, 'Hikers');
	const said = (number) => desk.locator('.message').filter({ hasText: new RegExp(`no\\. ${number} `) });
	const inSight = (number) => eventually(`no. ${number} is in sight`, () => said(number).evaluate((el) => {
		const list = el.closest('.messages__scroll').getBoundingClientRect();
		const { top, bottom } = el.getBoundingClientRect();
		return top >= list.top && bottom <= list.bottom;
	}));
	await desk.getByRole('button', { name: '131 new messages: go to the first' }).click();
	await inSight(1);
	assert.equal(await desk.locator('.jump--up').count(), 0, 'it was seen');
	await desk.getByRole('button', { name: 'To the next of 2 mentions' }).click();
	await inSight(40);
	await desk.getByRole('button', { name: 'To the message that mentions you' }).click();
	await inSight(120);
	await eventually('there is no mention left', async () =>
		(await desk.getByRole('button', { name: /mention/ }).count()) === 0);
	await desk.getByRole('button', { name: 'To the newest message' }).or(desk.getByRole('button', { name: /new messages?$/ })).click();
	await inSight(130);
	await waitForUnread(desk, 'Hikers', 0);
	await eventually('the way down is gone', async () => (await desk.locator('.jumps .jump').count()) === 0);
});

const narrow = { ...phone, viewport: { width: 320, height: 568 } };
for (const [device, options, colorScheme, locale] of [
	['desktop', desktop, 'light', 'en-US'], ['narrow', narrow, 'dark', 'zh-CN'],
]) {
	test(`axe: menus, signs and ways: ${device}, ${colorScheme}, ${locale}`, async () => {
		const group = await makeGroup(bob, [ann], { name: '登山 Hikers' });
		for (let i = 1; i <= 70; i += 1) {
			const text = `no. ${i} ${'山'.repeat(i % 30)}`;
			expectStatus(await send(bob, group.id, text, { mentions: i % 30 === 3 ? [ann.id] : [] }), 201);
		}
		const change = (id, fields) => ann.patch(`/chat/conversations/${id}`, fields);
		expectStatus(await change(talk, { pinned: true, notify: false }), 200);
		expectStatus(await change(other, { draft: { text: '下班以后 maybe' }, cleared_seq: 2 }), 200);
		expectStatus(await change(other, { marked_unread: true }), 200);
		const page = await newPerson(browser, { ...options, colorScheme });
		await logInUi(page, ann);
		await connection(page, 'live');
		if (locale === 'zh-CN') {
			await page.goto('./#/me/preferences');
			await page.locator('input[name="language"][value="zh-CN"]').check();
			await page.goto('./#/chats');
		}
		const inspection = new Inspection(page, `${device}-${colorScheme}`);
		await page.locator('.chat-item__at').first().waitFor();
		await inspection.check('conversation-signs');
		if (options.hasTouch) await hold(page, 'Bob');
		else await row(page, 'Bob').getByRole('link').click({ button: 'right' });
		await page.locator('.conversation-menu').waitFor();
		await inspection.check('conversation-menu');
		await page.locator('.menu__line--danger').click();
		await page.locator('dialog.dialog').waitFor();
		await inspection.check('conversation-clear');
		await page.keyboard.press('Escape');
		await page.locator('dialog').waitFor({ state: 'detached' });
		await page.goto(`./#/chats/${group.id}`);
		await page.locator('.jump--up').waitFor();
		await inspection.check('conversation-jumps');
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
		assert.deepEqual(inspection.found, {});
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	});
}
