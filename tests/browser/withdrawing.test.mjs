// What waits for an answer, on all screens that show it: withdrawn, answered elsewhere, answered by
// somebody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { connection, logInUi, section } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

async function live(person) {
	const page = await newPerson(browser);
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

const waits = (page, count) =>
	page.getByRole('navigation', { name: 'Sections' }).locator('a[href="#/contacts"] .badge [aria-hidden]')
		.filter({ hasText: String(count) }).waitFor();
const waitsNoMore = (page) =>
	page.getByRole('navigation', { name: 'Sections' }).locator('a[href="#/contacts"] .badge').waitFor({ state: 'detached' });

test('a friend request is withdrawn where it was sent, and gone where it was received', async () => {
	const [ann, bob] = [await register({ nickname: 'Ann' }), await register({ nickname: 'Bob' })];
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	const [hers, his] = [await live(ann), await live(bob)];
	await his.goto('./#/contacts/requests');
	await his.getByRole('button', { name: 'Accept the request of Ann' }).waitFor();
	await waits(his, 1);
	await hers.goto('./#/contacts/requests');
	await hers.getByRole('button', { name: 'Withdraw the request to Bob' }).click();
	for (const page of [hers, his]) {
		await page.locator('.standing', { hasText: 'Withdrawn' }).waitFor();
		assert.equal(await page.locator('.requests').getByRole('button').count(), 0);
	}
	await waitsNoMore(his);
	await leave(hers, his);
});

test('a request that is answered on one device is answered on the other', async () => {
	const [ann, bob] = [await register({ nickname: 'Ann' }), await register({ nickname: 'Bob' })];
	const asked = await ann.post('/social/friend-requests', { user_id: bob.id });
	expectStatus(asked, 201);
	const page = await live(bob);
	await waits(page, 1);
	const phone = await logIn(bob, 'phone');
	const path = `/social/friend-requests/${asked.body.request.id}`;
	expectStatus(await phone.put(path, { status: 'declined' }), 200);
	await waitsNoMore(page);
	await leave(page);
});

test('a request to join is withdrawn on the card of the group, and every administrator sees so', async () => {
	const [ann, bob, cat] = [await register(), await register(), await register({ nickname: 'Cat' })];
	await befriend(ann, bob);
	const group = await makeGroup(ann, [bob], { name: 'Choir' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	const [keeper, page] = [await live(bob), await live(cat)];
	const bar = keeper.getByRole('link', { name: '1 join request', exact: true });
	await keeper.goto(`./#/chats/${group.id}`);
	await page.goto(`./#/groups/${group.id}`);
	const ask = page.getByRole('button', { name: 'Ask to join' });
	await ask.click();
	await page.getByRole('button', { name: 'Send request' }).click();
	await page.getByText('You asked to join.').waitFor();
	await bar.waitFor();
	// It is known after a reload, too.
	await page.reload();
	await page.getByRole('button', { name: 'Withdraw request' }).click();
	await ask.waitFor();
	await bar.waitFor({ state: 'detached' });
	// What another administrator declines waits for this one no longer.
	const asked = await cat.post(`${path}/join-requests`, {});
	expectStatus(asked, 201);
	await bar.waitFor();
	expectStatus(await ann.put(`${path}/join-requests/${asked.body.request.id}`, { status: 'declined' }), 200);
	await bar.waitFor({ state: 'detached' });
	await leave(keeper, page);
});

test('an invitation that is answered on one device is answered on the other', async () => {
	const [ann, bob, cat] = [await register(), await register(), await register()];
	await Promise.all([befriend(ann, bob), befriend(bob, cat)]);
	const group = await makeGroup(ann, [bob], { name: 'Choir', join_policy: 'invitation' });
	const path = `/social/groups/${group.id}`;
	const page = await live(cat);
	expectStatus(await bob.post(`${path}/members`, { user_ids: [cat.id] }), 200);
	await waits(page, 1);
	const [{ id }] = (await cat.get('/social/group-invitations')).body.invitations;
	expectStatus(await cat.put(`${path}/join-requests/${id}`, { status: 'declined' }), 200);
	await waitsNoMore(page);
	await section(page, 'Contacts');
	await leave(page);
});

test('groups found by name go on behind the first page', async () => {
	const ann = await register();
	const name = `Page ${Math.random().toString(36).slice(2)}`;
	for (let i = 10; i < 32; i += 1) expectStatus(await ann.post('/social/groups', { name: `${name} ${i}`, client_key: `${i}` }), 201);
	const made = (await ann.get('/social/groups?limit=100')).body.groups.length;
	const page = await live(await register());
	await page.goto('./#/groups/find');
	await page.getByLabel('Group name or number').fill(name);
	await page.keyboard.press('Enter');
	const rows = page.getByRole('list', { name: 'Results' }).getByRole('listitem');
	await rows.nth(19).waitFor();
	assert.equal(await rows.count(), 20);
	await page.getByRole('button', { name: 'Show more groups' }).click();
	await rows.nth(made - 1).waitFor();
	await page.getByRole('button', { name: 'Show more groups' }).waitFor({ state: 'detached' });
	assert.equal(await rows.count(), made);
	await leave(page);
});
