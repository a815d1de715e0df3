// Moments with four people: who posts, a friend, a friend who is excluded, and a stranger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { uploadOk } from '../harness/media.mjs';
import { mp4, png } from '../harness/media_files.mjs';
import { comment, hide, like, posted } from '../harness/moments.mjs';
import { eventually } from '../harness/wait.mjs';
import { desktop, Inspection, phone } from './axe.mjs';
import { connection, logInUi, section } from './steps.mjs';

let browser, ann, bob, cem, eve;
before(async () => {
	browser = await launch();
	[ann, bob, cem, eve] = await Promise.all(['Ann', 'Bob', 'Cem', 'Eve'].map((nickname) => register({ nickname })));
	for (const friend of [bob, cem]) await befriend(ann, friend);
	await befriend(bob, cem);
	expectStatus(await ann.patch(`/social/friends/${cem.id}`, { tags: ['work'] }), 200);
});
after(() => browser?.close());

async function inside(person, options = desktop) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	return page;
}

async function leave(...pages) {
	for (const page of pages) {
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	}
}

const post = (page, text) => page.getByRole('article').filter({ hasText: text });
const dot = (page) => page.getByRole('navigation').getByRole('link', { name: /Moments/ }).locator('.badge');

async function write(page, text, choose = async () => undefined) {
	await page.goto('./#/moments/new');
	await page.getByLabel('What is on your mind?').fill(text);
	await choose();
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	await post(page, text).waitFor();
}

test('a post reaches the friend, not who is excluded, not the stranger', async () => {
	const [hers, his, other, strange] = await Promise.all([ann, bob, cem, eve].map((person) => inside(person)));
	await write(hers, 'Not for work', async () => {
		await hers.getByLabel('All but some').check();
		await hers.getByRole('button', { name: 'work' }).click();
	});
	await dot(his).waitFor();
	await section(his, 'Moments');
	await post(his, 'Not for work').waitFor();
	await eventually('the dot goes once it was looked at', async () => (await dot(his).count()) === 0);
	await write(hers, 'For all friends');
	await section(other, 'Moments');
	await post(other, 'For all friends').waitFor();
	assert.equal(await post(other, 'Not for work').count(), 0);
	await strange.goto(`./#/moments/of/${ann.id}`);
	await strange.getByText('No posts to see').waitFor();
	await leave(hers, his, other, strange);
});

test('likes, comments and replies, in place; told to whom they concern, and taken back', async () => {
	await posted(ann, { text: 'Talk to me' });
	const [hers, his] = await Promise.all([inside(ann), inside(bob)]);
	await section(his, 'Moments');
	const shown = post(his, 'Talk to me');
	await shown.getByRole('button', { name: 'Like', exact: true }).click();
	await shown.getByRole('button', { name: 'Take the like back' }).waitFor();
	await shown.getByRole('button', { name: 'Comment' }).click();
	await his.getByRole('textbox', { name: 'Comment' }).fill('Well said');
	await his.keyboard.press('Enter');
	await shown.getByText('Well said').waitFor();
	await eventually('both are counted', async () =>
		(await dot(hers).locator('[aria-hidden]').textContent().catch(() => '')) === '2');
	await hers.goto('./#/moments/news');
	await hers.getByRole('link', { name: /Bob commented on your post.*Well said/ }).click();
	const mine = post(hers, 'Talk to me');
	await mine.getByRole('button', { name: 'Reply to Bob' }).click();
	await hers.getByRole('textbox', { name: 'Reply to Bob' }).fill('Thanks');
	await hers.keyboard.press('Enter');
	await mine.getByText('Thanks').waitFor();
	await dot(his).waitFor();
	await mine.getByRole('button', { name: 'Delete the comment by Bob' }).click();
	await hers.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await eventually('it is gone', async () => (await mine.getByText('Well said').count()) === 0);
	await leave(hers, his);
});

