// axe-core on every screen, in light and dark, on a desktop and a phone: no violation at all.
// With HICHAT_SCREENSHOTS, a directory, each of these screens is kept there as a picture.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send, uniqueName } from '../harness/client.mjs';
import { desktop, Inspection, looks, phone, violations } from './axe.mjs';
import { connection, logInUi } from './steps.mjs';

let browser, ann, bob, conversation, stranger;
before(async () => {
	browser = await launch();
	[ann, bob, stranger] = await Promise.all([
		register({ nickname: 'Ann' }), register({ nickname: '小波' }),
		register({ nickname: uniqueName('Stranger ').slice(0, 20) }),
	]);
	conversation = await befriend(ann, bob);
	await send(bob, conversation, '你好！ https://example.org/a 😀');
	await send(ann, conversation, 'Hello');
	await send(ann, conversation, '🎉');
	await send(bob, conversation, '再见');
	const asker = await register({ nickname: 'Asker' });
	expectStatus(await asker.post('/social/friend-requests', { user_id: ann.id, message: 'hi' }), 201);
	for (let i = 0; i < 8; i += 1) await befriend(ann, await register({ nickname: `Friend ${i}` }));
});
after(() => browser?.close());

/** Every screen inside: how to come to it, and what says that it is there. */
const screens = [
	['chats', (page) => page.goto('./#/chats'), '.chat-item'],
	['conversation', (page) => page.goto(`./#/chats/${conversation}`), '.message'],
	['about', (page) => page.goto(`./#/chats/${conversation}/about`), '.about'],
	['no such conversation', (page) => page.goto('./#/chats/999999999'), '.empty'],
	['contacts', (page) => page.goto('./#/contacts'), '.contact-item'],
	['person', (page) => page.goto(`./#/contacts/${bob.id}`), '.person'],
	['requests', (page) => page.goto('./#/contacts/requests'), '.person-row'],
	['me', (page) => page.goto('./#/me'), '.me-menu'],
	['profile', (page) => page.goto('./#/me/profile'), '.profile'],
	['preferences', (page) => page.goto('./#/me/preferences'), '.choice'],
	['find', (page) => page.goto('./#/contacts/find'), '.find'],
	['found', async (page) => {
		await page.locator('.find input').fill(stranger.username);
		await page.keyboard.press('Enter');
	}, '.find ~ .rows .person-row'],
	['ask', (page) => page.getByRole('button', { name: /^Add friend/ }).click(), 'dialog[open]'],
	['emoji', async (page) => {
		await page.keyboard.press('Escape');
		await page.goto(`./#/chats/${conversation}`);
		await page.getByRole('button', { name: 'Emoji and stickers' }).click();
	}, '.emoji-picker'],
	['log out', async (page) => {
		await page.goto('./#/me');
		await page.getByRole('button', { name: 'Log out' }).click();
	}, 'dialog[open]'],
];

for (const [device, options, colorScheme] of looks) {
	test(`axe: ${device}, ${colorScheme}`, async () => {
		const page = await newPerson(browser, { ...options, colorScheme });
		const inspection = new Inspection(page, `${device}-${colorScheme}`);
		for (const name of ['login', 'register']) {
			await page.goto(`./#/${name}`);
			await page.getByLabel('Password', { exact: true }).waitFor();
			await inspection.check(name);
		}
		await logInUi(page, ann);
		await connection(page, 'live');
		await inspection.walk(screens);
		await page.context().close();
	});
}

test('axe: empty screens, failures and notices', async () => {
	const page = await newPerson(browser, desktop);
	await page.goto('./#/login');
	await page.getByLabel('Username, phone or email').fill('nobody.at.all');
	await page.getByLabel('Password', { exact: true }).fill('wrong-password');
	await page.getByRole('button', { name: 'Log in' }).click();
	await page.getByText('Unknown name or wrong password.').waitFor();
	assert.deepEqual(await violations(page), []);
	await page.goto('./#/register');
	await page.getByLabel('Username').fill('x');
	await page.getByLabel('Password', { exact: true }).fill('password');
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.locator('.field__error').first().waitFor();
	assert.deepEqual(await violations(page), []);

	await logInUi(page, await register({ nickname: 'New' }));
	for (const [hash, text] of [
		['chats', 'No conversations yet'], ['contacts', 'No friends yet'],
		['contacts/requests', 'No friend requests'], ['contacts/find', 'Who are you looking for?'],
	]) {
		await page.goto(`./#/${hash}`);
		await page.getByText(text).waitFor();
		assert.deepEqual(await violations(page), [], hash);
	}
	await page.context().setOffline(true);
	await page.locator('.connection__bar').waitFor();
	assert.deepEqual(await violations(page), []);
	await page.context().close();
});
