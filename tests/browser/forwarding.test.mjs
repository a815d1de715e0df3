// Forwarding messages and sharing contact cards, in the web UI.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';
import { phone } from './axe.mjs';
import { bubble, choose, longPress } from './message_steps.mjs';
import { connection, conversationLink, inside, logInUi, openConversation, waitForSaid } from './steps.mjs';

let browser, ann, bob, cem, withBob;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob, cem] = await Promise.all(['Ann', 'Bob', 'Cem'].map((nickname) => register({ nickname })));
	withBob = await befriend(ann, bob);
	await befriend(ann, cem);
});

async function device(person, name, options = {}) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	await openConversation(page, name);
	return page;
}

async function say(person, text) {
	const answer = await send(person, withBob, text);
	expectStatus(answer, 201);
	return answer.body.message.seq;
}

async function close(...pages) {
	for (const page of pages) assert.deepEqual(page.complaints, []);
	await Promise.all(pages.map((page) => page.context().close()));
}

/** In the dialog that asks where to: chooses these and sends. */
async function sendTo(page, ...names) {
	const dialog = page.getByRole('dialog');
	for (const name of names) await dialog.getByRole('checkbox', { name }).check();
	await dialog.getByRole('button', { name: /^Send/ }).click();
	await dialog.waitFor({ state: 'detached' });
}

const notice = (page, text) => page.locator('.talk-notice').getByText(text).waitFor();
const picks = (page) => page.locator('.pick__input:checked');
const pick = (page, name) => page.getByRole('checkbox', { name });
const toolbar = (page) => page.getByRole('group', { name: 'With the selected messages' });

test('one message goes to a friend and a group, and says that it was forwarded', async () => {
	await say(bob, 'The hut is open');
	const [anns, cems] = [await device(ann, 'Bob'), await device(cem, 'Ann')];
	await makeGroup(ann, [cem], { name: 'Hikers' });
	await choose(anns, 'The hut is open', 'Forward');
	const dialog = anns.getByRole('dialog', { name: 'Forward to' });
	await dialog.getByText('Bob: The hut is open').waitFor();
	await dialog.getByLabel('Search chats and friends').fill('hik');
	await dialog.getByRole('checkbox', { name: 'Cem' }).waitFor({ state: 'detached' });
	await dialog.getByRole('checkbox', { name: 'Hikers' }).check();
	await dialog.getByLabel('Search chats and friends').fill('');
	await sendTo(anns, 'Cem');
	await notice(anns, 'Sent to 2 chats');
	await bubble(cems, 'The hut is open').getByText('Forwarded').waitFor();
	await conversationLink(cems, 'Hikers').getByText('The hut is open').waitFor();
	await close(anns, cems);
});

test('several are chosen by mouse and with Shift, and go one by one', async () => {
	for (const text of ['one', 'two', 'three', 'four']) await say(bob, text);
	const [anns, cems] = [await device(ann, 'Bob'), await device(cem, 'Ann')];
	await choose(anns, 'one', 'Select');
	await bubble(anns, 'three').click({ modifiers: ['Shift'], force: true });
	await bubble(anns, 'two').click({ force: true });
	await anns.getByText('2 messages selected').waitFor();
	assert.equal(await picks(anns).count(), 2);
	await toolbar(anns).getByRole('button', { name: 'Forward one by one' }).click();
	await sendTo(anns, 'Cem');
	await notice(anns, 'Sent to Cem');
	await anns.getByLabel('Message to Bob').waitFor();
	assert.equal(await anns.locator('.pick').count(), 0);
	await bubble(cems, 'three').waitFor();
	await waitForSaid(cems, ['them: one', 'them: three']);
	await close(anns, cems);
});

test('merged they are one card that opens all of them, also what is merged in it', async () => {
	for (const text of ['one', 'two', 'three', 'four']) await say(bob, text);
	const anns = await device(ann, 'Bob');
	const cems = await device(cem, 'Ann');
	await choose(anns, 'one', 'Select');
	await bubble(anns, 'four').click({ modifiers: ['Shift'], force: true });
	await toolbar(anns).getByRole('button', { name: 'Forward merged' }).click();
	await sendTo(anns, 'Cem');
	const card = cems.locator('.card', { hasText: 'Messages of Ann and Bob' });
	await card.getByText('Bob: three').waitFor();
	assert.equal(await card.getByText('four').count(), 0, 'the card shows how it begins');
	await conversationLink(cems, 'Ann').getByText('Messages of Ann and Bob').waitFor();
	await card.click();
	const reader = cems.getByRole('dialog', { name: 'Messages of Ann and Bob' });
	assert.deepEqual(await reader.locator('.message__text').allTextContents(), ['one', 'two', 'three', 'four']);
	await cems.keyboard.press('Escape');

	// Once more into one: Cem merges the bundle with an answer of his.
	await cems.getByLabel('Message to Ann').fill('thanks');
	await cems.keyboard.press('Enter');
	await bubble(cems, 'thanks').waitFor();
	await choose(cems, 'thanks', 'Select');
	await pick(cems, 'Ann: Messages of Ann and Bob').check({ force: true });
	await toolbar(cems).getByRole('button', { name: 'Forward merged' }).click();
	await sendTo(cems, 'Ann');
	await cems.locator('.card', { hasText: 'Messages of Cem and Ann' }).click();
	const outer = cems.getByRole('dialog', { name: 'Messages of Cem and Ann' });
	await outer.locator('.card').click();
	await cems.getByRole('dialog', { name: 'Messages of Ann and Bob' }).getByText('four').waitFor();
	await cems.getByRole('button', { name: 'Back' }).last().click();
	await outer.getByText('thanks').waitFor();
	await close(anns, cems);
});

