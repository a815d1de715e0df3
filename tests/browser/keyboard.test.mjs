// The whole way with the keyboard alone: no pointer is used in this file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send, uniqueName } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { connection, inside, PASSWORD, saidIn, waitForMark, waitForSaid } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

/** The name and role of what has the focus, as assistive technology is told. */
const focused = (page) => page.evaluate(() => {
	const element = document.activeElement;
	const heard = element.cloneNode(true);
	for (const silent of heard.querySelectorAll('[aria-hidden="true"]')) silent.remove();
	return (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? heard.textContent).trim();
});

/** Tab until what has the focus is called so. */
async function tabTo(page, name, key = 'Tab') {
	const seen = [];
	for (let i = 0; i < 60; i += 1) {
		const now = await focused(page);
		if (name instanceof RegExp ? name.test(now) : now === name) return;
		seen.push(now);
		await page.keyboard.press(key);
	}
	assert.fail(`never came to ${name}: ${seen.join(' | ')}`);
}

test('register, find a person, ask, read, answer and log out', async () => {
	const bob = await register({ nickname: 'Bob' });
	const page = await newPerson(browser);
	await page.goto('./');
	await page.getByLabel('Password', { exact: true }).waitFor();
	await tabTo(page, 'Create an account');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Username');
	await page.keyboard.type(uniqueName('key'));
	await tabTo(page, /^Nickname/);
	await page.keyboard.type('Kim');
	await tabTo(page, 'Password');
	await page.keyboard.type(PASSWORD);
	await page.keyboard.press('Enter');
	await inside(page);
	await connection(page, 'live');

	await tabTo(page, 'Find a person');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Username, nickname, phone or email');
	await page.keyboard.type(bob.username);
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Add friend: Bob' }).waitFor();
	await tabTo(page, 'Add friend: Bob');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Send request');
	await page.keyboard.press('Enter');
	await page.getByText('Request sent').waitFor();

	const { requests } = (await bob.get('/social/friend-requests?box=in')).body;
	expectStatus(await bob.put(`/social/friend-requests/${requests[0].id}`, { status: 'accepted' }), 200);
	await tabTo(page, /Chats$/, 'Shift+Tab');
	await page.keyboard.press('Enter');
	await page.locator('.chat-item').waitFor();
	await tabTo(page, /^Bob/);
	await page.keyboard.press('Enter');
	await tabTo(page, 'Message to Bob');
	await page.keyboard.type('one');
	await page.keyboard.press('Shift+Enter');
	await page.keyboard.type('two');
	await page.keyboard.press('Enter');
	await waitForSaid(page, ['me: one\ntwo']);
	await waitForMark(page, 'one', 'sent');

	// An emoji: open, move, take, close.
	await tabTo(page, 'Emoji and stickers', 'Shift+Tab');
	await page.keyboard.press('Enter');
	await eventually('the first emoji has the focus', async () => (await focused(page)) === '😀');
	await page.keyboard.press('ArrowRight');
	assert.equal(await focused(page), '😃');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Escape');
	assert.equal(await focused(page), 'Message to Bob');
	await page.keyboard.press('Enter');
	await waitForSaid(page, ['me: one\ntwo', 'me: 😃']);

	// Esc goes back; then out.
	await page.keyboard.press('Escape');
	await page.getByText('Choose a conversation').waitFor();
	assert.match(await focused(page), /^Bob/, 'the focus is where one came from');
	await tabTo(page, 'Me', 'Shift+Tab');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Log out');
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
	// It comes back after the dialog has gone: until then the page itself has the focus.
	await page.waitForFunction(() => document.activeElement !== document.body);
	assert.equal(await focused(page), 'Log out', 'the focus is where it was');
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor();
	await tabTo(page, 'Cancel');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Log in' }).waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test('arrow keys move in the lists; Enter opens', async () => {
	const ann = await register();
	const names = ['One', 'Two', 'Three'];
	for (const nickname of names) {
		const friend = await register({ nickname });
		await send(friend, await befriend(ann, friend), `from ${nickname}`);
	}
	const page = await newPerson(browser);
	await page.goto('./');
	await tabTo(page, 'Username, phone or email');
	await page.keyboard.type(ann.username);
	await page.keyboard.press('Tab');
	await page.keyboard.type(ann.password);
	await page.keyboard.press('Enter');
	await page.locator('.chat-item').nth(2).waitFor();
	await tabTo(page, /^Three/);
	await page.keyboard.press('ArrowDown');
	assert.match(await focused(page), /^Two/);
	await page.keyboard.press('ArrowDown');
	assert.match(await focused(page), /^One/);
	await page.keyboard.press('Home');
	assert.match(await focused(page), /^Three/);
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.getByLabel('Message to One').waitFor();
	await waitForSaid(page, ['them: from One']);
	await page.context().close();
});

test('Enter does not send while an input method composes', async () => {
	const [ann, bob] = await Promise.all([register(), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	const page = await newPerson(browser);
	await page.goto('./');
	await page.getByLabel('Username, phone or email').fill(ann.username);
	await page.getByLabel('Password', { exact: true }).fill(ann.password);
	await page.keyboard.press('Enter');
	await inside(page);
	await page.goto(`./#/chats/${conversation}`);
	const input = page.getByLabel('Message to Bob');
	await input.focus();
	const ime = await page.context().newCDPSession(page);
	await ime.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
	// The Enter that ends a composition, as browsers tell it: composing still, or key code 229.
	const sent = await input.evaluate((element) => [
		{ key: 'Enter', isComposing: true }, { key: 'Enter', keyCode: 229 },
	].map((init) => !element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))));
	assert.deepEqual(sent, [false, false]);
	await ime.send('Input.insertText', { text: '你好' });
	assert.equal(await input.inputValue(), '你好');
	assert.deepEqual(await saidIn(page), []);
	await page.keyboard.press('Enter');
	await waitForSaid(page, ['me: 你好']);
	await page.context().close();
});
