// axe-core on the screens of contacts, of what happened and of privacy, in light and dark, on a
// desktop and a phone.
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { Inspection, looks } from './axe.mjs';
import { connection, logInUi } from './steps.mjs';

const NAMES = ['小波', '安娜', '陈晨', 'Émile', 'Bob', '李雷', '曾小贤', 'Zoe', '7 of 9', '王芳', '张伟', 'Dora', '高飞'];

let browser, ann, friends, boss;
before(async () => {
	browser = await launch();
	ann = await register({ nickname: 'Ann', email: `ann.${Date.now()}@example.org` });
	friends = [];
	for (const nickname of NAMES) {
		const friend = await register({ nickname });
		await befriend(ann, friend);
		friends.push(friend);
	}
	const [one, other, third] = friends;
	expectStatus(await ann.patch(`/social/friends/${one.id}`,
		{ remark: '波哥', tags: ['家人', 'work', '徒步'] }), 200);
	expectStatus(await ann.patch(`/social/friends/${other.id}`, { remark: '', tags: ['work'] }), 200);
	expectStatus(await ann.put(`/social/blocks/${third.id}`), 200);
	const asker = await register({ nickname: 'Asker' });
	expectStatus(await asker.post('/social/friend-requests', { user_id: ann.id, message: '你好' }), 201);
	boss = other;
	await news('Walkers 徒步');
});
after(() => browser?.close());

/** Something of every kind that groups tell. */
async function news(name) {
	const made = await boss.post('/social/groups', { name, member_ids: [ann.id] });
	expectStatus(made, 201);
	const { id } = made.body.group;
	expectStatus(await boss.put(`/social/groups/${id}/announcement`,
		{ text: 'We meet at nine at the north gate. Bring water, and something against the rain.' }), 200);
	expectStatus(await boss.patch(`/social/groups/${id}/members/${ann.id}`, { role: 'admin' }), 200);
	const stranger = await register({ nickname: 'Stranger' });
	expectStatus(await stranger.post(`/social/groups/${id}/join-requests`, {}), 201);
}

const escape = (page) => page.keyboard.press('Escape');
const person = (index) => (page) => page.goto(`./#/contacts/${friends[index].id}`);
const screens = [
	['contacts', (page) => page.goto('./#/contacts'), '.letters'],
	['tagged', (page) => page.getByRole('button', { name: 'work' }).click(), '.chip[aria-pressed="true"]'],
	['friend', person(0), '.person .menu'],
	['note', (page) => page.getByRole('button', { name: 'Edit remark and tags' }).click(), 'dialog[open] .chip'],
	['block', async (page) => {
		await escape(page);
		await page.getByRole('button', { name: 'Block', exact: true }).click();
	}, 'dialog[open]'],
	['delete', async (page) => {
		await escape(page);
		await page.getByRole('button', { name: 'Delete friend' }).click();
	}, 'dialog[open]'],
	['blocked friend', async (page) => {
		await escape(page);
		await person(2)(page);
	}, '.person .unblock'],
	['blocks', (page) => page.goto('./#/contacts/blocks'), '.rows .person-row'],
	['tags', (page) => page.goto('./#/contacts/tags'), '.tag-section'],
	['rename tag', (page) => page.getByRole('button', { name: 'Rename the tag work' }).click(), 'dialog[open]'],
	['activity', async (page) => {
		await escape(page);
		await page.goto('./#/activity');
	}, '.activity-item'],
	['privacy', async (page) => {
		await page.goto('./#/me/profile');
		await page.locator('.privacy').last().scrollIntoViewIfNeeded();
	}, '.privacy .switch'],
	['devices', (page) => page.goto('./#/me/devices'), '.device'],
	['end others', (page) => page.getByRole('button', { name: 'Log out all other devices' }).click(), 'dialog[open]'],
	['rename device', async (page) => {
		await escape(page);
		await page.getByRole('button', { name: /^Rename / }).first().click();
	}, 'dialog[open] .field'],
	['password', async (page) => {
		await escape(page);
		await page.locator('.password-form').scrollIntoViewIfNeeded();
	}, '.password-form'],
];

for (const [device, options, colorScheme] of looks) {
	test(`axe: people: ${device}, ${colorScheme}`, async () => {
		const page = await newPerson(browser, { ...options, colorScheme });
		const inspection = new Inspection(page, `${device}-${colorScheme}-people`);
		await logInUi(page, await logIn(ann));
		await connection(page, 'live');
		await news(`Readers ${device} ${colorScheme}`);
		await inspection.walk(screens);
		await page.context().close();
	});
}
