// Deleting one's account in the page, changing one's mind, and what a friend sees of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, send } from '../harness/client.mjs';
import { eraseBy } from '../harness/erasing.mjs';
import { connection, logInUi, openConversation, section, waitForSaid } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

async function openQuestion(page) {
	await section(page, 'Me');
	await page.getByRole('link', { name: 'Profile' }).click();
	await page.getByRole('button', { name: 'Delete account …' }).click();
	return page.getByRole('dialog', { name: 'Delete your account?' });
}

test('an account is deleted with its password, and kept by logging in in time', async () => {
	const ann = await register({ nickname: 'Ann' });
	const page = await newPerson(browser);
	await logInUi(page, ann);
	await connection(page, 'live');
	const question = await openQuestion(page);
	await question.getByText('stays with them, under “Deleted user”').waitFor();
	await question.getByLabel('Password', { exact: true }).fill('not it');
	await question.getByRole('button', { name: 'Delete my account' }).click();
	await question.getByText('This is not your password.').waitFor();
	await question.getByLabel('Password', { exact: true }).fill(ann.password);
	await question.getByRole('button', { name: 'Delete my account' }).click();
	await page.getByRole('heading', { name: 'Log in' }).waitFor();
	await page.getByText(/^Your account will be deleted: .+ Logging in until then keeps it\.$/).waitFor();
	assert.equal((await page.context().cookies()).some(({ name }) => name === 'hichat_refresh'), false);

	await logInUi(page, ann);
	const kept = page.getByRole('dialog', { name: 'Your account stays' });
	await kept.getByRole('button', { name: 'OK' }).click();
	await kept.waitFor({ state: 'hidden' });
});

test('a friend sees that there is nobody any more, and what was said', async () => {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	await send(ann, conversation, 'see you');
	const page = await newPerson(browser);
	await logInUi(page, bob);
	await connection(page, 'live');
	await openConversation(page, 'Ann');
	await waitForSaid(page, ['them: see you']);
	await eraseBy(ann);
	await page.getByRole('heading', { name: 'Deleted user' }).waitFor();
	await page.getByText('This account was deleted.').waitFor();
	await waitForSaid(page, ['them: see you']);
	assert.equal(await page.getByText('Ann', { exact: true }).count(), 0);
	await page.reload();
	await page.getByRole('heading', { name: 'Deleted user' }).waitFor();
	await section(page, 'Contacts');
	assert.equal(await page.getByText('Ann', { exact: true }).count(), 0);
});
