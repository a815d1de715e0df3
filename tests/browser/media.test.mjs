// Images, files and voices between two people in two browsers: sent from one, there in the other
// without a reload, looked at and listened to; an upload that is cut goes on after a reload.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, history, register } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { violations } from './axe.mjs';
import { logInUi, openConversation } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
});
after(() => browser?.close());

async function twoPeople() {
	const [ann, bob] = await Promise.all([
		register({ nickname: 'Ann' }), register({ nickname: 'Bob' }),
	]);
	const conversation = await befriend(ann, bob);
	const annsPage = await newPerson(browser, { permissions: ['microphone'] });
	const bobsPage = await newPerson(browser, { viewport: { width: 390, height: 800 } });
	await logInUi(annsPage, ann);
	await logInUi(bobsPage, bob);
	await openConversation(annsPage, 'Bob');
	await openConversation(bobsPage, 'Ann');
	return { ann, bob, conversation, annsPage, bobsPage };
}

/** A PNG, painted by the browser itself. */
async function picture(page, width, height) {
	const address = await page.evaluate(([w, h]) => {
		const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
		const context = canvas.getContext('2d');
		const sky = context.createLinearGradient(0, 0, 0, h);
		sky.addColorStop(0, '#48a');
		sky.addColorStop(1, '#eca');
		context.fillStyle = sky;
		context.fillRect(0, 0, w, h);
		return canvas.toDataURL('image/png');
	}, [width, height]);
	return Buffer.from(address.split(',')[1], 'base64');
}

async function attach(page, way, files) {
	await page.locator(`input[data-way="${way}"]`).setInputFiles(files);
	await page.getByRole('button', { name: /^Send \d+ items?$/ }).click();
}

const IMAGE = '.frame[data-loaded="true"] .frame__image';

test('an image is there for the other one, in its shape, and opens in the viewer', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	const buffer = await picture(annsPage, 600, 300);
	await attach(annsPage, 'pictures', [{ name: 'wide.png', mimeType: 'image/png', buffer }]);
	await bobsPage.locator(IMAGE).waitFor();
	const { width, height } = await bobsPage.locator('.frame').boundingBox();
	assert.ok(Math.abs(width / height - 2) < 0.05, `${width} x ${height}`);
	await annsPage.locator(IMAGE).waitFor();

	await bobsPage.getByRole('button', { name: 'Open [Image]' }).click();
	const viewer = bobsPage.getByRole('dialog', { name: /^By Ann/ });
	await viewer.getByRole('img', { name: '[Image]' }).waitFor();
	assert.deepEqual(await violations(bobsPage), []);
	await viewer.getByRole('button', { name: 'Closer' }).click();
	await viewer.getByText('150 %').waitFor();
	await viewer.getByRole('link', { name: /^Download/ }).waitFor();
	await bobsPage.keyboard.press('Escape');
	await viewer.waitFor({ state: 'detached' });
	assert.deepEqual(await violations(bobsPage), []);
	assert.deepEqual(annsPage.complaints, []);
	assert.deepEqual(bobsPage.complaints, []);
});

test('a file keeps its name and its bytes', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	const buffer = randomBytes(5000);
	await attach(annsPage, 'file', [{ name: '报告 1.bin', mimeType: 'application/octet-stream', buffer }]);
	const link = bobsPage.getByRole('link', { name: 'Download 报告 1.bin', includeHidden: true });
	await link.waitFor({ state: 'attached' });
	await bobsPage.locator('.file-card').hover();
	const [download] = await Promise.all([bobsPage.waitForEvent('download'), link.click()]);
	assert.equal(download.suggestedFilename(), '报告 1.bin');
	const chunks = [];
	for await (const chunk of await download.createReadStream()) chunks.push(chunk);
	assert.deepEqual(Buffer.concat(chunks), buffer);
	assert.deepEqual(bobsPage.complaints, []);
});

test('voices are recorded by keyboard, and play one after the other', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	const record = annsPage.getByRole('button', { name: 'Record a voice message' });
	for (const count of [1, 2]) {
		await record.focus();
		await annsPage.keyboard.press('Enter');
		await annsPage.locator('.recorder__passed', { hasText: '0:01' }).waitFor();
		await annsPage.getByRole('button', { name: 'Send the voice message' }).click();
		await bobsPage.locator('.voice').nth(count - 1).waitFor();
	}
	assert.equal(await bobsPage.locator('.voice__dot').count(), 2);
	await bobsPage.getByRole('button', { name: /^Play \[Voice\] 0:0/, includeHidden: true }).first().click();
	await eventually('both were played', async () => (await bobsPage.locator('.voice__dot').count()) === 0);
	assert.deepEqual(await violations(bobsPage), []);
	assert.deepEqual(annsPage.complaints, []);
	assert.deepEqual(bobsPage.complaints, []);
});

test('an upload that is cut goes on after a reload, and is sent once', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople();
	let pieces = 0;
	await annsPage.route(/\/media\/uploads\/\d+$/, (route) => {
		if (route.request().method() !== 'PATCH') return route.continue();
		pieces += 1;
		return pieces > 2 ? route.abort('connectionreset') : route.continue();
	});
	const { body: limits } = await ann.get('/media/limits');
	const buffer = randomBytes(4 * limits.piece_size);
	await attach(annsPage, 'file', [{ name: 'long.bin', mimeType: 'application/octet-stream', buffer }]);
	await eventually('two pieces have gone', () => pieces > 2);
	await annsPage.unroute(/\/media\/uploads\/\d+$/);
	const begun = [];
	annsPage.on('request', (request) => {
		if (request.method() === 'POST' && request.url().includes('/media/files')) begun.push(request.url());
	});
	await annsPage.reload();
	await bobsPage.locator('.file-card').waitFor();
	await annsPage.locator('.progress').waitFor({ state: 'detached' });
	assert.deepEqual(begun, [], 'the same upload went on');
	const files = (await history(ann, conversation)).filter(({ kind }) => kind === 'file');
	assert.equal(files.length, 1);
	assert.equal(files[0].body.size, buffer.length);
	assert.deepEqual(bobsPage.complaints, []);
});
