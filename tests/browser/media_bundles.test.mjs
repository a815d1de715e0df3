// Messages that were forwarded as one show their images, voices, films and files to whoever may read them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { mp4, oggOpus } from '../harness/media_files.mjs';
import { carry, LOADED, painting } from './media_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser, bob, cem, withCem;

before(async () => {
	browser = await launch();
	let ann;
	[ann, bob, cem] = await Promise.all(['Ann', 'Bob', 'Cem'].map((nickname) => register({ nickname })));
	const withAnn = await befriend(ann, bob);
	withCem = await befriend(bob, cem);
	const seqs = [(await send(ann, withAnn, 'From the hut')).body.message.seq];
	for (const [kind, bytes, options] of [
		['image', painting(300, 200, 1)], ['image', painting(200, 300, 2)],
		['voice', oggOpus(2500), { query: '&waveform=02468ace' }], ['video', mp4()],
		['file', Buffer.from('a list'), { name: 'what to bring.txt' }],
	]) seqs.push((await carry(ann, withAnn, kind, bytes, options)).seq);
	expectStatus(await bob.post('/chat/forwards', {
		client_key: randomUUID(), from_conversation: withAnn, seqs, to_conversations: [withCem], merged: true, title: 'Ann',
	}), 201);
});
after(() => browser?.close());

test('all of it is there for somebody who was in neither of the conversations', async () => {
	const page = await newPerson(browser);
	await logInUi(page, cem);
	await connection(page, 'live');
	await openConversation(page, 'Bob');
	const card = page.locator('.message .card');
	await card.locator('.thumbnail').nth(2).waitFor();
	await card.locator('.thumbnail img').nth(1).waitFor();
	await card.click();
	const reader = page.getByRole('dialog');
	await reader.locator(LOADED).nth(1).waitFor();
	await reader.getByRole('button', { name: 'Play [Voice] 0:03' }).waitFor();
	await reader.getByRole('button', { name: /^Play \[Video\]/ }).waitFor();
	const link = reader.getByRole('link', { name: 'Download what to bring.txt' });
	const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
	assert.equal(download.suggestedFilename(), 'what to bring.txt');

	await reader.getByRole('button', { name: 'Open [Image]' }).first().click();
	const viewer = page.locator('dialog.viewer');
	await viewer.getByRole('img', { name: '[Image]' }).waitFor();
	assert.equal(await viewer.getByRole('button', { name: 'Earlier one' }).count(), 0);
	await viewer.getByRole('button', { name: 'Later one' }).click();
	await viewer.getByRole('button', { name: 'Earlier one' }).waitFor();
	await viewer.getByRole('button', { name: 'Later one' }).click();
	await viewer.getByLabel(/^\[Video\]/).waitFor();
	await page.keyboard.press('Escape');
	await viewer.waitFor({ state: 'detached' });
	assert.ok(await reader.isVisible());
	assert.deepEqual(page.complaints.filter((text) => !text.includes('MEDIA')), []);
	await page.context().close();
});
