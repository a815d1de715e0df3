// What a conversation holds beside it, back to the first; the viewer goes through all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { eventually } from '../harness/wait.mjs';
import { phone } from './axe.mjs';
import { carry, painting, tile } from './media_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

const BETWEEN = 70; // more than a page of messages
const OLD = 8;

let browser, ann, bob, conversation;
const old = [];
let latest, file;

before(async () => {
	browser = await launch();
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	for (let i = 0; i < OLD; i += 1) old.push(await carry(bob, conversation, 'image', painting(120, 90, i)));
	file = await carry(bob, conversation, 'file', Buffer.from('minutes'), { name: '会议 minutes.txt' });
	for (let i = 0; i < BETWEEN; i += 1) expectStatus(await send(bob, conversation, `no. ${i}`), 201);
	latest = await carry(ann, conversation, 'image', painting(120, 90, 20));
	const month = 31 * 86_400_000;
	await sql(`UPDATE message SET created_at = created_at - ${month}
		WHERE conversation_id = ${conversation} AND seq <= ${file.seq}`);
});
after(() => browser?.close());

async function open(person, name, options) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	await openConversation(page, name);
	await page.goto(`./#/chats/${conversation}/gallery`);
	return page;
}

const pictures = (page) => page.locator('.gallery__picture');
const viewer = (page) => page.locator('dialog.viewer');
const seqOfShown = (page) => page.locator('.viewer__image').first().getAttribute('src');

async function close(page) {
	assert.deepEqual(page.complaints, []);
	await page.context().close();
}

test('all images by month, also those that are not loaded in the conversation', async () => {
	const page = await open(ann, 'Bob');
	await eventually('all are there', async () => (await pictures(page).count()) === OLD + 1);
	assert.equal(await page.locator('.gallery__month').count(), 2);
	assert.equal(await page.locator('.gallery--pictures').first().locator('li').count(), 1);
	assert.equal(await tile(page, old[0].seq).count(), 0);
	await close(page);
});

test('files with their names and sizes; one leads to where it was said, or is kept', async () => {
	const page = await open(ann, 'Bob');
	await page.getByRole('button', { name: 'Files' }).click();
	const line = page.locator('.gallery__line', { hasText: '会议 minutes.txt' });
	await line.locator('.gallery__more', { hasText: '7 byte' }).waitFor();
	const link = page.locator('.gallery__file').getByRole('link', { name: 'Download 会议 minutes.txt' });
	const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
	assert.equal(download.suggestedFilename(), '会议 minutes.txt');
	await line.click();
	await tile(page, file.seq).locator('.message--found').waitFor();
	await close(page);
});

test('the viewer goes through all of them, older ones coming as one goes', async () => {
	const page = await open(ann, 'Bob');
	await page.getByRole('link', { name: 'Bob' }).first().waitFor();
	await page.goto(`./#/chats/${conversation}`);
	await tile(page, latest.seq).getByRole('button', { name: 'Open [Image]' }).click();
	const seen = new Set([await seqOfShown(page)]);
	for (let i = 0; i < OLD; i += 1) {
		await viewer(page).getByRole('button', { name: 'Earlier one' }).click();
		await eventually('another one is shown', async () => !seen.has(await seqOfShown(page)));
		seen.add(await seqOfShown(page));
	}
	await viewer(page).getByRole('button', { name: 'Earlier one' }).waitFor({ state: 'detached' });
	await page.keyboard.press('ArrowRight');
	await viewer(page).getByRole('button', { name: 'Earlier one' }).waitFor();
	await close(page);
});

test('from the viewer to where it was said, into another conversation, and away', async () => {
	const cem = await register({ nickname: 'Cem' });
	const withCem = await befriend(ann, cem);
	const page = await open(ann, 'Bob');
	await eventually('all are there', async () => (await pictures(page).count()) === OLD + 1);
	await pictures(page).last().click();
	await viewer(page).getByRole('button', { name: 'Forward' }).click();
	const dialog = page.getByRole('dialog', { name: 'Forward to' });
	await dialog.getByRole('checkbox', { name: 'Cem' }).check();
	await dialog.getByRole('button', { name: /^Send/ }).click();
	await dialog.waitFor({ state: 'detached' });
	await eventually('it was forwarded', async () =>
		(await history(cem, withCem)).some(({ body }) => body?.media_id === old[0].body.media_id));

	await viewer(page).getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('button', { name: 'Delete for me' }).click();
	await eventually('the next one is shown, and one is gone', async () => (await pictures(page).count()) === OLD);
	await viewer(page).getByRole('button', { name: 'Show in the conversation' }).click();
	await viewer(page).waitFor({ state: 'detached' });
	await tile(page, old[1].seq).locator('.message--found').waitFor();
	await close(page);
});

test('one\'s own can be recalled from the viewer, for everybody', async () => {
	const mine = await carry(ann, conversation, 'image', painting(90, 120, 30));
	expectStatus(await bob.post('/chat/receipts', { receipts: [{ conversation_id: conversation, read_seq: mine.seq }] }), 204);
	const [anns, bobs] = [await open(ann, 'Bob'), await open(bob, 'Ann', phone)];
	await anns.locator('.gallery__picture').first().click();
	const held = await bob.get(`/chat/conversations/${conversation}/messages?kinds=image&limit=100`);
	const count = held.body.messages.length;
	await eventually('all are there', async () => (await pictures(bobs).count()) === count);
	await viewer(anns).getByRole('button', { name: 'Delete' }).click();
	await anns.getByRole('button', { name: 'Recall' }).click();
	await anns.getByRole('dialog', { name: 'Recall' }).getByRole('button', { name: 'Recall' }).click();
	await eventually('it is gone for the other one, too', async () => (await pictures(bobs).count()) === count - 1);
	assert.equal((await history(bob, conversation)).find(({ seq }) => seq === mine.seq).body, null);
	await viewer(anns).waitFor();
	await close(anns);
	await close(bobs);
});
