// Moments with four people: who posts, a friend, a friend who is excluded, and a stranger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
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

const screens = (fresh) => [
	['feed', './#/moments', '.post'],
	['compose', './#/moments/new', '.picker__option'],
	['news', './#/moments/news', '.news__item'],
	['privacy', './#/moments/privacy', '.hiding .switch'],
	['album', `./#/moments/of/${ann.id}`, '.moments__month'],
	['post', `./#/moments/${fresh.id}`, '.comment'],
	['person', `./#/contacts/${bob.id}`, '.person__moments .switch'],
];

for (const [device, options] of Object.entries({ desktop, phone }))
	for (const [colorScheme, locale] of [['light', 'en-US'], ['dark', 'zh-CN']])
		test(`axe: moments: ${device}, ${colorScheme}`, async () => {
			const fresh = await posted(ann, { text: '今天的湖水很安静。\nA quiet lake, and nobody there but us.' });
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
