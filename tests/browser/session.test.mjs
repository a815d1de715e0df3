// Being logged in: it lasts over reloads and tabs, ends everywhere at once, and leaves nothing.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import {
	connection, inside, logInUi, openConversation, section, waitForSaid, waitForUnread,
} from './steps.mjs';

let browser, ann, bob, conversation, page;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	await send(bob, conversation, '机密');
	page = await newPerson(browser);
	await logInUi(page, ann);
	await connection(page, 'live');
});

const atLogin = (tab) => tab.getByRole('heading', { name: 'Log in' }).waitFor();
const databases = (tab) => tab.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

async function logOut(tab) {
	await section(tab, 'Me');
	await tab.getByRole('button', { name: 'Log out' }).click();
	await tab.getByRole('dialog').getByRole('button', { name: 'Log out' }).click();
	await atLogin(tab);
}

test('a reload stays logged in; no token is kept where scripts of a later visit could read it', async () => {
	await openConversation(page, 'Bob');
	await waitForSaid(page, ['them: 机密']);
	await page.reload();
	await waitForSaid(page, ['them: 机密']);
	const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
	assert.doesNotMatch(kept, /eyJ|token|refresh/i);
	const cookie = (await page.context().cookies()).find(({ name }) => name === 'hichat_refresh');
	assert.equal(cookie.httpOnly, true);
	assert.equal(cookie.sameSite, 'Strict');
	assert.match(cookie.path, /\/api\/v1\/account\/sessions$/);
});

test('logging out clears what is kept here, in every tab', async () => {
	const second = await page.context().newPage();
	await second.goto('./');
	await inside(second);
	await openConversation(second, 'Bob');
	assert.deepEqual(await databases(page), [`hichat-${ann.id}`]);
	await logOut(page);
	await atLogin(second);
	await eventually('the database is gone', async () => (await databases(page)).length === 0);
	assert.equal((await page.context().cookies()).some(({ name }) => name === 'hichat_refresh'), false);
	await page.reload();
	await atLogin(page);
	assert.equal(await page.getByText('机密').count(), 0);
});

test('a session that is ended elsewhere ends here at once, and says so', async () => {
	const other = (await ann.get('/account/sessions')).body.sessions.find(({ current }) => !current);
	assert.match(other.device, /Chrome/);
	await ann.delete(`/account/sessions/${other.id}`);
	await atLogin(page);
	await page.getByText('You were logged out. Please log in again.').waitFor();
	await eventually('nothing is kept', async () => (await databases(page)).length === 0);
});

test('two tabs: both live, what is read in one is read in the other', async () => {
	const second = await page.context().newPage();
	await second.goto('./');
	await connection(second, 'live');
	await waitForUnread(second, 'Bob', 2);
	await openConversation(page, 'Bob');
	await waitForUnread(page, 'Bob', 0);
	await waitForUnread(second, 'Bob', 0);
	await page.getByLabel('Message to Bob').fill('从第一个窗口');
	await page.keyboard.press('Enter');
	await openConversation(second, 'Bob');
	await waitForSaid(second, ['them: 机密', 'me: 从第一个窗口']);
});

test('somebody else logs in: every tab is theirs, and shows nothing of the one before', async () => {
	const second = await page.context().newPage();
	await second.goto('./');
	await openConversation(second, 'Bob');
	await logOut(page);
	await logInUi(page, bob);
	await inside(second);
	await second.locator('.chat-item', { hasText: 'Ann' }).waitFor();
	assert.equal(await second.locator('.chat-item', { hasText: 'Bob' }).count(), 0);
	assert.deepEqual(await databases(second), [`hichat-${bob.id}`]);
});

test('the same person logs out and in again: every tab is in again, and live', async () => {
	const second = await page.context().newPage();
	await second.goto('./');
	await openConversation(second, 'Bob');
	await logOut(page);
	await atLogin(second);
	await logInUi(page, ann);
	await connection(second, 'live');
	await send(bob, conversation, '又见面了');
	await openConversation(second, 'Bob');
	await waitForSaid(second, ['them: 机密', 'them: 又见面了']);
});

test('offline, the last state is there at once', async () => {
	await openConversation(page, 'Bob');
	await waitForSaid(page, ['them: 机密']);
	// The page itself comes from the web server; only the API is away.
	await page.route('**/api/**', (route) => route.abort());
	await page.reload();
	await waitForSaid(page, ['them: 机密']);
	await connection(page, 'offline');
	await page.unroute('**/api/**');
	await connection(page, 'live');
});