test('narrowing, deleting, reporting and muting from the menu of a post', async () => {
	await posted(ann, { text: 'Soon for fewer' });
	const [hers, his] = await Promise.all([inside(ann), inside(bob)]);
	await section(his, 'Moments');
	await post(his, 'Soon for fewer').getByRole('button', { name: 'Options of the post' }).click();
	await his.getByRole('button', { name: 'Report' }).click();
	await his.getByLabel('Something else').check();
	await his.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
	await his.getByText('Thank you.').waitFor();
	await his.getByRole('button', { name: 'Close' }).click();
	await section(hers, 'Moments');
	const menu = async (line) => {
		await post(hers, 'Soon for fewer').getByRole('button', { name: 'Options of the post' }).click();
		await hers.getByRole('button', { name: line }).click();
	};
	await menu('No more notifications');
	await menu('Show it to fewer people');
	await hers.getByLabel('Only me').check();
	await hers.getByRole('button', { name: 'Save' }).click();
	await post(hers, 'Soon for fewer').getByText('Only me').waitFor();
	await his.reload();
	await post(his, 'Talk to me').waitFor();
	assert.equal(await post(his, 'Soon for fewer').count(), 0);
	await menu('Delete post');
	await hers.getByRole('dialog').getByRole('button', { name: 'Delete post' }).click();
	await eventually('it is gone', async () => (await post(hers, 'Soon for fewer').count()) === 0);
	await leave(hers, his);
});

test('hiding from a person’s page, and how far back', async () => {
	const hers = await inside(ann);
	await hers.goto(`./#/contacts/${bob.id}`);
	await hers.getByRole('switch', { name: 'Hide my posts from them' }).check();
	await eventually('it is hidden', async () => (await bob.get(`/moments/users/${ann.id}/posts`)).body.posts.length === 0);
	await hers.goto('./#/moments/privacy');
	await hers.getByRole('switch', { name: 'Hide my posts from them' }).uncheck();
	await eventually('it is shown', async () => (await bob.get(`/moments/users/${ann.id}/posts`)).body.posts.length > 0);
	await hers.getByLabel('Three days').check();
	await eventually('it is set', async () => (await ann.get('/moments/privacy')).body.window === 'three_days');
	await leave(hers);
});

/** A PNG of one colour, painted by the browser itself. */
async function picture(page, colour, width = 600, height = 400) {
	const address = await page.evaluate(([colour, width, height]) => {
		const canvas = Object.assign(document.createElement('canvas'), { width, height });
		const context = canvas.getContext('2d');
		context.fillStyle = colour;
		context.fillRect(0, 0, width, height);
		return canvas.toDataURL('image/png');
	}, [colour, width, height]);
	return { name: `${colour}.png`, mimeType: 'image/png', buffer: Buffer.from(address.split(',')[1], 'base64') };
}

const LOADED = '.frame[data-loaded="true"] .frame__image';
const taken = (page, count) => eventually(`${count} pictures are there`, async () =>
	(await page.locator('.piece').count()) === count && (await page.locator('.piece .progress').count()) === 0);

