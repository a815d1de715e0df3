// Stickers between two people in two browsers: of a pack, one's own from a picture, and those of others
// that one keeps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, history, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { gif } from '../harness/media_files.mjs';
import { addPack, newPicture, ownSticker, sentSticker, stickersOf } from '../harness/stickers.mjs';
import { eventually } from '../harness/wait.mjs';
import { violations } from './axe.mjs';
import { logInUi, openConversation } from './steps.mjs';

let browser;
let pack;
before(async () => {
	browser = await launch();
	pack = await addPack({
		'a.png': { bytes: newPicture(), emoji: '🦕', keywords: ['dinosaur'] },
		'b.png': { bytes: newPicture(), emoji: '🦖', keywords: ['tyrant'] },
	}, { title: { en: 'Lizards', 'zh-CN': '恐龙' } });
});
after(async () => {
	await hichatctl(['sticker-pack', 'remove', pack.name]);
	await browser?.close();
});

async function twoPeople() {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	const annsPage = await newPerson(browser, {});
	const bobsPage = await newPerson(browser, { viewport: { width: 390, height: 800 } });
	await logInUi(annsPage, ann);
	await logInUi(bobsPage, bob);
	await openConversation(annsPage, 'Bob');
	await openConversation(bobsPage, 'Ann');
	return { ann, bob, conversation, annsPage, bobsPage };
}

async function openStickers(page) {
	await page.getByRole('button', { name: 'Emoji and stickers' }).click();
	await page.getByRole('button', { name: 'Stickers', exact: true }).click();
	await page.locator('.sticker-table').waitFor();
}

const inPicker = (page, name) => page.locator('.sticker-table').getByRole('button', { name });
const shown = (page) => page.locator('.message .sticker-picture[data-loaded="true"]');

test('a sticker of a pack is sent with one press, and is there for the other one', async () => {
	const { bob, conversation, annsPage, bobsPage } = await twoPeople();
	await openStickers(annsPage);
	await annsPage.getByText('Ann · MIT').first().waitFor({ state: 'attached' });
	await inPicker(annsPage, 'Sticker 🦕 dinosaur').click();
	await shown(bobsPage).waitFor();
	await shown(annsPage).waitFor();
	await bobsPage.getByRole('article', { name: 'Ann: [Sticker] 🦕' }).waitFor();
	assert.deepEqual((await history(bob, conversation)).at(-1).kind, 'sticker');
	const { width, height } = await shown(bobsPage).boundingBox();
	assert.ok(Math.abs(width / height - 4 / 3) < 0.1 && width <= 170, `${width} x ${height}`);
	await openStickers(annsPage);
	await annsPage.getByRole('heading', { name: 'Recently used' }).waitFor();
	assert.deepEqual(await violations(annsPage), []);
	assert.deepEqual(annsPage.complaints, []);
	assert.deepEqual(bobsPage.complaints, []);
});

test('a sticker of one\'s own is made of a picture, kept by the other one, and deleted', async () => {
	const { ann, bob, annsPage, bobsPage } = await twoPeople();
	await openStickers(annsPage);
	const file = { name: 'me.png', mimeType: 'image/png', buffer: newPicture() };
	await annsPage.locator('input[data-way="sticker"]').setInputFiles([file]);
	await annsPage.getByRole('button', { name: 'Use this' }).click();
	await annsPage.getByRole('dialog', { name: 'Your sticker' }).waitFor({ state: 'detached' });
	const own = annsPage.locator('[data-section="own"] [data-sticker]');
	await own.click();
	await shown(bobsPage).waitFor();

	await bobsPage.locator('.message .sticker').click({ button: 'right' });
	await bobsPage.getByRole('menuitem', { name: 'Add to stickers' }).click();
	await bobsPage.getByText('It is among your stickers.').waitFor();
	assert.equal((await stickersOf(bob)).favourites.length, 1);
	await openStickers(bobsPage);
	await bobsPage.locator('[data-section="favourites"] [data-sticker]').click();
	await eventually('ann has it from bob', async () => (await shown(annsPage).count()) === 2);

	await openStickers(annsPage);
	await own.click({ button: 'right' });
	await annsPage.getByRole('button', { name: 'Delete sticker' }).click();
	await own.waitFor({ state: 'detached' });
	assert.deepEqual((await stickersOf(ann)).own, []);
	assert.deepEqual(annsPage.complaints, []);
	assert.deepEqual(bobsPage.complaints, []);
});

test('by keyboard alone: chosen, made a favourite, sent; an emoji brings what stands for it', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	await openStickers(annsPage);
	await inPicker(annsPage, 'Sticker 🦖 tyrant').focus();
	await annsPage.keyboard.press('ArrowLeft');
	assert.equal(await annsPage.evaluate(() => document.activeElement.ariaLabel), 'Sticker 🦕 dinosaur');
	await annsPage.keyboard.press('Shift+F10');
	await annsPage.getByRole('button', { name: 'Add to favourites' }).press('Enter');
	await annsPage.getByRole('heading', { name: 'Favourites' }).waitFor();
	await annsPage.keyboard.press('Escape');
	await annsPage.locator('.sticker-table').waitFor({ state: 'detached' });
	await annsPage.getByLabel('Message to Bob').fill('🦖');
	const matching = annsPage.getByRole('group', { name: 'Matching stickers' });
	await matching.getByRole('button', { name: 'Sticker 🦖 tyrant' }).press('Enter');
	await shown(bobsPage).waitFor();
	assert.equal(await annsPage.getByLabel('Message to Bob').inputValue(), '');
	assert.deepEqual(annsPage.complaints, []);
});

test('what moves stands still for whoever wants that', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople();
	await annsPage.emulateMedia({ reducedMotion: 'reduce' });
	const sticker = await ownSticker(ann, { bytes: gif({ animated: true }) });
	await sentSticker(ann, conversation, sticker.id);
	await shown(bobsPage).locator('img').waitFor();
	await shown(annsPage).locator('canvas').waitFor();
	assert.equal(await shown(annsPage).locator('canvas').evaluate(({ width, height }) => `${width} x ${height}`), '5 x 4');
	assert.equal(await shown(annsPage).locator('img').isVisible(), false);
	assert.deepEqual(annsPage.complaints, []);
});
