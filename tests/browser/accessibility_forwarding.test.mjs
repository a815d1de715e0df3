// axe-core on what forwarding and contact cards show, in light and dark, on a desktop and a phone.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { Inspection, looks, phone } from './axe.mjs';
import { bubble, choose, longPress } from './message_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser, ann, group;
before(async () => {
	browser = await launch();
	const people = await Promise.all(['Ann', 'Bob', '小波'].map((nickname) => register({ nickname })));
	const [, bob, cem] = people;
	[ann] = people;
	const withBob = await befriend(ann, bob);
	await befriend(ann, cem);
	await befriend(bob, cem);
	group = (await makeGroup(ann, [bob, cem], { name: 'Hikers 徒步' })).conversation_id;
	const texts = ['https://example.org/hut is open again, from Saturday on, says the one who keeps it', '老地方见。', 'Fine', 'And bread'];
	const seqs = [];
	for (const [i, text] of texts.entries()) {
		const answer = await send(i % 2 ? ann : bob, withBob, text);
		expectStatus(answer, 201);
		seqs.push(answer.body.message.seq);
	}
	const forward = async (person, from, chosen, to, more) => {
		const answer = await person.post('/chat/forwards', {
			client_key: randomUUID(), from_conversation: from, seqs: chosen, to_conversations: [to], ...more,
		});
		expectStatus(answer, 201);
		return answer.body.messages[0].seq;
	};
	const card = (person, whose) => person.post(`/chat/conversations/${group}/messages`, {
		client_key: randomUUID(), kind: 'contact', body: { user_id: whose.id },
	});
	const merged = await forward(bob, withBob, seqs, group, { merged: true, title: 'Ann and Bob' });
	expectStatus(await card(bob, cem), 201);
	await forward(ann, group, [merged], group, { merged: true, title: 'Hikers 徒步' });
	expectStatus(await card(ann, bob), 201);
	await forward(ann, withBob, [seqs[0]], group);
});
after(() => browser?.close());

async function open(options) {
	const page = await newPerson(browser, options);
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Hikers 徒步');
	await page.locator('.card').nth(3).waitFor();
	return page;
}

const text = 'https://example.org/hut is open again, from Saturday on, says the one who keeps it';

for (const [device, options, colorScheme] of looks) {
	test(`axe: ${device}, ${colorScheme}`, async () => {
		const page = await open({ ...options, colorScheme });
		const look = new Inspection(page, `forwarding-${device}-${colorScheme}`);
		await look.check('cards');
		await page.locator('.message--mine .card').first().click();
		await page.getByRole('dialog').locator('.card').waitFor();
		await look.check('reader');
		await page.getByRole('dialog').locator('.card').click();
		await page.getByRole('dialog').getByText('老地方见。').waitFor();
		await look.check('nested');
		await page.keyboard.press('Escape');
		if (device === 'phone') {
			await longPress(page, text);
			await page.getByRole('menuitem', { name: 'Select' }).tap();
		} else await choose(page, text, 'Select');
		await page.getByRole('checkbox', { name: 'Bob: Contact card: 小波' }).check({ force: true });
		await look.check('selection');
		await page.getByRole('button', { name: 'Forward one by one' }).click();
		await page.getByRole('dialog').getByRole('checkbox', { name: 'Bob' }).check();
		await look.check('send-to');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Cancel' }).click();
		await page.getByRole('button', { name: 'Add to the conversation' }).click();
		await look.check('attach');
		await page.getByRole('button', { name: 'Contact card', exact: true }).click();
		await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
		await look.check('whose-card');
		assert.deepEqual(look.found, {});
		await page.context().close();
	});
}

test('on the smallest phone nothing is cut off', async () => {
	const page = await open({ ...phone, viewport: { width: 320, height: 568 } });
	const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
	assert.equal(await wide(), 320);
	await longPress(page, text);
	await page.getByRole('menuitem', { name: 'Select' }).tap();
	await page.getByText('1 message selected').waitFor();
	assert.equal(await wide(), 320);
	assert.ok(await bubble(page, text).isVisible());
	await page.context().close();
});