test('pictures are put in order and posted; a friend looks through them, others get none', async () => {
	const [hers, his, other, strange] = await Promise.all([ann, bob, cem, eve].map((person) => inside(person)));
	await hers.goto('./#/moments/new');
	const files = await Promise.all(['red', 'green', 'blue', 'gold'].map((colour) => picture(hers, colour)));
	await hers.locator('input[data-way="post"]').setInputFiles(files);
	await taken(hers, 4);
	await hers.getByRole('button', { name: /^Picture 4 of 4/ }).focus();
	await hers.keyboard.press('ArrowLeft');
	await hers.getByRole('button', { name: 'Remove picture 1' }).click();
	await hers.getByRole('button', { name: /^Picture 3 of 3/ }).waitFor();
	await hers.getByLabel('All but some').check();
	await hers.getByRole('button', { name: 'work' }).click();
	await hers.getByLabel('What is on your mind?').fill('Three colours');
	await hers.getByRole('button', { name: 'Post', exact: true }).click();
	await post(hers, 'Three colours').waitFor();
	const [{ id, media }] = (await ann.get('/moments/feed')).body.posts;
	assert.equal(media.length, 3);

	await section(his, 'Moments');
	const shown = post(his, 'Three colours');
	await eventually('all are shown', async () => (await shown.locator(LOADED).count()) === 3);
	await shown.getByRole('button', { name: 'Open picture 1' }).click();
	const viewer = his.getByRole('dialog', { name: /^By Ann/ });
	await viewer.getByRole('img', { name: '[Image]' }).waitFor();
	await his.keyboard.press('ArrowRight');
	await viewer.getByRole('button', { name: 'Later one' }).click();
	assert.equal(await viewer.getByRole('button', { name: 'Later one' }).count(), 0);
	await his.keyboard.press('Escape');
	await viewer.waitFor({ state: 'detached' });

	await section(other, 'Moments');
	await other.getByText('For all friends').first().waitFor();
	assert.equal(await post(other, 'Three colours').count(), 0);
	await strange.goto(`./#/moments/of/${ann.id}`);
	await strange.getByText('No posts to see').waitFor();
	for (const page of [other, strange]) assert.equal(await page.locator('.frame__image').count(), 0);
	const media_ids = media.map(({ media_id }) => media_id);
	const seen = await Promise.all([ann, bob, cem, eve].map((one) => one.post('/media/urls', { media_ids })));
	assert.deepEqual(seen.map(({ body }) => body.urls.length), [3, 3, 0, 0]);
	await hers.goto(`./#/moments/of/${ann.id}`);
	await hers.getByRole('link', { name: /Three colours/ }).locator(LOADED).first().waitFor();
	expectStatus(await ann.delete(`/moments/posts/${id}`), 204);
	await leave(hers, his, other, strange);
});

/** The colours of the pieces, in their order, as the browser reads the middle of each. */
const coloursOf = (page) => page.locator('.piece img').evaluateAll((all) => all.map((image) => {
	const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
	const context = canvas.getContext('2d');
	context.drawImage(image, 0, 0, 1, 1);
	return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => (part > 127 ? 1 : 0)).join('');
}));

test('pictures are dragged to another place; a video goes alone', async () => {
	const hers = await inside(ann);
	await hers.goto('./#/moments/new');
	const choose = (files) => hers.locator('input[data-way="post"]').setInputFiles(files);
	await choose(await Promise.all(['red', 'lime', 'blue'].map((colour) => picture(hers, colour))));
	await taken(hers, 3);
	assert.deepEqual(await coloursOf(hers), ['100', '010', '001']);
	const middle = async (at) => {
		const { x, y, width, height } = await hers.locator('.piece').nth(at).boundingBox();
		return [x + width / 2, y + height / 2];
	};
	await hers.mouse.move(...await middle(0));
	await hers.mouse.down();
	await hers.mouse.move(...await middle(2), { steps: 8 });
	await hers.mouse.up();
	await eventually('the first is the last', async () => (await coloursOf(hers)).join() === '010,001,100');
	const video = { name: 'short.mp4', mimeType: 'video/mp4', buffer: mp4() };
	await choose([video]);
	await hers.getByText('Up to 9 pictures or one video. The others were left out.').waitFor();
	assert.equal(await hers.locator('.piece').count(), 3);
	for (let left = 3; left > 0; left--) await hers.getByRole('button', { name: 'Remove picture 1' }).click();
	await choose([video]);
	await taken(hers, 1);
	assert.equal(await hers.getByRole('button', { name: 'Photos or a video' }).count(), 0, 'there is room for no more');
	await hers.getByRole('button', { name: 'Post', exact: true }).click();
	await hers.getByRole('button', { name: 'Play [Video] 0:04' }).waitFor();
	await leave(hers);
});

