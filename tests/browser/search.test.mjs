// Finding messages: in all conversations and in one, and being led to where they were said.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';
import { desktop, phone, violations } from './axe.mjs';
import { connection, logInUi } from './steps.mjs';

const COUNT = 260;
const HIT = 40;
let browser, ann, bob, conversation;
before(async () => {
	browser = await launch();
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: '小波' })]);
	conversation = await befriend(ann, bob);
	for (let i = 1; i <= COUNT; i += 1) {
		const text = i === HIT ? `第 ${i} 条：明天下午开会讨论 <b>项目</b>` : `no. ${i}`;
		expectStatus(await send(i % 3 ? bob : ann, conversation, text), 201);
	}
	const group = await makeGroup(ann, [bob], { name: 'Hikers' });
	expectStatus(await send(bob, group.id, '我们开会吧'), 201);
});
after(() => browser?.close());

async function inside(options = {}) {
	const page = await newPerson(browser, { ...desktop, ...options });
	await logInUi(page, ann);
	await connection(page, 'live');
	await page.getByRole('list', { name: 'Conversations' }).waitFor();
	return page;
}

const results = (page) => page.locator('.found__item');
const hit = (page) => page.locator('.message', { hasText: `第 ${HIT} 条` });

async function inSight(page) {
	await eventually('the message is in sight', () => hit(page).evaluate((row) => {
		const list = row.closest('.messages__scroll').getBoundingClientRect();
		const { top, bottom } = row.getBoundingClientRect();
		return top >= list.top && bottom <= list.bottom;
	}).catch(() => false));
}

test('words in all conversations: what, where, by whom; marked as text and nothing else', async () => {
	const page = await inside();
	await page.getByRole('searchbox', { name: 'Search' }).fill('开会');
	await results(page).first().waitFor();
	assert.deepEqual(await results(page).locator('mark').allTextContents(), ['开会', '开会']);
	const [newer, older] = await results(page).allInnerTexts();
	assert.match(newer, /Hikers[^]*小波[^]*我们开会吧/);
	assert.match(older, /小波[^]*<b>项目<\/b>/);
	await page.getByRole('heading', { name: 'Today' }).waitFor();
	await page.getByRole('status').filter({ hasText: '2 messages found' }).waitFor({ state: 'attached' });
	await page.getByRole('searchbox').fill('Hikers');
	await page.getByRole('list', { name: 'Conversations with this name' }).getByRole('link').waitFor();
	await page.getByText('No message contains this.').waitFor();
	await page.getByRole('searchbox').press('Escape');
	await page.getByRole('list', { name: 'Conversations', exact: true }).waitFor();
	assert.deepEqual(page.complaints, []);
});

test('a result leads to a message of long ago, by keyboard; from there one reads on, and back to the end', async () => {
	const page = await inside();
	await page.getByRole('searchbox').fill('讨论');
	await results(page).first().waitFor();
	await results(page).first().focus();
	await page.keyboard.press('Enter');
	await inSight(page);
	assert.ok(await hit(page).evaluate((row) => row === document.activeElement), 'it has the focus');
	const list = page.getByRole('region', { name: 'Messages with 小波' });
	const numbers = () => page.locator('.message__text').allTextContents()
		.then((all) => all.map((text) => Number(/\d+/.exec(text)[0])));
	assert.ok(!(await numbers()).includes(COUNT), 'the newest are not shown');
	await eventually('older and newer ones came by scrolling', async () => {
		await list.evaluate((el) => { el.scrollTop = 0; });
		const shown = await numbers();
		return shown[0] === 1;
	});
	await eventually('down to the newest', async () => {
		await list.evaluate((el) => { el.scrollTop = el.scrollHeight; });
		return (await numbers()).includes(COUNT);
	}, { within: 15_000 });
	const shown = await numbers();
	assert.deepEqual(shown, Array.from({ length: shown.length }, (_, i) => shown[0] + i), 'no hole');
	await results(page).first().click();
	await inSight(page);
	await page.getByRole('button', { name: 'To the newest message' }).click();
	await eventually('we are at the end', () =>
		list.evaluate((el) => el.scrollHeight - el.scrollTop - el.clientHeight < 4));
	assert.deepEqual(page.complaints, []);
});

test('what one goes back to is not read, and what comes meanwhile waits', async () => {
	const page = await inside();
	await page.getByRole('searchbox').fill('讨论');
	await results(page).first().click();
	await inSight(page);
	expectStatus(await send(bob, conversation, `no. ${COUNT + 1}`), 201);
	await page.getByRole('button', { name: '1 new message' }).waitFor();
	await page.getByRole('button', { name: '1 new message' }).click();
	await page.locator('.message', { hasText: `no. ${COUNT + 1}` }).waitFor();
	await eventually('it is read', async () => {
		const { body } = await ann.get(`/chat/conversations/${conversation}`);
		return body.conversation.unread === 0;
	});
});

for (const [device, options] of Object.entries({ desktop, phone, narrow: { ...phone, viewport: { width: 320, height: 640 } } }))
	test(`in one conversation, on a ${device}`, async () => {
		const page = await inside(options);
		await page.goto(`./#/chats/${conversation}`);
		await page.getByRole('button', { name: 'Search in this conversation' }).click();
		const box = page.getByRole('searchbox', { name: 'Search messages' });
		await box.waitFor();
		assert.ok(await box.evaluate((input) => input === document.activeElement), 'one can type at once');
		await box.fill('开会');
		await results(page).first().waitFor();
		assert.equal(await results(page).count(), 1);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		assert.ok(overflow <= 0, `nothing is wider than the screen: ${overflow}`);
		await results(page).first().click();
		await inSight(page);
		assert.deepEqual(page.complaints, []);
	});

for (const [device, options] of Object.entries({ desktop, phone }))
	for (const colorScheme of ['light', 'dark'])
		test(`axe: ${device}, ${colorScheme}`, async () => {
			const page = await inside({ ...options, colorScheme });
			await page.getByRole('searchbox', { name: 'Search' }).fill('开会');
			await results(page).first().waitFor();
			if (process.env.HICHAT_SCREENSHOTS)
				await page.screenshot({ path: `${process.env.HICHAT_SCREENSHOTS}/search-${device}-${colorScheme}.png` });
			assert.deepEqual(await violations(page), []);
			await results(page).last().click();
			await hit(page).waitFor();
			if (process.env.HICHAT_SCREENSHOTS)
				await page.screenshot({ path: `${process.env.HICHAT_SCREENSHOTS}/found-${device}-${colorScheme}.png` });
			assert.deepEqual(await violations(page), []);
			await page.goto(`./#/chats/${conversation}/search`);
			await page.getByRole('searchbox', { name: 'Search messages' }).fill('no');
			await page.getByRole('button', { name: 'Older results' }).waitFor();
			assert.deepEqual(await violations(page), []);
		});
