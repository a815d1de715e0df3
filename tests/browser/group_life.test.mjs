// The life of a group in three browsers: made, asked to join, chatting, mentions, roles, mutes, an
// announcement, a removal, and its end; nobody reloads.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, uniqueName } from '../harness/client.mjs';
import {
	connection, conversationLink, logInUi, openConversation, section, waitForSaid, waitForUnread, write,
} from './steps.mjs';

const GROUP = `Walkers ${uniqueName('')}`;

let browser;
before(async () => {
	browser = await launch();
});
after(() => browser?.close());

/** Three people who are logged in and live; Ann and Bob are friends, Cat knows nobody. */
async function three() {
	const people = await Promise.all(['Ann', '小波', 'Cat'].map((nickname) => register({ nickname })));
	await befriend(people[0], people[1]);
	const pages = [];
	for (const person of people) {
		const page = await newPerson(browser);
		await logInUi(page, person);
		await connection(page, 'live');
		pages.push(page);
	}
	return pages;
}

const note = (page, text) => page.locator('.note', { hasText: text }).waitFor();
const about = (page) => page.getByRole('button', { name: `About ${GROUP}` }).click();

/** Opens what can be done with a member, from the page of the group. */
async function actOn(page, name) {
	await page.getByRole('button', { name: `What to do with ${name}` }).click();
	return page.getByRole('dialog');
}

async function make(page) {
	await section(page, 'Chats');
	await page.getByRole('link', { name: 'New group' }).click();
	await page.getByLabel('Group name').fill(GROUP);
	await page.getByRole('checkbox', { name: '小波' }).check();
	await page.getByRole('button', { name: 'Create group with 1 friend' }).click();
	await page.getByLabel(`Message to ${GROUP}`).waitFor();
	await note(page, 'You created the group with 小波');
}

async function askToJoin(page, number) {
	await page.goto('./#/groups/find');
	await page.getByLabel('Group name or number').fill(number);
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: GROUP }).click();
	await page.getByRole('button', { name: 'Ask to join' }).click();
	await page.getByLabel('A few words to the administrators').fill('Hi, it is Cat.');
	await page.getByRole('button', { name: 'Send request' }).click();
	await page.getByText('You asked to join.').waitFor();
}

test('three people, from making a group to its end', async () => {
	const [ann, bob, cat] = await three();

	await make(ann);
	// Bob has it at once, without having done anything.
	await openConversation(bob, GROUP);
	await note(bob, 'Ann created the group with you');

	// Cat finds it by its number and asks; Ann is told live, and lets her in.
	await about(ann);
	const number = (await ann.locator('.group-number').textContent()).match(/\d+/)[0];
	await askToJoin(cat, number);
	await ann.getByRole('link', { name: '1 join request', exact: true }).click();
	await ann.getByText('Hi, it is Cat.').waitFor();
	await ann.getByRole('button', { name: 'Accept Cat' }).click();
	await note(ann, 'You let Cat join');
	await note(bob, 'Ann let Cat join');
	await openConversation(cat, GROUP);
	await note(cat, 'Ann let you join');
	await ann.getByRole('link', { name: '1 join request', exact: true }).waitFor({ state: 'detached' });

	// All three chat; each sees who said what.
	await write(ann, GROUP, '早上好！');
	await bob.getByText('早上好！').last().waitFor();
	await write(bob, GROUP, 'Good morning 😄');
	await cat.getByText('Good morning 😄').last().waitFor();
	await write(cat, GROUP, 'Hello, both of you');
	await waitForSaid(ann, ['me: 早上好！', 'them: Good morning 😄', 'them: Hello, both of you']);
	await waitForSaid(bob, ['them: 早上好！', 'me: Good morning 😄', 'them: Hello, both of you']);
	await waitForSaid(cat, ['them: 早上好！', 'them: Good morning 😄', 'me: Hello, both of you']);
	assert.deepEqual(await ann.locator('.row__sender').allTextContents(), ['小波', 'Cat']);

	await mentioning(bob, cat);
	await rolesAndMutes(ann, bob, cat);
	await announcing(ann, bob, cat);
	await parting(ann, bob, cat);

	for (const page of [ann, bob, cat]) {
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	}
});

