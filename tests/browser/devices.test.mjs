// Where somebody is logged in, and the password: what is done here shows on the other device at once.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { api, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { phone } from './axe.mjs';
import { connection, logInUi, section } from './steps.mjs';

let browser, ann, page, other;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	ann = await register({ nickname: 'Ann', device: 'Registry' });
	page = await newPerson(browser);
	other = await newPerson(browser, phone);
	for (const one of [page, other]) {
		await logInUi(one, ann);
		await connection(one, 'live');
	}
});

const atLogin = (one) => one.getByRole('heading', { name: 'Log in' }).waitFor();
const rows = (one) => one.getByRole('list', { name: 'Where you are logged in' }).getByRole('listitem');
const enter = (password) => api('POST', '/account/sessions', { body: { login: ann.username, password } });

async function open(one) {
	await section(one, 'Me');
	await one.getByRole('link', { name: 'Devices and password' }).click();
	await rows(one).first().waitFor();
}

async function confirm(one, name) {
	await one.getByRole('dialog').getByRole('button', { name, exact: true }).click();
	await one.getByRole('dialog').waitFor({ state: 'detached' });
}

test('devices are renamed and logged out, one and all others', async () => {
	await open(page);
	await open(other);
	assert.equal(await rows(page).count(), 3);
	assert.equal(await rows(page).filter({ hasText: 'this device' }).count(), 1);
	await page.getByRole('button', { name: 'Rename Registry' }).click();
	await page.getByLabel('Name of the device').fill('Kitchen 厨房');
	await confirm(page, 'Save');
	await rows(page).filter({ hasText: 'Kitchen 厨房' }).waitFor();

	await other.getByRole('button', { name: 'Log out Registry' }).click();
	await confirm(other, 'Log out');
	await rows(other).nth(2).waitFor({ state: 'detached' });
	expectProblem(await ann.get('/account/me'), 401, 'session_ended');

	await page.getByRole('button', { name: 'Log out all other devices' }).click();
	await confirm(page, 'Log out all other devices');
	await atLogin(other);
	assert.equal(await rows(page).count(), 1);
	assert.equal(await page.getByRole('button', { name: 'Log out all other devices' }).count(), 0);
	await page.reload();
	await rows(page).first().waitFor();
	assert.equal(await rows(page).count(), 1);
	assert.deepEqual(page.complaints, []);
});

test('a new password for the old one logs the other device out, and leads in from then on', async () => {
	await open(page);
	const form = page.getByRole('form', { name: 'Change password' });
	const change = async (old, wanted) => {
		await form.getByLabel('Password until now').fill(old);
		await form.getByLabel('New password').fill(wanted);
		await form.getByRole('button', { name: 'Change password' }).click();
	};
	await change('not my password', 'nine quiet lanterns');
	await form.getByText('This is not your password.').waitFor();
	await change(ann.password, 'password1');
	await form.getByText('This password is too easy to guess.').waitFor();
	expectStatus(await ann.get('/account/me'), 200);
	await change(ann.password, 'nine quiet lanterns');
	await form.getByText('Changed. All other devices are logged out.').waitFor();
	assert.equal(await form.getByLabel('New password').inputValue(), '');
	await atLogin(other);
	assert.equal(await rows(page).count(), 1);
	expectProblem(await enter(ann.password), 401, 'wrong_credentials');
	await logInUi(other, { ...ann, username: ann.username, password: 'nine quiet lanterns' });
	await connection(page, 'live');
});
