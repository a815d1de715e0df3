// The main job: two people register, find each other, become friends and chat, live, in two
// browsers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { uniqueName } from '../harness/client.mjs';
import {
	connection, conversationLink, inside, openConversation, registerInUi, saidIn, section, unreadOf,
	waitForMark, waitForSaid, waitForUnread, write,
} from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

const ann = { username: uniqueName('ann'), nickname: 'Ann 安' };
const bob = { username: uniqueName('bob'), nickname: '小波 🐳' };

async function becomeFriends(annsPage, bobsPage) {
	await section(annsPage, 'Contacts');
	await annsPage.getByRole('link', { name: 'Find a person' }).first().click();
	await annsPage.getByLabel('Username, nickname, phone or email').fill(bob.username);
	await annsPage.getByRole('button', { name: 'Search' }).click();
	await annsPage.getByRole('button', { name: `Add friend: ${bob.nickname}` }).click();
	await annsPage.getByLabel('Your message').fill('你好，我是安 👋');
	await annsPage.getByRole('button', { name: 'Send request' }).click();
	await annsPage.getByText('Request sent').waitFor();

	// It arrives without a reload: the badge first.
	await bobsPage.getByRole('navigation').getByText('1 friend request').waitFor({ state: 'attached' });
	await section(bobsPage, 'Contacts');
	await bobsPage.getByRole('link', { name: 'Friend requests' }).click();
	await bobsPage.getByText('你好，我是安 👋').waitFor();
	await bobsPage.getByRole('button', { name: `Accept the request of ${ann.nickname}` }).click();
}

test('two people register, find each other, become friends and chat', async () => {
	const annsPage = await newPerson(browser);
	const bobsPage = await newPerson(browser);
	await registerInUi(annsPage, ann);
	await registerInUi(bobsPage, bob);
	await Promise.all([connection(annsPage, 'live'), connection(bobsPage, 'live')]);

	await becomeFriends(annsPage, bobsPage);
	// Both have the conversation now, and see each other online; nobody reloads.
	await openConversation(annsPage, bob.nickname);
	await annsPage.getByText('You are friends now').first().waitFor();
	await annsPage.locator('.talk__presence', { hasText: 'Online' }).waitFor();
	await openConversation(bobsPage, ann.nickname);

	await bobsPage.getByLabel(`Message to ${ann.nickname}`).pressSequentially('H');
	await annsPage.locator('.talk__presence', { hasText: 'Typing' }).waitFor();
	await bobsPage.getByLabel(`Message to ${ann.nickname}`).fill('');

	const script = [
		[annsPage, bob, '第一句：你好！'],
		[bobsPage, ann, 'Hello 安, nice to meet you 😄'],
		[annsPage, bob, '表情也要完整：👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 𠮷野家'],
		[annsPage, bob, 'two\nlines & <b>no markup</b>'],
		[bobsPage, ann, '好的，收到。🎉'],
	];
	for (const [page, to, text] of script) {
		if (!text.includes('\n')) await write(page, to.nickname, text);
		else {
			const input = page.getByLabel(`Message to ${to.nickname}`);
			const [one, two] = text.split('\n');
			await input.pressSequentially(one);
			await input.press('Shift+Enter');
			await input.pressSequentially(two);
			await input.press('Enter');
		}
		// It is there for the other one before the next is written.
		await (page === annsPage ? bobsPage : annsPage).getByText(text.split('\n')[0], { exact: false })
			.first().waitFor();
	}
	const annSees = script.map(([page, , text]) => `${page === annsPage ? 'me' : 'them'}: ${text}`);
	const bobSees = script.map(([page, , text]) => `${page === bobsPage ? 'me' : 'them'}: ${text}`);
	await waitForSaid(annsPage, annSees);
	await waitForSaid(bobsPage, bobSees);

	// Both look at it: everything is read, nothing is unread.
	await waitForMark(annsPage, '第一句', 'read');
	await waitForMark(annsPage, 'two', 'read');
	await waitForMark(bobsPage, '收到', 'read');
	assert.equal(await unreadOf(annsPage, bob.nickname), 0);
	assert.equal(await unreadOf(bobsPage, ann.nickname), 0);

	// Bob looks elsewhere: what Ann writes is delivered, unread and counted.
	await section(bobsPage, 'Me');
	for (const text of ['一', '二', '三']) await write(annsPage, bob.nickname, text);
	await waitForMark(annsPage, '三', 'delivered');
	await bobsPage.getByRole('navigation').getByText('3 unread').waitFor({ state: 'attached' });
	await section(bobsPage, 'Chats');
	await waitForUnread(bobsPage, ann.nickname, 3);
	assert.match(await conversationLink(bobsPage, ann.nickname).textContent(), /三/);
	await conversationLink(bobsPage, ann.nickname).click();
	await bobsPage.getByText('New messages').waitFor();
	await waitForUnread(bobsPage, ann.nickname, 0);
	await waitForMark(annsPage, '三', 'read');

	// A reload shows the same.
	const [annsBefore, bobsBefore] = [await saidIn(annsPage), await saidIn(bobsPage)];
	assert.equal(annsBefore.length, script.length + 3);
	await Promise.all([annsPage.reload(), bobsPage.reload()]);
	await Promise.all([inside(annsPage), inside(bobsPage)]);
	await waitForSaid(annsPage, annsBefore);
	await waitForSaid(bobsPage, bobsBefore);
	await waitForMark(annsPage, '三', 'read');
	assert.equal(await unreadOf(bobsPage, ann.nickname), 0);

	assert.deepEqual(annsPage.complaints, []);
	assert.deepEqual(bobsPage.complaints, []);
	await Promise.all([annsPage.context().close(), bobsPage.context().close()]);
});

