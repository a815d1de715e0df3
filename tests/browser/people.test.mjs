// Contacts, blocks and notifications: what is done on one device shows on the other, live.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectProblem, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { eventually } from '../harness/wait.mjs';
import { connection, logInUi, section } from './steps.mjs';

let browser, ann, bob, pages;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
});

/** Two devices of Ann, both live. */
async function devices() {
	pages = [await newPerson(browser), await newPerson(browser)];
	for (const page of pages) {
		await logInUi(page, ann);
		await connection(page, 'live');
	}
	return pages;
}

async function leave() {
	for (const page of pages) {
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	}
}

/** The number at a section of the rail. */
function badge(page, name) {
	return page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name })
		.evaluate((link) => Number(link.querySelector('.badge [aria-hidden]')?.textContent ?? 0));
}

function badges(page, expected) {
	return eventually(`badges are ${JSON.stringify(expected)}`, async () => {
		for (const [name, count] of Object.entries(expected))
			if (await badge(page, new RegExp(name)) !== count) return false;
		return true;
	});
}

/** Names stand between marks that keep them apart from the sentence. */
const told = (page, sentence) =>
	page.locator('.activity-item', { hasText: new RegExp(sentence.replace(/ /g, '\\W+')) });

const titled = (page, title) => eventually(`the title is ${title}`, async () => (await page.title()) === title);

test('a friend gets a remark and tags; both devices show them, by letter and by tag', async () => {
	await befriend(ann, bob);
	await befriend(ann, await register({ nickname: '陈晨' }));
	const [one, other] = await devices();
	for (const page of pages) await section(page, 'Contacts');
	assert.deepEqual(await one.locator('.friends__letter').allTextContents(), ['B', 'C']);
	await one.getByRole('link', { name: 'Bob' }).click();
	await one.getByRole('button', { name: 'Edit remark and tags' }).click();
	await one.getByLabel('Remark').fill('张老师');
	await one.getByLabel('Add a tag').fill('work');
	await one.getByRole('button', { name: 'Save' }).click();
	await one.getByRole('dialog').waitFor({ state: 'detached' });
	for (const page of pages) await page.locator('.contact-item', { hasText: '张老师' }).waitFor();
	assert.deepEqual(await other.locator('.friends__letter').allTextContents(), ['C', 'Z']);
	await other.getByRole('button', { name: 'work' }).click();
	await other.getByText('1 friend', { exact: true }).waitFor();
	assert.deepEqual(await other.locator('.friends .contact-item__name').allTextContents(), ['张老师']);
	await leave();
});

test('a blocked friend cannot write; unblocking on the other device gives everything back', async () => {
	const conversation = await befriend(ann, bob);
	const [one, other] = await devices();
	await one.goto(`./#/contacts/${bob.id}`);
	await one.getByRole('button', { name: 'Block', exact: true }).click();
	await one.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
	await one.getByText('You blocked Bob.', { exact: false }).waitFor();
	expectProblem(await send(bob, conversation, 'hello?'), 403, 'blocked');
	await other.goto(`./#/chats/${conversation}`);
	await other.getByText('You blocked Bob.', { exact: false }).waitFor();
	assert.equal(await other.getByLabel('Message to Bob').count(), 0);
	await other.goto('./#/contacts/blocks');
	await other.getByRole('button', { name: 'Unblock Bob' }).click();
	await other.getByText('Nobody is blocked').waitFor();
	await one.getByRole('button', { name: 'Send message' }).click();
	await one.getByLabel('Message to Bob').waitFor();
	expectStatus(await send(bob, conversation, 'hello again'), 201);
	await leave();
});

test('a deleted friend is gone from both lists, and can be asked again', async () => {
	await befriend(ann, bob);
	const [one, other] = await devices();
	await section(other, 'Contacts');
	await other.getByRole('link', { name: 'Bob' }).waitFor();
	await one.goto(`./#/contacts/${bob.id}`);
	await one.getByRole('button', { name: 'Delete friend' }).click();
	await one.getByRole('dialog').getByRole('button', { name: 'Delete friend' }).click();
	await other.getByText('No friends yet').waitFor();
	await one.getByRole('button', { name: 'Add friend: Bob' }).click();
	await one.getByLabel('Remark').fill('Bobby');
	await one.getByRole('button', { name: 'Send request' }).click();
	await one.getByText('Request sent').waitFor();
	const { requests } = (await bob.get('/social/friend-requests?box=in')).body;
	const { id } = requests.find(({ status }) => status === 'pending');
	expectStatus(await bob.put(`/social/friend-requests/${id}`, { status: 'accepted' }), 200);
	await other.getByRole('link', { name: 'Bobby' }).waitFor();
	await leave();
});

test('notifications: counted on both devices, seen on one is seen on both, a click goes there', async () => {
	await befriend(ann, bob);
	const [one, other] = await devices();
	const made = await bob.post('/social/groups', { name: 'Walkers', member_ids: [ann.id] });
	expectStatus(made, 201);
	const { id } = made.body.group;
	expectStatus(await bob.patch(`/social/groups/${id}/members/${ann.id}`, { role: 'admin' }), 200);
	const asker = await register({ nickname: 'Cat' });
	expectStatus(await asker.post('/social/friend-requests', { user_id: ann.id }), 201);
	// friend_accepted stands before them: Ann had asked Bob.
	const before = (await ann.get('/social/notifications')).body.unread;
	assert.equal(before, 4);
	for (const page of pages) await badges(page, { Activity: 4, Contacts: 1 });
	await one.bringToFront();
	await section(one, 'Activity');
	await told(one, 'Bob added you to Walkers').waitFor();
	for (const page of pages) await badges(page, { Activity: 0, Contacts: 1 });
	assert.equal((await ann.get('/social/notifications')).body.unread, 0);
	const unread = await badge(other, /Chats/);
	for (const page of pages) await titled(page, unread > 0 ? `(${unread}) HiChat` : 'HiChat');
	await told(one, 'Cat would like to be your friend').click();
	await one.getByRole('button', { name: 'Accept the request of Cat' }).click();
	for (const page of pages) await badges(page, { Contacts: 0 });
	await section(one, 'Activity');
	await told(one, 'Bob made you an administrator of Walkers').click();
	await one.getByRole('region', { name: 'Walkers' }).first().waitFor();
	await leave();
});

test('privacy: who switches it off is not found, on any device', async () => {
	const [one, other] = await devices();
	await one.goto('./#/me/profile');
	await one.getByRole('switch', { name: 'Others find me by my username or nickname' }).click();
	await eventually('nobody is found', async () =>
		(await bob.get(`/account/users?query=${ann.username}`)).body.users.length === 0);
	await other.reload();
	await other.goto('./#/me/profile');
	await eventually('it is off here, too', async () => !(await other
		.getByRole('switch', { name: 'Others find me by my username or nickname' }).isChecked()));
	await leave();
});
