// A friendship that one of the two ends, as the other sees it, who touches nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { connection, logInUi, section, waitForMark, waitForSaid, write } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

test('the other one sees the friend go, in the list and in the chat', async () => {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	expectStatus(await send(ann, conversation, 'so long'), 201);
	const [list, chat] = [await newPerson(browser), await newPerson(browser)];
	for (const page of [list, chat]) {
		await logInUi(page, bob);
		await connection(page, 'live');
	}
	await section(list, 'Contacts');
	await list.getByRole('link', { name: 'Ann' }).waitFor();
	await chat.goto(`./#/chats/${conversation}`);
	await chat.getByLabel('Message to Ann').waitFor();

	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	await list.getByText('No friends yet').waitFor();
	await waitForSaid(chat, ['them: so long']); // the history stays
	await write(chat, 'Ann', 'still there?');
	await waitForMark(chat, 'still there?', 'failed');
	await chat.getByText('You are not friends (any more), so this cannot be sent.').first().waitFor();
	for (const page of [list, chat]) {
		// The refused send alone is in the console.
		assert.deepEqual(page.complaints.filter((one) => !one.includes('403')), []);
		await page.context().close();
	}
});
