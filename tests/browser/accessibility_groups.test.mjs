// axe-core on every screen of groups, in light and dark, on a desktop and a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { desktop, Inspection, looks, violations } from './axe.mjs';
import { connection, logInUi } from './steps.mjs';

/** The body of an answer that has to be this. */
async function expect(answer, status) {
	expectStatus(await answer, status);
	return (await answer).body;
}

let browser, ann, bob, group, link, club, stranger;
before(async () => {
	browser = await launch();
	[ann, bob, stranger] = await Promise.all(
		['Ann', '小波', 'Stranger'].map((nickname) => register({ nickname })));
	await befriend(ann, bob);
	for (let i = 0; i < 8; i += 1) await befriend(ann, await register({ nickname: `Friend ${i}` }));
	({ group } = await expect(ann.post('/social/groups', {
		name: 'Walkers 徒步', avatar: 'emoji:🏔', description: 'Every Sunday', member_ids: [bob.id],
	}), 201));
	await expect(ann.patch(`/social/groups/${group.id}/members/${bob.id}`, { role: 'admin' }), 200);
	await expect(bob.patch(`/social/groups/${group.id}/members/${bob.id}`, { nickname: 'Bo' }), 200);
	await expect(stranger.post(`/social/groups/${group.id}/join-requests`, { message: 'hi' }), 201);
	({ link } = await expect(ann.post(`/social/groups/${group.id}/links`, {}), 201));
	await expect(send(bob, group.id, 'Hello @Ann', { mentions: [ann.id] }), 201);
	await expect(send(ann, group.id, 'Hello'), 201);
	({ group: club } = await expect(bob.post('/social/groups',
		{ name: 'Club', member_ids: [] }), 201));
});
after(() => browser?.close());

/** How to come to a screen, and what says that it is there. */
const at = (hash) => (page) => page.goto(`./#/${hash()}`);
const part = (name) => at(() => `chats/${group.id}${name}`);
const screens = [
	['conversation', part(''), '.group-bar--notice'],
	['mention', (page) => page.locator('.composer__input').pressSequentially('@'), '.mention-picker'],
	['about', part('/about'), '.member .tag--owner'],
	['members', part('/members'), '.about .member .tag--owner'],
	['member', (page) => page.getByRole('button', { name: 'What to do with Bo' }).click(), 'dialog[open]'],
	['mute', (page) => page.getByRole('button', { name: 'Mute' }).click(), '.durations'],
	['remove', async (page) => {
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'What to do with Bo' }).click();
		await page.getByRole('button', { name: 'Remove from the group' }).click();
	}, 'dialog[open] p'],
	['invite', async (page) => {
		await page.keyboard.press('Escape');
		await part('/invite')(page);
	}, '.picker__option'],
	['links', part('/links'), '.link'],
	['join requests', part('/requests'), '.about .person-row'],
	['manage', part('/manage'), '.switch'],
	['announcement', part('/announcement'), '.announcement'],
	['announce', (page) => page.getByRole('button', { name: 'Change the announcement' }).click(), '.about textarea'],
	['my name', async (page) => {
		await part('/about')(page);
		await page.getByRole('button', { name: /^My name in this group/ }).click();
	}, 'dialog[open]'],
	['groups', async (page) => {
		await page.keyboard.press('Escape');
		await page.goto('./#/groups');
	}, '.person-row'],
	['new group', at(() => 'groups/new'), '.picker__option'],
	['find group', at(() => 'groups/find'), '.find'],
	['found groups', async (page) => {
		await page.locator('.find input').fill(String(club.id));
		await page.keyboard.press('Enter');
	}, '.find ~ .rows .person-row'],
	['group', at(() => `groups/${club.id}`), '.group-card'],
	['ask to join', (page) => page.getByRole('button', { name: 'Ask to join' }).click(), 'dialog[open]'],
	['join', async (page) => {
		await page.keyboard.press('Escape');
		await page.goto(`./${link.path}`);
	}, '.group-card'],
];

for (const [device, options, colorScheme] of looks) {
	test(`axe: groups: ${device}, ${colorScheme}`, async () => {
		const page = await newPerson(browser, { ...options, colorScheme });
		// Looking at it marks it as read, so each device has one of its own.
		const text = `We meet at nine. ${device}, ${colorScheme}`;
		await expect(bob.put(`/social/groups/${group.id}/announcement`, { text }), 200);
		const inspection = new Inspection(page, `${device}-${colorScheme}-group`);
		await page.goto(`./${link.path}`);
		await page.getByText('Log in to join').waitFor();
		await inspection.check('join outside');
		await logInUi(page, ann);
		await connection(page, 'live');
		await inspection.walk(screens);
		await page.context().close();
	});
}

test('axe: groups: nothing there, and nothing to be done', async () => {
	const page = await newPerson(browser, desktop);
	await logInUi(page, stranger);
	for (const [hash, text] of [
		['groups', 'No groups yet'], ['groups/find', 'Which group are you looking for?'],
		['groups/999999999', 'There is no such group'], ['join/nonsense', 'This invitation does not work'],
		['groups/new', 'You have no friends to add yet.'],
	]) {
		await page.goto(`./#/${hash}`);
		await page.getByText(text).first().waitFor();
		assert.deepEqual(await violations(page), [], hash);
	}
	await page.context().close();

	// Whoever may not write is told so in the place of the composer.
	const silent = await newPerson(browser, desktop);
	const { group: over } = await expect(
		ann.post('/social/groups', { name: 'Over', member_ids: [bob.id] }), 201);
	await expect(ann.delete(`/social/groups/${over.id}`), 204);
	await logInUi(silent, bob);
	await silent.goto(`./#/chats/${over.id}/about`);
	await silent.getByText('This group was dissolved.').first().waitFor();
	await silent.getByRole('button', { name: 'Leave the group' }).waitFor();
	assert.deepEqual(await violations(silent), []);
	await silent.context().close();
});
