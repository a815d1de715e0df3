// The switches of what others see of me, in the web UI.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';
import { desktop, Inspection, phone } from './axe.mjs';
import { bubble, offered } from './message_steps.mjs';
import { connection, logInUi, openConversation, section, waitForMark, write } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

async function device(person, options = {}) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	return page;
}

async function toSwitches(page) {
	await section(page, 'Me');
	await page.getByRole('link', { name: 'Profile' }).click();
	await page.getByRole('heading', { name: 'What others see' }).waitFor();
}

async function turn(page, name) {
	const before = await page.getByRole('switch', { name }).isChecked();
	await page.getByRole('switch', { name }).click({ force: true });
	await eventually(`${name} is switched`, async () =>
		(await page.getByRole('switch', { name }).isEnabled()) &&
		(await page.getByRole('switch', { name }).isChecked()) !== before);
}

test('what I hide disappears for the other one, and of the other one for me; my devices agree', async () => {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	await befriend(ann, bob);
	const [anns, tablet, bobs] = [await device(ann), await device(ann), await device(bob)];
	const presence = (page) => page.locator('.talk__presence');
	await openConversation(bobs, 'Ann');
	await write(bobs, 'Ann', 'read me');
	await openConversation(tablet, 'Bob');
	await waitForMark(bobs, 'read me', 'read');
	await presence(bobs).getByText('Online').waitFor();
	await presence(tablet).getByText('Online').waitFor();

	await toSwitches(anns);
	for (const name of ['Read receipts', 'Online and last seen', 'Typing']) await turn(anns, name);
	await presence(bobs).getByText(`@${ann.username}`).waitFor();
	await presence(tablet).getByText(`@${bob.username}`).waitFor();
	await waitForMark(bobs, 'read me', 'delivered');
	await write(bobs, 'Ann', 'and me');
	await bubble(tablet, 'and me').waitFor();
	await waitForMark(bobs, 'and me', 'delivered');
	// An answer is no sign either.
	await write(tablet, 'Bob', 'answer');
	await bubble(bobs, 'answer').waitFor();
	assert.equal(await bobs.locator('[data-mark="read"]').count(), 0);
	await makeGroup(ann, [bob], { name: 'Hikers' });
	await openConversation(tablet, 'Hikers');
	await write(tablet, 'Hikers', 'to all');
	await waitForMark(tablet, 'to all', 'sent');
	assert.ok(!(await offered(tablet, 'to all')).includes('Who has read it'));

	await toSwitches(tablet);
	assert.equal(await tablet.getByRole('switch', { name: 'Typing' }).isChecked(), false);
	for (const name of ['Read receipts', 'Online and last seen']) await turn(tablet, name);
	await presence(bobs).getByText('Online').waitFor();
	await eventually('the first device agrees', () =>
		anns.getByRole('switch', { name: 'Read receipts' }).isChecked());
	await openConversation(tablet, 'Bob');
	await write(bobs, 'Ann', 'once more');
	await waitForMark(bobs, 'once more', 'read');
	for (const page of [anns, tablet, bobs]) assert.deepEqual(page.complaints, []);
	await Promise.all([anns, tablet, bobs].map((page) => page.context().close()));
});

for (const [name, options] of Object.entries({ desktop, phone })) {
	for (const colorScheme of ['light', 'dark']) {
		test(`axe: ${name}, ${colorScheme}`, async () => {
			const page = await device(await register({ nickname: 'Ann' }), { ...options, colorScheme });
			const look = new Inspection(page, `openness-${name}-${colorScheme}`);
			await toSwitches(page);
			await page.getByText('Others see that you are writing to them.').scrollIntoViewIfNeeded();
			await look.check('switches');
			assert.deepEqual(look.found, {});
			await page.context().close();
		});
	}
}