test('an upload that is refused leaves the text and the others as they are, and is tried again', async () => {
	const hers = await inside(ann);
	await hers.goto('./#/moments/new');
	await hers.getByLabel('What is on your mind?').fill('Not lost');
	let refusing = true;
	const address = /\/media\/(files|uploads)/;
	await hers.route(address, (route) => (refusing && ['POST', 'PATCH'].includes(route.request().method())
		? route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"code":"bad_media"}' })
		: route.continue()));
	await hers.locator('input[data-way="post"]').setInputFiles([await picture(hers, 'red')]);
	const again = hers.getByRole('button', { name: 'Try picture 1 again' });
	await again.waitFor();
	await hers.getByText('This could not be sent.').waitFor();
	await hers.getByRole('button', { name: 'Post', exact: true }).click();
	await section(hers, 'Contacts');
	await hers.goto('./#/moments/new');
	assert.equal(await hers.getByLabel('What is on your mind?').inputValue(), 'Not lost');
	refusing = false;
	await again.click();
	await taken(hers, 1);
	await hers.getByRole('button', { name: 'Post', exact: true }).click();
	await post(hers, 'Not lost').locator(LOADED).waitFor();
	hers.complaints = hers.complaints.filter((complaint) => !complaint.includes('422'));
	await leave(hers);
});

test('a cover is chosen, seen by a friend and not by a stranger, and removed again', async () => {
	const [hers, his, strange] = await Promise.all([ann, bob, eve].map((person) => inside(person)));
	await section(hers, 'Moments');
	await hers.locator('input[data-way="cover"]').setInputFiles(await picture(hers, 'teal', 1600, 900));
	const cover = (page) => page.locator('.cover__picture[data-loaded="true"]');
	await cover(hers).waitFor();
	await his.goto(`./#/moments/of/${ann.id}`);
	await cover(his).waitFor();
	await strange.goto(`./#/moments/of/${ann.id}`);
	await strange.getByText('No posts to see').waitFor();
	assert.equal(await strange.locator('.cover__picture').count(), 0);
	await hers.getByRole('button', { name: 'Cover picture' }).click();
	await hers.getByRole('button', { name: 'Remove the cover picture' }).click();
	await hers.locator('.cover__picture').waitFor({ state: 'detached' });
	await his.reload();
	await his.locator('.moments__month').waitFor();
	assert.equal(await his.locator('.cover__picture').count(), 0);
	await leave(hers, his, strange);
});

const screens = (fresh) => [
	['feed', './#/moments', '.pictures .frame[data-loaded="true"]'],
	['compose', './#/moments/new', '.picker__option'],
	['news', './#/moments/news', '.news__item'],
	['privacy', './#/moments/privacy', '.hiding .switch'],
	['album', `./#/moments/of/${ann.id}`, '.album-row .frame[data-loaded="true"]'],
	['post', `./#/moments/${fresh.id}`, '.comment'],
	['person', `./#/contacts/${bob.id}`, '.person__moments .switch'],
];

for (const [device, options, colorScheme, locale] of [
	['desktop', desktop, 'light', 'en-US'], ['phone', phone, 'dark', 'zh-CN'],
])
	test(`axe: moments: ${device}, ${colorScheme}`, async () => {
		const pictures = [];
		for (let shade = 40; shade < 240; shade += 25) pictures.push(await uploadOk(ann, 'image', png(300, 60, { shade })));
		const fresh = await posted(ann, {
			text: '今天的湖水很安静。\nA quiet lake, and nobody there but us.', media_ids: pictures.map(({ id }) => id),
		});
		expectStatus(await ann.put('/moments/cover', { media_id: pictures[0].id }), 200);
		await posted(ann, { text: 'Only for me', audience: 'private' });
		await like(bob, fresh);
		await like(cem, fresh);
		await comment(cem, fresh, '好美！', { reply_to: (await comment(bob, fresh, 'Where is that?')).id });
		await hide(ann, cem, { hide_theirs: true });
		const page = await newPerson(browser, { ...options, colorScheme });
		const inspection = new Inspection(page, `${device}-${colorScheme}-moments`);
		await logInUi(page, await logIn(ann));
		await connection(page, 'live');
		if (locale === 'zh-CN') {
			await page.goto('./#/me/preferences');
			await page.getByLabel('简体中文').check();
		}
		for (const [name, address, sign] of screens(fresh)) {
			await page.goto(address);
			if (name === 'compose') await page.locator('input[value="only"]').check();
			await page.locator(sign).first().waitFor();
			await inspection.check(name);
		}
		await leave(page);
		assert.deepEqual(inspection.found, {});
	});
