// Images that one person sends within a minute stand together, each still a message of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { attach, carry, LOADED, painting, picture, tile } from './media_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

async function twoPeople() {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	return { ann, bob, conversation: await befriend(ann, bob) };
}

async function open(person, name, options) {
	const page = await newPerson(browser, options);
	await logInUi(page, person);
	await connection(page, 'live');
	await openConversation(page, name);
	return page;
}

const album = (page) => page.getByRole('group', { name: /: \d+ images$/ });
const tiles = (page) => album(page).locator('[data-of]');

async function close(...pages) {
	for (const page of pages) {
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	}
}

test('several images chosen at once arrive as one album, in their order', async () => {
	const { ann, bob, conversation } = await twoPeople();
	const [anns, bobs] = [await open(ann, 'Bob'), await open(bob, 'Ann', { viewport: { width: 390, height: 800 } })];
	await attach(anns, 'pictures', [1, 2, 3, 4, 5].map((number) => picture(number)));
	await eventually('all five are there', async () => (await bobs.locator(LOADED).count()) === 5);
	assert.equal(await album(bobs).getAttribute('aria-label'), 'Ann: 5 images');
	await eventually('also where they were sent from', async () => (await tiles(anns).count()) === 5);
	const names = (await history(bob, conversation)).filter(({ kind }) => kind === 'image').map(({ body }) => body.name);
	assert.deepEqual(names, [1, 2, 3, 4, 5].map((number) => `hills-${number}.png`));
	const boxes = await Promise.all((await tiles(bobs).all()).map((one) => one.boundingBox()));
	assert.equal(boxes[0].y, boxes[1].y);
	assert.ok(boxes[2].y > boxes[0].y && boxes[2].y === boxes[4].y, 'two above three');
	assert.ok(boxes.every(({ x, width }) => x >= 0 && x + width <= 390));
	await close(anns, bobs);
});

test('each has a menu, reactions and answers of its own, and can be chosen and deleted alone', async () => {
	const { ann, bob, conversation } = await twoPeople();
	const sent = [];
	for (let i = 0; i < 4; i += 1) sent.push(await carry(bob, conversation, 'image', painting(120, 90, i)));
	const page = await open(ann, 'Bob');
	await eventually('all four are there', async () => (await tiles(page).count()) === 4);
	const [first, second, third] = sent.map(({ seq }) => seq);

	await tile(page, second).locator('.message').click({ button: 'right' });
	await page.getByRole('menuitemcheckbox', { name: '❤️' }).click();
	await tile(page, second).locator('.reaction').waitFor();
	assert.equal(await page.locator('.reaction').count(), 1);

	await tile(page, third).locator('.message').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Reply' }).click();
	await page.getByLabel('Message to Bob').fill('this one');
	await page.keyboard.press('Enter');
	await eventually('it is an answer to that one', async () =>
		(await history(bob, conversation)).at(-1).reply_to === third);

	await tile(page, first).locator('.message').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Select' }).click();
	await tile(page, third).click();
	await eventually('two are chosen', async () => (await page.locator('.pick__input:checked').count()) === 2);
	await page.keyboard.press('Escape');

	await tile(page, first).locator('.message').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Delete for me' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click();
	await eventually('three are left', async () => (await tiles(page).count()) === 3);
	expectStatus(await bob.delete(`/chat/conversations/${conversation}/messages/${second}`), 204);
	await eventually('they stand apart around the one that was recalled', async () => (await album(page).count()) === 1
		&& (await tiles(page).count()) === 2);
	await close(page);
});

test('from tile to tile by keyboard', async () => {
	const { ann, bob, conversation } = await twoPeople();
	for (let i = 0; i < 3; i += 1) await carry(bob, conversation, 'image', painting(120, 90, i));
	expectStatus(await send(bob, conversation, 'Look'), 201);
	const page = await open(ann, 'Bob');
	await eventually('all three are there', async () => (await tiles(page).count()) === 3);
	await page.getByText('Look', { exact: true }).last().waitFor();
	await page.getByRole('region', { name: 'Messages with Bob' }).focus();
	const focused = () => page.evaluate(() => document.activeElement.closest('[data-of]')?.dataset.of);
	const passed = [];
	for (let i = 0; i < 4; i += 1) {
		await page.keyboard.press('ArrowUp');
		passed.push(Number(await focused()));
	}
	assert.equal(new Set(passed).size, 4, passed.join());
	assert.deepEqual(passed, [...passed].sort((a, b) => b - a));
	await close(page);
});

test('the list stays where it is among many of them', async () => {
	const { ann, bob, conversation } = await twoPeople();
	const image = await carry(bob, conversation, 'image', painting(60, 60));
	// The same picture again and again, as albums between texts.
	for (let i = 0; i < 24; i += 1) {
		expectStatus(await send(i % 2 ? ann : bob, conversation, `no. ${i}`), 201);
		const copies = { client_key: `c${i}`, from_conversation: conversation, seqs: [image.seq], to_conversations: [conversation] };
		for (let j = 0; j < 3; j += 1)
			expectStatus(await bob.post('/chat/forwards', { ...copies, client_key: `c${i}-${j}` }), 201);
	}
	const page = await open(ann, 'Bob');
	const list = page.locator('.messages__scroll');
	const top = (text) => page.getByText(text, { exact: true }).boundingBox();
	await page.getByText('no. 23', { exact: true }).waitFor();
	for (let round = 0; round < 60 && !(await page.getByText('no. 3', { exact: true }).count()); round += 1) {
		const held = await page.evaluate(() => {
			const box = document.querySelector('.messages__scroll').getBoundingClientRect();
			const texts = [...document.querySelectorAll('.message__text')];
			return texts.find((one) => one.getBoundingClientRect().top > box.top + 40)?.textContent;
		});
		const before = held && (await top(held)).y;
		await list.evaluate((element) => { element.scrollTop -= 400; });
		if (held === undefined) continue;
		// What was held has moved by as much as was scrolled, whatever has come above it.
		await eventually(`${held} has moved by 400`, async () => {
			const now = await top(held);
			return now === null || Math.abs(now.y - before - 400) < 3 || (await list.evaluate((element) => element.scrollTop)) === 0;
		});
	}
	await page.getByText('no. 3', { exact: true }).waitFor();
	await close(page);
});
