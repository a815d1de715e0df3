// A code besides the password: turned on with an app that reads the secret, asked for at the login.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { totp } from '../harness/totp.mjs';
import { Inspection, looks } from './axe.mjs';
import { connection, logInUi, section } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

const dialog = (page) => page.getByRole('dialog');
const press = (page, name) => dialog(page).getByRole('button', { name, exact: true }).click();

async function open(page) {
	await section(page, 'Me');
	await page.getByRole('link', { name: 'Devices and password' }).click();
	await page.getByRole('button', { name: 'Turn on' }).click();
}

for (const [device, options, colorScheme] of looks)
	test(`is turned on, asked for, and turned off: ${device}, ${colorScheme}`, async () => {
		const ann = await register({ nickname: 'Ann' });
		const page = await newPerson(browser, { ...options, colorScheme });
		const inspection = new Inspection(page, `${device}-${colorScheme}`);
		await logInUi(page, ann);
		await connection(page, 'live');

		await open(page);
		await dialog(page).getByLabel('Password', { exact: true }).fill('not her password');
		await press(page, 'Next');
		await dialog(page).getByText('This is not your password.').waitFor();
		await dialog(page).getByLabel('Password', { exact: true }).fill(ann.password);
		await press(page, 'Next');
		await dialog(page).getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
		await inspection.check('factor-scan');
		const secret = (await dialog(page).locator('.second-factor__secret').textContent()).replaceAll(' ', '');
		await dialog(page).getByLabel('Code', { exact: true }).fill(totp(secret, -40));
		await press(page, 'Turn on');
		await dialog(page).getByText('This code is wrong').waitFor();
		await dialog(page).getByLabel('Code', { exact: true }).fill(totp(secret));
		await press(page, 'Turn on');
		const codes = dialog(page).getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem');
		await codes.first().waitFor();
		assert.equal(await codes.count(), 10);
		await inspection.check('factor-codes');
		const recovery = (await codes.first().textContent()).trim();
		await press(page, 'I have kept them');
		await page.getByText('Recovery codes left, for when you have lost that app: 10').waitFor();
		await inspection.check('factor-on');

		const other = await newPerson(browser, { ...options, colorScheme });
		await other.goto('./');
		await other.getByLabel('Username, phone or email').fill(ann.username);
		await other.getByLabel('Password', { exact: true }).fill(ann.password);
		await other.getByRole('button', { name: 'Log in' }).click();
		await other.getByLabel('Code', { exact: true }).waitFor();
		await other.getByLabel('Code', { exact: true }).fill('wrong code');
		await other.getByRole('button', { name: 'Log in' }).click();
		await other.getByText('This code is wrong').waitFor();
		await other.getByLabel('Code', { exact: true }).fill(recovery.toUpperCase());
		await other.getByRole('button', { name: 'Log in' }).click();
		await connection(other, 'live');

		// A code serves once; this is the half minute in which it was turned on.
		await sql(`UPDATE second_factor SET last_step = 0 WHERE user_id = ${ann.id}`);
		await page.getByRole('button', { name: 'Turn off' }).click();
		await dialog(page).getByLabel('Password', { exact: true }).fill(ann.password);
		await dialog(page).getByLabel('Code', { exact: true }).fill(totp(secret));
		await press(page, 'Turn off');
		await page.getByRole('button', { name: 'Turn on' }).waitFor();
		assert.deepEqual(inspection.found, {});
		await Promise.all([page, other].map((one) => one.context().close()));
	});
