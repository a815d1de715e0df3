// What can be done to messages, in the web UI: seen live by the other one and on a second device,
// and the same after a reload.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';
import { bubble, choose, offered, react, rowOf, waitForReactions } from './message_steps.mjs';
import {
	connection, conversationLink, inside, logInUi, openConversation, waitForMark, write,
} from './steps.mjs';

let browser, ann, bob, conversation;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
});

/** A device of theirs, looking at the conversation, live. */
async function device(person, name, options = {}) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	await openConversation(page, name);
	return page;
}

async function say(person, text, more) {
	const answer = await send(person, conversation, text, more);
	expectStatus(answer, 201);
	return answer.body.message.seq;
}

async function close(...pages) {
	for (const page of pages) assert.deepEqual(page.complaints, []);
	await Promise.all(pages.map((page) => page.context().close()));
}

const quoteIn = (page, text) => bubble(page, text).locator('.quote');
const note = (page, text) => page.locator('.note').getByText(text, { exact: true });

test('reply, edit, react, pin and recall: live on all devices, the same after a reload', async () => {
	await say(bob, 'Tea on Saturday?');
	const [one, two, bobs] = [await device(ann, 'Bob'), await device(ann, 'Bob'), await device(bob, 'Ann')];
	const all = [one, two, bobs];

	await choose(one, 'Tea on Saturday?', 'Reply');
	await one.locator('.composer__subject', { hasText: 'Reply to Bob' }).waitFor();
	await one.keyboard.type('With plesure');
	await one.keyboard.press('Enter');
	for (const page of all) {
		await quoteIn(page, 'With plesure').waitFor();
		assert.match(await quoteIn(page, 'With plesure').textContent(), /Tea on Saturday\?$/);
	}
	assert.equal(await one.locator('.composer__subject').count(), 0);

	await waitForMark(one, 'With plesure', 'read');
	await choose(one, 'With plesure', 'Edit');
	assert.equal(await one.getByLabel('Message to Bob').inputValue(), 'With plesure');
	await one.getByLabel('Message to Bob').fill('With pleasure');
	await one.keyboard.press('Enter');
	for (const page of all) await bubble(page, 'With pleasure').getByText('edited').waitFor();

	await react(bobs, 'With pleasure', '🎉');
	await react(one, 'With pleasure', '🎉');
	await react(two, 'With pleasure', '👍');
	await waitForReactions(bobs, 'With pleasure', ['🎉 2*', '👍 1']);
	for (const page of [one, two]) await waitForReactions(page, 'With pleasure', ['🎉 2*', '👍 1*']);
	await rowOf(two, 'With pleasure').getByRole('button', { name: '👍 1 you' }).click();
	for (const page of all) await waitForReactions(page, 'With pleasure', ['🎉 2*']);

	await choose(bobs, 'Tea on Saturday?', 'Pin');
	for (const page of all) await page.locator('.pin-bar', { hasText: 'Tea on Saturday?' }).waitFor();

	await write(one, 'Bob', 'Not for you');
	for (const page of all) await bubble(page, 'Not for you').waitFor();
	await waitForMark(one, 'Not for you', 'read');
	await choose(one, 'Not for you', 'Recall');
	// Bob has read it: one is asked.
	await one.getByRole('dialog').getByText('Bob has read it already', { exact: false }).waitFor();
	await one.getByRole('dialog').getByRole('button', { name: 'Recall' }).click();
	for (const page of [one, two]) await note(page, 'You recalled a message').waitFor();
	await note(bobs, 'Ann recalled a message').waitFor();
	assert.match(await conversationLink(bobs, 'Ann').textContent(), /Ann recalled a message$/);

	const look = (page) => page.locator('.messages__list').innerText();
	const before = await Promise.all(all.map(look));
	await Promise.all(all.map((page) => page.reload()));
	await Promise.all(all.map((page) => inside(page)));
	for (const [index, page] of all.entries()) {
		await page.locator('.pin-bar', { hasText: 'Tea on Saturday?' }).waitFor();
		await quoteIn(page, 'With pleasure').waitFor();
		await eventually('all is as before', async () => (await look(page)) === before[index]);
		assert.doesNotMatch(await page.content(), /Not for you/);
	}
	await close(...all);
});

test('what nobody has read is recalled without a question', async () => {
	const page = await device(ann, 'Bob');
	await write(page, 'Bob', 'too early');
	await waitForMark(page, 'too early', 'sent');
	await choose(page, 'too early', 'Recall');
	await note(page, 'You recalled a message').waitFor();
	await close(page);
});

test('deleting for oneself: gone on both devices, there for the other one', async () => {
	await say(bob, 'stays');
	await say(bob, 'goes');
	const [one, two, bobs] = [await device(ann, 'Bob'), await device(ann, 'Bob'), await device(bob, 'Ann')];
	await choose(one, 'goes', 'Delete for me');
	await one.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click();
	for (const page of [one, two]) {
		await bubble(page, 'goes').waitFor({ state: 'detached' });
		assert.match(await conversationLink(page, 'Bob').textContent(), /stays$/);
	}
	assert.equal(await bubble(bobs, 'goes').count(), 1);
	await two.reload();
	await bubble(two, 'stays').waitFor();
	assert.equal(await bubble(two, 'goes').count(), 0);
	await close(one, two, bobs);
});

