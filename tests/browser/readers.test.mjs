// Who has read a message of mine in a group, in the web UI.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { sent } from '../harness/messages.mjs';
import { desktop, Inspection, looks } from './axe.mjs';
import { choose, offered } from './message_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser, ann, group;
before(async () => {
	browser = await launch();
	const people = await Promise.all(['Ann', 'Bob', 'Cem', '小波'].map((nickname) => register({ nickname })));
	const [, bob, cem, dee] = people;
	[ann] = people;
	for (const friend of [bob, cem, dee]) await befriend(ann, friend);
	group = (await makeGroup(ann, [bob, cem, dee], { name: 'Hikers' })).id;
	const seq = await sent(ann, group, 'Who comes?');
	await sent(bob, group, 'I do');
	const receipts = [{ conversation_id: group, delivered_seq: seq }];
	expectStatus(await cem.post('/chat/receipts', { receipts }), 204);
});
after(() => browser?.close());

async function open(options) {
	const page = await newPerson(browser, options);
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Hikers');
	return page;
}

const people = (dialog, heading) =>
	dialog.locator('section', { has: dialog.page().getByRole('heading', { name: heading }) }).locator('li');

test('its sender sees who has read it, who has got it and who has not', async () => {
	const page = await open(desktop);
	await choose(page, 'Who comes?', 'Who has read it');
	const dialog = page.getByRole('dialog', { name: 'Read by 1 of 3' });
	assert.deepEqual(await people(dialog, 'Read (1)').allInnerTexts(), ['B\nBob']);
	assert.deepEqual(await people(dialog, 'Delivered (1)').allInnerTexts(), ['C\nCem']);
	assert.deepEqual(await people(dialog, 'Not delivered yet (1)').allInnerTexts(), ['小\n小波']);
	await page.keyboard.press('Escape');
	assert.ok(!(await offered(page, 'I do')).includes('Who has read it'));
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

for (const [device, options, colorScheme] of looks) {
	test(`axe: ${device}, ${colorScheme}`, async () => {
		const page = await open({ ...options, colorScheme });
		const look = new Inspection(page, `readers-${device}-${colorScheme}`);
		await choose(page, 'Who comes?', 'Who has read it');
		await page.locator('.readers').waitFor();
		await look.check('dialog');
		assert.deepEqual(look.found, {});
		await page.context().close();
	});
}