test('chosen messages are copied with who said them, and deleted for me', async () => {
	await say(bob, 'first');
	await say(ann, 'second');
	const anns = await device(ann, 'Bob');
	await anns.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await choose(anns, 'first', 'Select');
	await bubble(anns, 'second').click({ force: true });
	await toolbar(anns).getByRole('button', { name: 'Copy' }).click();
	await notice(anns, 'Copied');
	const copied = await anns.evaluate(() => navigator.clipboard.readText());
	assert.match(copied, /^Bob: \d\d:\d\d\nfirst\n\nYou: \d\d:\d\d\nsecond$/);
	await choose(anns, 'first', 'Select');
	await bubble(anns, 'second').click({ force: true });
	await toolbar(anns).getByRole('button', { name: 'Delete for me' }).click();
	const dialog = anns.getByRole('dialog', { name: 'Delete 2 messages for you?' });
	await dialog.getByRole('button', { name: 'Delete for me' }).click();
	await bubble(anns, 'first').waitFor({ state: 'detached' });
	await bubble(anns, 'second').waitFor({ state: 'detached' });
	assert.equal((await history(bob, withBob)).filter(({ kind }) => kind === 'text').length, 2);
	await close(anns);
});

test('by keyboard alone: a range of messages, and out of it', async () => {
	for (const text of ['one', 'two', 'three']) await say(bob, text);
	const page = await device(ann, 'Bob');
	await bubble(page, 'three').waitFor();
	await page.locator('.messages__scroll').focus();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await page.getByRole('menu').waitFor();
	await page.getByRole('menuitem', { name: 'Select' }).press('Enter');
	const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
	await eventually('the focus is at the first choice', async () => (await focused()) === 'Bob: three');
	await page.keyboard.press('Shift+ArrowUp');
	await page.keyboard.press('Shift+ArrowUp');
	await page.getByText('3 messages selected').waitFor();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Space');
	await page.getByText('2 messages selected').waitFor();
	await page.keyboard.press('Enter');
	await page.getByText('3 messages selected').waitFor();
	await page.keyboard.press('Escape');
	await page.getByLabel('Message to Bob').waitFor();
	await close(page);
});

test('by finger on a phone: a long touch, then one touch each', async () => {
	for (const text of ['one', 'two']) await say(bob, text);
	const page = await device(ann, 'Bob', phone);
	await longPress(page, 'one');
	await page.getByRole('menuitem', { name: 'Select' }).tap();
	await bubble(page, 'two').tap({ force: true });
	await page.getByText('2 messages selected').waitFor();
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	assert.equal(wide, 390);
	await page.getByRole('button', { name: 'Cancel' }).tap();
	await page.getByLabel('Message to Bob').waitFor();
	await close(page);
});

test('a contact card is sent from the composer, and opens the person', async () => {
	const [anns, bobs] = [await device(ann, 'Bob'), await device(bob, 'Ann')];
	await anns.getByRole('button', { name: 'Add to the conversation' }).click();
	await anns.getByRole('button', { name: 'Contact card' }).click();
	await sendTo(anns, 'Cem');
	const card = bobs.locator('.card', { hasText: `@${cem.username}` });
	await card.getByText('Cem').waitFor();
	await conversationLink(bobs, 'Ann').getByText('Contact card: Cem').waitFor();
	await bobs.getByRole('log').getByText('Ann: Contact card').waitFor({ state: 'attached' });
	await card.click();
	await bobs.getByRole('heading', { name: 'Cem' }).waitFor();
	await bobs.getByRole('button', { name: 'Add friend' }).waitFor();
	await bobs.reload();
	await inside(bobs);
	await openConversation(bobs, 'Ann');
	await card.getByText('Cem').waitFor();
	await close(anns, bobs);
});

test('a person is recommended from their profile', async () => {
	const anns = await device(ann, 'Bob');
	const cems = await device(cem, 'Ann');
	await anns.getByRole('button', { name: 'About Bob' }).click();
	await anns.getByRole('button', { name: 'Share contact' }).click();
	await anns.getByRole('dialog', { name: 'Share contact' }).getByText('Contact card: Bob').waitFor();
	await sendTo(anns, 'Cem');
	await anns.getByRole('status').getByText('Sent to Cem').waitFor();
	await cems.locator('.card', { hasText: 'Bob' }).waitFor();
	await close(anns, cems);
});

test('a conversation that takes nothing is named, with the reason', async () => {
	await say(bob, 'for Cem');
	const anns = await device(ann, 'Bob');
	expectStatus(await cem.put(`/social/blocks/${ann.id}`), 200);
	await makeGroup(ann, [bob], { name: 'Hikers' });
	await choose(anns, 'for Cem', 'Forward');
	await sendTo(anns, 'Cem', 'Hikers');
	await anns.getByRole('alert').getByText('Not sent to Cem: ').waitFor();
	await conversationLink(anns, 'Hikers').getByText('for Cem').waitFor();
	// Alone it is a refusal, told where one asked.
	await choose(anns, 'for Cem', 'Forward');
	const dialog = anns.getByRole('dialog');
	await dialog.getByRole('checkbox', { name: 'Cem' }).check();
	await dialog.getByRole('button', { name: 'Send' }).click();
	await dialog.getByRole('alert').getByText('takes no messages').waitFor();
	await anns.context().close();
});
