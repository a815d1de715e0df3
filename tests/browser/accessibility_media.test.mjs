// axe-core on everything around media, in light and dark, on a desktop and a phone: the grid, the
// tray, the viewer, the gallery, the recorder, a bundle, the piece of an avatar; and on going to a date.
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { mp4, oggOpus } from '../harness/media_files.mjs';
import { Inspection, looks } from './axe.mjs';
import { carry, painting, picture } from './media_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser, ann, conversation;
before(async () => {
	browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
	let bob, cem;
	[ann, bob, cem] = await Promise.all(['Ann', '小波', 'Cem'].map((nickname) => register({ nickname })));
	conversation = await befriend(ann, bob);
	const withCem = await befriend(bob, cem);
	expectStatus(await send(bob, conversation, '照片来了'), 201);
	for (let i = 0; i < 5; i += 1) await carry(bob, conversation, 'image', painting(400, 300, i));
	await carry(bob, conversation, 'voice', oggOpus(9000), { query: '&waveform=02468acefdb97531' });
	await carry(ann, conversation, 'video', mp4());
	await carry(bob, conversation, 'file', Buffer.alloc(70_000), { name: '路线说明 the way up, in every detail.pdf' });
	await carry(ann, conversation, 'voice', oggOpus(3000), { query: '&waveform=13579bdf' });
	const seqs = [(await send(cem, withCem, 'From the hut')).body.message.seq];
	for (let i = 5; i < 8; i += 1) seqs.push((await carry(cem, withCem, 'image', painting(400, 300, i))).seq);
	seqs.push((await carry(cem, withCem, 'voice', oggOpus(5000), { query: '&waveform=8ace' })).seq);
	seqs.push((await carry(cem, withCem, 'file', Buffer.from('a list'), { name: 'what to bring.txt' })).seq);
	expectStatus(await bob.post('/chat/forwards', { client_key: randomUUID(), from_conversation: withCem, seqs,
		to_conversations: [conversation], merged: true, title: 'Cem' }), 201);
});
after(() => browser?.close());

const escape = async (page, gone) => {
	await page.keyboard.press('Escape');
	await page.locator(gone).waitFor({ state: 'detached' });
};
const there = async (page) => {
	await page.goto(`./#/chats/${conversation}`);
	await page.locator('.mosaic').first().waitFor();
};

/** Files are held over the conversation, or let go beside it. */
const drag = (page, type, where) => page.evaluate(([event, selector]) => {
	const dataTransfer = new DataTransfer();
	dataTransfer.items.add(new File(['x'], 'x.txt'));
	document.querySelector(selector).dispatchEvent(new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer }));
}, [type, where]);

/** [name, how to come there from the one before, what says that it is there]. */
const screens = [
	['grid', there, '.mosaic .frame[data-loaded="true"]'],
	['drop', (page) => drag(page, 'dragover', '.messages__scroll'), '.drop'],
	['viewer', async (page) => {
		await drag(page, 'drop', 'body');
		await page.locator('.drop').waitFor({ state: 'detached' });
		await page.locator('.mosaic .media').first().click();
	}, '.viewer__image[alt="[Image]"]'],
	['viewer-deletion', (page) => page.getByRole('button', { name: 'Delete', exact: true }).click(),
		'dialog[open] button:has-text("Delete for me")'],
	['bundle', async (page) => {
		await page.getByRole('dialog').last().getByRole('button', { name: 'Cancel' }).click();
		await escape(page, 'dialog.viewer');
		await page.locator('.message .card').click();
	}, '.merged .frame[data-loaded="true"]'],
	['date', async (page) => {
		await escape(page, 'dialog[open]');
		await page.locator('.messages__scroll').press('Home');
		await page.locator('.day__button').first().click();
	}, 'dialog[open] input[type="date"]'],
	['tray', async (page) => {
		await escape(page, 'dialog[open]');
		await page.locator('input[data-way="pictures"]').setInputFiles([picture(1), picture(2), picture(3)]);
		const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
		await page.locator('input[data-way="file"]').setInputFiles([notes]);
	}, '.tray__picture img'],
	['recorder', async (page) => {
		await escape(page, 'dialog[open]');
		await page.getByRole('button', { name: 'Record a voice message' }).press('Enter');
	}, '.recorder__passed:has-text("0:01")'],
	['recorded', (page) => page.getByRole('button', { name: 'Stop and listen' }).click(), '.recorder .waveform'],
	['gallery', async (page) => {
		await page.getByRole('button', { name: 'Discard the recording' }).click();
		await page.goto(`./#/chats/${conversation}/gallery`);
	}, '.gallery__picture img'],
	['gallery-files', (page) => page.getByRole('button', { name: 'Files', exact: true }).click(), '.gallery__file'],
	['crop', async (page) => {
		await page.goto('./#/me/profile');
		await page.locator('input[data-way="avatar"]').setInputFiles([picture(6)]);
	}, '.crop__image'],
];

for (const [device, options, colorScheme] of looks) {
	test(`axe: ${device}, ${colorScheme}`, async () => {
		const page = await newPerson(browser, { ...options, colorScheme, permissions: ['microphone'] });
		await logInUi(page, ann);
		await connection(page, 'live');
		await openConversation(page, '小波');
		await new Inspection(page, `media-${device}-${colorScheme}`).walk(screens);
		await page.context().close();
	});
}