/** Bob chooses Cat from the list that an @ opens; she sees that she is meant. */
async function mentioning(bob, cat) {
	await section(cat, 'Me');
	const input = bob.getByLabel(`Message to ${GROUP}`);
	await input.pressSequentially('Welcome @c');
	await bob.getByRole('option', { name: 'Cat' }).waitFor();
	await input.press('Enter');
	assert.equal(await input.inputValue(), 'Welcome @Cat ');
	await input.pressSequentially('!');
	await input.press('Enter');
	await section(cat, 'Chats');
	await waitForUnread(cat, GROUP, 1);
	await conversationLink(cat, GROUP).getByText('You were mentioned').waitFor();
	await openConversation(cat, GROUP);
	await cat.locator('.mention--me', { hasText: '@Cat' }).waitFor();
	await waitForUnread(cat, GROUP, 0);
}

/** Ann makes Bob an administrator; he mutes Cat and lets her write again; Ann mutes all. */
async function rolesAndMutes(ann, bob, cat) {
	await about(ann);
	await about(ann);
	await (await actOn(ann, '小波')).getByRole('button', { name: 'Make administrator' }).click();
	await note(bob, 'Ann made you an administrator');
	await ann.locator('.member', { hasText: '小波' }).getByText('Admin').waitFor();

	await about(bob);
	await (await actOn(bob, 'Cat')).getByRole('button', { name: 'Mute' }).click();
	await bob.getByRole('button', { name: '10 minutes' }).click();
	await cat.getByText('You are muted until').waitFor();
	assert.equal(await cat.getByLabel(`Message to ${GROUP}`).count(), 0);
	await bob.locator('.member', { hasText: 'Cat' }).getByText('Muted').waitFor();
	await (await actOn(bob, 'Cat')).getByRole('button', { name: 'Let write again' }).click();
	await cat.getByLabel(`Message to ${GROUP}`).waitFor();

	await ann.getByRole('link', { name: 'Manage group' }).click();
	const onlyAdmins = ann.getByRole('switch', { name: 'Only the owner and administrators write' });
	await onlyAdmins.click();
	await cat.getByText('Only the owner and administrators write here at present.').waitFor();
	await write(bob, GROUP, 'Administrators can.');
	await cat.getByText('Administrators can.').last().waitFor();
	await onlyAdmins.click();
	await cat.getByLabel(`Message to ${GROUP}`).waitFor();
	await ann.getByRole('button', { name: 'Back' }).last().click();
}

/** It stands above the messages until it is read. */
async function announcing(ann, bob, cat) {
	await ann.getByRole('link', { name: 'Announcement' }).click();
	await ann.getByRole('button', { name: 'Announce something' }).click();
	await ann.getByLabel('Text').fill('We meet at nine.');
	await ann.getByRole('button', { name: 'Publish' }).click();
	const bar = (page) => page.getByRole('complementary', { name: 'Announcement' });
	await bar(bob).getByText('We meet at nine.').waitFor();
	await bar(bob).getByRole('button', { name: 'Got it' }).click();
	await bar(bob).waitFor({ state: 'detached' });
	await bar(cat).getByRole('link').click();
	await cat.locator('.announcement', { hasText: 'We meet at nine.' }).waitFor();
	await bar(cat).waitFor({ state: 'detached' });
	assert.equal(await bar(ann).count(), 0, 'who wrote it has read it');
	await ann.getByRole('button', { name: 'Back' }).last().click();
}

/** Cat is removed and gets nothing any more; the group ends, and Bob leaves what is left of it. */
async function parting(ann, bob, cat) {
	await (await actOn(ann, 'Cat')).getByRole('button', { name: 'Remove from the group' }).click();
	await ann.getByRole('dialog').getByRole('button', { name: 'Remove from the group' }).click();
	await note(bob, 'Ann removed Cat');
	await cat.getByText('This conversation is not here').waitFor();
	await conversationLink(cat, GROUP).waitFor({ state: 'detached' });
	await write(bob, GROUP, 'Without Cat');
	await ann.getByText('Without Cat').last().waitFor();

	await ann.getByRole('button', { name: 'Dissolve the group' }).click();
	await ann.getByRole('dialog').getByRole('button', { name: 'Dissolve the group' }).click();
	for (const page of [ann, bob]) {
		await page.getByText('This group was dissolved. What was written stays readable.').waitFor();
		assert.equal(await page.getByLabel(`Message to ${GROUP}`).count(), 0);
		await page.getByText('Without Cat').last().waitFor();
	}
	await bob.getByRole('button', { name: 'Leave the group' }).click();
	await bob.getByRole('dialog').getByRole('button', { name: 'Leave the group' }).click();
	await conversationLink(bob, GROUP).waitFor({ state: 'detached' });
	await section(cat, 'Chats');
	assert.equal(await conversationLink(cat, GROUP).count(), 0);
}

