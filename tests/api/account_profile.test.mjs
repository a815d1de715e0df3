// One's own profile: what changes, what stays, what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, expectProblem, expectStatus, register, uniqueName } from '../harness/client.mjs';

const patch = (person, change) => person.patch('/account/me', change);
async function changed(person, change) {
	const answer = await patch(person, change);
	expectStatus(answer, 200);
	const me = await person.get('/account/me');
	assert.deepEqual(me.body, answer.body, 'it answers what it is now');
	return answer.body.user;
}

const full = () => ({
	nickname: '安',
	bio: 'two\nlines of 我 🦊',
	gender: 'female',
	avatar: 'emoji:🦊',
	phone: `+8615${String(process.hrtime.bigint()).slice(-9)}`,
	email: `${uniqueName()}@example.org`,
	birthday: '2000-02-29',
	region: '上海',
	settings: { theme: 'dark', nested: { list: [1, '二', null] } },
});

test('a profile is changed, and changed again', async () => {
	const ann = await register();
	const wanted = full();
	const user = await changed(ann, wanted);
	for (const [key, value] of Object.entries(wanted)) assert.deepEqual(user[key], value, key);
	assert.equal(user.username, ann.username);
});

test('privacy: open at first, changed one by one, for its owner only', async () => {
	const ann = await register();
	const flags = ['findable_by_username', 'findable_by_phone', 'findable_by_email', 'takes_requests'];
	for (const flag of flags) assert.equal(ann.user[flag], true, flag);
	const expected = Object.fromEntries(flags.map((flag) => [flag, true]));
	for (const flag of flags) {
		expected[flag] = false;
		const user = await changed(ann, { [flag]: false });
		assert.deepEqual(Object.fromEntries(flags.map((each) => [each, user[each]])), expected);
	}
	assert.equal((await changed(ann, { takes_requests: true })).takes_requests, true);
	assert.equal((await changed(ann, { takes_requests: null })).takes_requests, true, 'null says nothing');
	const seen = (await (await register()).get(`/account/users/${ann.id}`)).body.user;
	for (const flag of flags) assert.ok(!(flag in seen), `${flag} is hers alone`);
});

test('what is not sent stays', async () => {
	const ann = await register();
	const before = await changed(ann, full());
	for (const [key, value] of Object.entries({ bio: 'new', gender: 'other', region: '', settings: {} }))
		assert.deepEqual(await changed(ann, { [key]: value }), Object.assign(before, { [key]: value }));
	assert.deepEqual(await changed(ann, {}), before);
	assert.deepEqual(await changed(ann, { username: 'other', id: 1, created_at: 0, password: 'x' }), before, 'these are not for changing');
});

for (const nothing of ['', null]) {
	test(`${JSON.stringify(nothing)} clears what can be empty`, async () => {
		const ann = await register();
		await changed(ann, full());
		const empty = { bio: nothing, gender: nothing, avatar: nothing, phone: nothing, email: nothing, birthday: nothing, region: nothing };
		const user = await changed(ann, empty);
		assert.deepEqual([user.bio, user.gender, user.region], ['', '', '']);
		assert.deepEqual([user.avatar, user.phone, user.email, user.birthday], [null, null, null, null]);
		expectProblem(await patch(ann, { nickname: nothing }), 422, 'invalid_field', 'nickname');
	});
}

test('one emoji, however many code points it takes, is an avatar', async () => {
	const ann = await register();
	for (const emoji of ['🦊', '👍🏽', '👨‍👩‍👧‍👦', '🇨🇳', '❤️', '1️⃣', '🏴‍☠️'])
		assert.equal((await changed(ann, { avatar: `emoji:${emoji}` })).avatar, `emoji:${emoji}`);
});

const refused = {
	nickname: ['  ', 'x'.repeat(33), 'two\nlines', 'turned\u202earound', 7],
	bio: ['x'.repeat(201), 'bell\u0007', 7],
	gender: ['none', 'Male', 7],
	avatar: ['🦊', 'emoji:', 'emoji:🦊🦊', 'emoji:x', 'emoji:1', 'emoji:🇨', 'emoji:🦊 ', 'http://example.org/a.png', 7],
	phone: ['123', '+', 7],
	email: ['nobody', 7],
	birthday: ['2001-02-29', '1900-02-29', '2000-13-01', '2000-00-10', '2000-04-31', '1899-12-31', '2999-01-01', '2000-1-1', '20000101', 'x', 7],
	region: ['x'.repeat(65), 'two\nlines', 7],
	findable_by_username: [1, 'true', {}],
	findable_by_phone: [0],
	findable_by_email: ['no'],
	takes_requests: ['', 7],
	settings: [[], 'x', 7, { much: 'x'.repeat(8192) }],
};

for (const [field, values] of Object.entries(refused)) {
	test(`a ${field} that is none is refused by name, and nothing changes`, async () => {
		const ann = await register();
		for (const value of values)
			expectProblem(await patch(ann, { bio: 'new', ...{ [field]: value } }), 422, 'invalid_field', field);
		assert.deepEqual((await ann.get('/account/me')).body.user, ann.user);
	});
}

test('settings take 8 KiB', async () => {
	const ann = await register();
	const settings = { much: 'x'.repeat(8192 - '{"much":""}'.length) };
	assert.deepEqual((await changed(ann, { settings })).settings, settings);
});

test('the birthday of one born today is a day that exists', async () => {
	const ann = await register();
	const today = new Date().toISOString().slice(0, 10);
	assert.equal((await changed(ann, { birthday: today })).birthday, today);
});

test('what belongs to another account stays there', async () => {
	const [ann, bob] = [await register(full()), await register()];
	const hers = (await changed(ann, full()));
	expectProblem(await patch(bob, { phone: hers.phone }), 409, 'phone_taken', 'phone');
	expectProblem(await patch(bob, { email: hers.email.toUpperCase() }), 409, 'email_taken', 'email');
	assert.deepEqual((await bob.get('/account/me')).body.user, bob.user);
	await changed(ann, { phone: hers.phone, email: hers.email.toUpperCase() });
	await changed(ann, { phone: null });
	await changed(bob, { phone: hers.phone });
});

test('only its owner comes to a profile', async () => {
	expectProblem(await api('GET', '/account/me'), 401, 'unauthenticated');
	expectProblem(await api('PATCH', '/account/me', { body: { bio: 'x' } }), 401, 'unauthenticated');
	const ann = await register();
	expectProblem(await ann.request('PATCH', '/account/me', undefined, { raw: '{"bio"' }), 400, 'invalid_json');
});