test('ArrowUp in an empty composer edits the last message of mine; Esc leaves everything as it was', async () => {
	await say(ann, 'first');
	await say(ann, 'second');
	await say(bob, 'third');
	const page = await device(ann, 'Bob');
	const input = page.getByLabel('Message to Bob');
	await bubble(page, 'third').waitFor();
	await input.press('ArrowUp');
	await page.locator('.composer__subject', { hasText: 'Edit message' }).waitFor();
	assert.equal(await input.inputValue(), 'second');
	await input.press('End');
	await page.keyboard.type(' thoughts');
	await page.keyboard.press('Escape');
	await page.locator('.composer__subject').waitFor({ state: 'detached' });
	assert.equal(await input.inputValue(), '');
	await bubble(page, 'second').waitFor();
	// What was begun before is there again after an edit.
	await input.fill('a draft');
	await choose(page, 'second', 'Edit');
	await input.fill('2nd');
	await page.keyboard.press('Enter');
	await bubble(page, '2nd').waitFor();
	assert.equal(await input.inputValue(), 'a draft');
	await close(page);
});

test('earlier versions of a text are shown to who wrote it', async () => {
	const seq = await say(ann, 'one');
	for (const text of ['two', 'three']) {
		expectStatus(await ann.patch(`/chat/conversations/${conversation}/messages/${seq}`, { body: { text } }), 200);
	}
	const [page, bobs] = [await device(ann, 'Bob'), await device(bob, 'Ann')];
	await choose(page, 'three', 'Earlier versions');
	const versions = page.getByRole('dialog').locator('.version__text');
	await versions.nth(2).waitFor();
	assert.deepEqual(await versions.allTextContents(), ['one', 'two', 'three']);
	assert.ok(!(await offered(bobs, 'three')).includes('Earlier versions'));
	await close(page, bobs);
});

test('a quote leads to what it quotes, however long ago that was', async () => {
	const seq = await say(bob, 'long ago');
	for (let i = 0; i < 130; i += 1) await say(bob, `filler ${i}`);
	await say(bob, 'remember?', { reply_to: seq });
	const page = await device(ann, 'Bob', { viewport: { width: 1000, height: 600 } });
	await page.getByRole('region', { name: 'Messages with Bob' }).press('End');
	await quoteIn(page, 'remember?').getByText('long ago').waitFor();
	assert.equal(await bubble(page, 'long ago').count(), 0, 'it is not loaded yet');
	await quoteIn(page, 'remember?').click();
	await page.locator('.message--found', { hasText: 'long ago' }).waitFor();
	const { top, bottom, height } = await bubble(page, 'long ago').evaluate((element) => {
		const box = element.getBoundingClientRect();
		return { top: box.top, bottom: box.bottom, height: innerHeight };
	});
	assert.ok(top > 60 && bottom < height - 60, `it is in sight: ${top} to ${bottom}`);
	await close(page);
});

test('the bar leads through what is pinned, and lists it', async () => {
	for (const text of ['first', 'second']) {
		const seq = await say(bob, text);
		expectStatus(await bob.put(`/chat/conversations/${conversation}/pins/${seq}`), 200);
	}
	const page = await device(ann, 'Bob');
	const bar = page.locator('.pin-bar__pin');
	await bar.getByText('Bob: second').waitFor();
	await bar.click();
	await page.locator('.message--found', { hasText: 'second' }).waitFor();
	await bar.getByText('Bob: first').waitFor();
	await page.getByRole('button', { name: 'All 2 pinned messages' }).click();
	const dialog = page.getByRole('dialog', { name: 'Pinned messages' });
	await dialog.getByRole('button', { name: 'Unpin: Bob: second' }).click();
	await eventually('one is left', async () => (await dialog.locator('.pins__line').count()) === 1);
	await dialog.locator('.pins__pin').click();
	await page.locator('.message--found', { hasText: 'first' }).waitFor();
	await close(page);
});

test('a reaction that the server refuses is taken back, and says why', async () => {
	await say(bob, 'react to this');
	const page = await device(ann, 'Bob');
	let refuse;
	const asked = new Promise((resolve) => { refuse = resolve; });
	await page.route('**/reactions/**', async (route) => {
		await asked;
		await route.fulfill({
			status: 409,
			contentType: 'application/problem+json',
			body: JSON.stringify({ code: 'too_many_reactions', title: 'x', status: 409, request_id: 'x' }),
		});
	});
	await react(page, 'react to this', '👍');
	await waitForReactions(page, 'react to this', ['👍 1*']);
	refuse();
	await page.getByRole('alert').getByText('as many different reactions').waitFor();
	await waitForReactions(page, 'react to this', []);
	await page.context().close();
});

test('in a group: keepers pin and recall what others said; everybody reads who did it', async () => {
	const group = await makeGroup(ann, [bob], { name: 'Hikers' });
	conversation = group.conversation_id;
	await say(bob, 'rude words');
	await say(ann, 'a rule');
	const [anns, bobs] = [await device(ann, 'Hikers'), await device(bob, 'Hikers')];
	const bobMay = await offered(bobs, 'a rule');
	for (const action of ['Pin', 'Recall', 'Edit']) assert.ok(!bobMay.includes(action), action);
	await choose(anns, 'rude words', 'Recall');
	await anns.getByRole('dialog').getByText('This message by Bob').waitFor();
	await anns.getByRole('dialog').getByRole('button', { name: 'Recall' }).click();
	await note(anns, 'You recalled a message by Bob').waitFor();
	await note(bobs, 'Ann recalled a message by you').waitFor();
	await choose(anns, 'a rule', 'Pin');
	await bobs.locator('.pin-bar', { hasText: 'Ann: a rule' }).waitFor();
	await close(anns, bobs);
});