test('a link leads into a group also for somebody who has no account yet', async () => {
	const owner = await register({ nickname: 'Owner' });
	const { body: { group } } = await owner.post('/social/groups', { name: GROUP, join_policy: 'invitation' });
	const { body: { link } } = await owner.post(`/social/groups/${group.id}/links`, { max_uses: 1 });
	const page = await newPerson(browser);
	await page.goto(`./${link.path}`);
	await page.getByRole('heading', { name: GROUP }).waitFor();
	await page.getByRole('link', { name: 'Create an account' }).click();
	await page.getByLabel('Username').fill(uniqueName('guest'));
	await page.getByLabel('Password', { exact: true }).fill('korrekt-pferd-9');
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.getByRole('button', { name: 'Join group' }).click();
	await page.getByLabel(`Message to ${GROUP}`).waitFor();
	await note(page, 'You joined by a link');
	assert.deepEqual(page.complaints, []);
	await page.context().close();

	// It was for one person: the next one is told so before they make an account.
	const late = await newPerson(browser);
	await late.goto(`./${link.path}`);
	await late.getByText('This invitation link no longer works.').waitFor();
	await late.context().close();
});

test('who was invited answers, and follows the group from then on', async () => {
	const [owner, friend] = await Promise.all([register({ nickname: 'Owner' }), register({ nickname: 'Fay' })]);
	const member = await register({ nickname: 'Mo' });
	await befriend(owner, member);
	await befriend(member, friend);
	const name = `Club ${uniqueName('')}`;
	const { body: { group } } = await owner.post('/social/groups',
		{ name, join_policy: 'invitation', member_ids: [member.id] });
	const page = await newPerson(browser);
	await logInUi(page, friend);
	await connection(page, 'live');
	await page.goto('./#/groups');
	await page.getByText('No groups yet').waitFor();
	const { body: invited } = await member.post(`/social/groups/${group.id}/members`, { user_ids: [friend.id] });
	assert.deepEqual(invited, { added: [], pending: [friend.id] });
	await page.getByText('Mo invites you').waitFor();
	await page.getByRole('button', { name: `Join ${name}` }).click();
	await page.getByRole('list', { name: 'Groups', exact: true }).getByRole('link', { name }).click();
	await page.getByLabel(`Message to ${name}`).waitFor();
	await note(page, 'You joined by invitation');
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test('who goes to the group while the answer to its invitation is under way comes into it', async () => {
	const [owner, guest] = await Promise.all([register({ nickname: 'Owner' }), register({ nickname: 'Gil' })]);
	const member = await register({ nickname: 'Mo' });
	await befriend(owner, member);
	await befriend(member, guest);
	const name = `Club ${uniqueName('')}`;
	const { body: { group } } = await owner.post('/social/groups',
		{ name, join_policy: 'invitation', member_ids: [member.id] });
	await member.post(`/social/groups/${group.id}/members`, { user_ids: [guest.id] });
	const page = await newPerson(browser);
	await logInUi(page, guest);
	await page.goto('./#/groups');
	let letThrough;
	const held = new Promise((resolve) => {
		letThrough = resolve;
	});
	await page.route(`**/social/groups/${group.id}/join-requests/*`, async (route) => {
		await held;
		await route.continue();
	});
	await page.getByRole('button', { name: `Join ${name}` }).click();
	await page.getByRole('list', { name: 'Invitations' }).getByRole('link', { name }).click();
	await page.locator('.group-card').waitFor();
	letThrough();
	await page.getByLabel(`Message to ${name}`).waitFor();
	await note(page, 'You joined by invitation');
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
