// A link into a group, followed by somebody who has an account and is not logged in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { register, uniqueName } from '../harness/client.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

async function linkInto(name) {
	const owner = await register({ nickname: 'Owner' });
	const { body: { group } } = await owner.post('/social/groups', { name, join_policy: 'invitation' });
	const { body: { link } } = await owner.post(`/social/groups/${group.id}/links`, {});
	return link.path;
}

test('logging in leads back to the group, also after a wrong password', async () => {
	const [name, guest] = [`Readers ${uniqueName('')}`, await register({ nickname: 'Gus' })];
	const page = await newPerson(browser);
	await page.goto(`./${await linkInto(name)}`);
	await page.getByRole('heading', { name }).waitFor();
	await page.getByRole('link', { name: 'Log in to join' }).click();
	await page.getByLabel('Username, phone or email').fill(guest.username);
	await page.getByLabel('Password', { exact: true }).fill('not my password');
	await page.getByRole('button', { name: 'Log in' }).click();
	await page.getByRole('alert').waitFor();
	await page.getByLabel('Password', { exact: true }).fill(guest.password);
	await page.getByRole('button', { name: 'Log in' }).click();
	await page.getByRole('heading', { name }).waitFor();
	await page.getByRole('button', { name: 'Join group' }).click();
	await page.getByLabel(`Message to ${name}`).waitFor();
	await page.locator('.note', { hasText: 'You joined by a link' }).waitFor();
	const { groups } = (await guest.get('/social/groups')).body;
	assert.deepEqual(groups.map((group) => group.name), [name]);
	// The refused password alone is in the console.
	assert.deepEqual(page.complaints.filter((one) => !one.includes('401')), []);
	await page.context().close();
});