test('both write at once: both see the same order, nothing missing, nothing twice', async () => {
	const [one, other] = [
		{ username: uniqueName('cat'), nickname: 'Cat' },
		{ username: uniqueName('dan'), nickname: 'Dan' },
	];
	const tall = { viewport: { width: 1280, height: 2400 } }; // all of it is in the document
	const pages = [await newPerson(browser, tall), await newPerson(browser, tall)];
	await registerInUi(pages[0], one);
	await registerInUi(pages[1], other);
	await pages[0].goto('./#/contacts/find');
	await pages[0].getByLabel('Username, nickname, phone or email').fill(other.username);
	await pages[0].keyboard.press('Enter');
	await pages[0].getByRole('button', { name: 'Add friend: Dan' }).click();
	await pages[0].getByRole('button', { name: 'Send request' }).click();
	await pages[1].goto('./#/contacts/requests');
	await pages[1].getByRole('button', { name: 'Accept the request of Cat' }).click();
	await openConversation(pages[0], 'Dan');
	await openConversation(pages[1], 'Cat');
	const count = 15;
	await Promise.all(pages.map(async (page, index) => {
		for (let i = 1; i <= count; i += 1) await write(page, ['Dan', 'Cat'][index], `${'cd'[index]}${i}`);
	}));
	for (const page of pages) {
		await page.locator('.message .mark[data-mark="sending"]').first().waitFor({ state: 'detached' });
	}
	const texts = async (page) => (await saidIn(page)).map((line) => line.replace(/^\w+: /, ''));
	const said = (page, text) => page.locator('.message', { hasText: text }).waitFor();
	await Promise.all([said(pages[0], `d${count}`), said(pages[1], `c${count}`)]);
	const seen = await texts(pages[0]);
	assert.deepEqual(await texts(pages[1]), seen);
	assert.equal(new Set(seen).size, 2 * count);
	for (const who of ['c', 'd']) {
		const own = seen.filter((text) => text.startsWith(who));
		assert.deepEqual(own, Array.from({ length: count }, (_, i) => `${who}${i + 1}`));
	}
	await Promise.all(pages.map((page) => page.context().close()));
});
