// A conversation of thousands of messages: however far one scrolls, the document has only what is
// near, and what one reads stays in its place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, send } from '../harness/client.mjs';
import { lengthen } from '../harness/long_conversation.mjs';
import { eventually } from '../harness/wait.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

const COUNT = 3000;
const MOST_ROWS = 150; // a screen of 700 px and what is to spare
const EVERY = 3_600_000;
let browser, ann, bob, conversation, page, first;
before(async () => {
	browser = await launch();
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	conversation = await befriend(ann, bob);
	first = await lengthen(conversation, [ann, bob], { count: COUNT, every: EVERY });
	page = await newPerson(browser, { viewport: { width: 1000, height: 700 } });
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, 'Bob');
	await said(COUNT).waitFor();
});
after(() => browser?.close());

const list = () => page.getByRole('region', { name: 'Messages with Bob' });
const said = (number) => page.locator('.message__text').filter({ hasText: new RegExp(`^no\\. ${number}( |$)`) });
const toNewest = () => page.getByRole('button', { name: 'To the newest message' });

/** Notes how many rows there are at most, and which of them were ever there. */
function watchRows() {
	return list().evaluate((element) => {
		const box = element.querySelector('ol');
		window.rows = { most: 0, seen: new Set() };
		const note = () => {
			window.rows.most = Math.max(window.rows.most, box.children.length);
			for (const row of box.querySelectorAll('[data-of]')) window.rows.seen.add(Number(row.dataset.of));
		};
		note();
		new MutationObserver(note).observe(box, { childList: true });
	});
}

const rowsSeen = () => page.evaluate(() => ({ most: window.rows.most, count: window.rows.seen.size }));

test('up to the oldest message and back: few rows at any time', async () => {
	await watchRows();
	const begin = page.getByText('This is where your conversation begins.');
	await eventually('we are at the beginning', async () => {
		await list().evaluate((element) => { element.scrollTop = 0; });
		return (await begin.count()) > 0 && (await said(1).count()) > 0;
	}, { within: 120_000 });
	await said(1).scrollIntoViewIfNeeded();
	const place = await page.locator('li[data-of="2"]').evaluate((row) => [row.ariaPosInSet, row.ariaSetSize]);
	assert.equal(place[1], '-1', 'how many there are is not known here');
	assert.ok((await rowsSeen()).most <= MOST_ROWS);
	await toNewest().click();
	await said(COUNT).waitFor();
	await eventually('we are at the end', () => list().evaluate((element) =>
		element.scrollHeight - element.scrollTop - element.clientHeight < 4));
	assert.ok((await rowsSeen()).most <= MOST_ROWS);
});

test('by keyboard from message to message, none is left out', async () => {
	await list().focus();
	await page.keyboard.press('ArrowUp');
	const numberHere = () => page.evaluate(() => Number(document.activeElement.dataset.seq));
	const from = await numberHere();
	assert.ok(from > COUNT - 20);
	for (let i = 1; i <= 80; i += 1) {
		await page.keyboard.press('ArrowUp');
		assert.equal(await numberHere(), from - i);
	}
	await page.keyboard.press('End');
	await toNewest().waitFor({ state: 'detached' });
	await page.keyboard.press('ArrowUp');
	assert.ok(await numberHere() > COUNT - 20, 'it goes on from what is in sight');
});

test('what one reads stays where it is, while messages come at the end and older ones above', async () => {
	await list().evaluate((element) => { element.scrollTop -= 1500; });
	await toNewest().waitFor();
	await watchRows();
	const topmost = () => list().evaluate((element) => {
		const { top } = element.getBoundingClientRect();
		const row = [...element.querySelectorAll('[data-seq]')].find((one) => one.getBoundingClientRect().top > top);
		return { seq: row.dataset.seq, top: row.getBoundingClientRect().top };
	});
	const before = await topmost();
	await send(bob, conversation, 'at the end');
	await page.getByRole('button', { name: '1 new message' }).waitFor();
	assert.deepEqual(await topmost(), before);
	const first = await list().evaluate(async (element) => {
		element.scrollTop = 400;
		await new Promise(requestAnimationFrame);
		return Number(element.querySelector('[data-of]').dataset.of);
	});
	const held = await topmost();
	await eventually('older ones came', () => list().evaluate((element, seq) =>
		Number(element.querySelector('[data-of]').dataset.of) < seq, first));
	const now = await topmost();
	assert.equal(now.seq, held.seq);
	assert.ok(Math.abs(now.top - held.top) <= 2, `moved by ${now.top - held.top} px`);
	assert.deepEqual(page.complaints, []);
});

test('to a date, from the menu and from the line of a day, by keyboard', async () => {
	const dayOf = (number) => {
		const date = new Date(first + number * EVERY);
		return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
	};
	const firstOf = (day) => Math.ceil((new Date(`${day}T00:00`).getTime() - first) / EVERY);
	const dialog = page.getByRole('dialog', { name: 'Go to a date' });
	const answer = async (day) => {
		await dialog.getByLabel('Date').fill(day);
		await page.keyboard.press('Enter');
		await dialog.waitFor({ state: 'detached' });
		const wanted = firstOf(day);
		await said(wanted).waitFor();
		await eventually(`no. ${wanted} has the focus`, () =>
			page.evaluate(() => document.activeElement.textContent).then((text) => text.includes(`no. ${wanted}`)));
	};
	await page.getByRole('button', { name: 'Options: Bob' }).last().focus();
	await page.keyboard.press('Enter');
	await page.getByRole('dialog', { name: 'Options: Bob' }).getByRole('button', { name: 'Go to a date' }).press('Enter');
	await answer(dayOf(500));
	const line = page.locator('.day__button').first();
	await line.focus();
	await page.keyboard.press('Enter');
	await answer(dayOf(2000));
	assert.deepEqual(page.complaints, []);
});
