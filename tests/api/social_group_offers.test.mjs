// What somebody holds out to others ends with what allowed them to: links and invitations of those
// who were removed, or are administrators no longer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';

/** bob has made a link for good and invited eve; cem has made a link, too. */
async function cast() {
	const [ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	await befriend(bob, eve);
	const group = await makeGroup(ann, [bob, cem], { join_policy: 'invitation' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await bob.post(`${path}/members`, { user_ids: [eve.id] }), 200);
	const links = {};
	for (const [name, person] of Object.entries({ bob, cem })) {
		expectStatus(await ann.patch(`${path}/members/${person.id}`, { role: 'admin' }), 200);
		const made = await person.post(`${path}/links`, { expires_in: 0 });
		expectStatus(made, 201);
		links[name] = made.body.link.token;
	}
	const [invitation] = (await eve.get('/social/group-invitations')).body.invitations;
	const accept = () => eve.put(`${path}/join-requests/${invitation.id}`, { status: 'accepted' });
	return { ann, bob, cem, eve, path, links, accept };
}

const join = (person, token) => person.post(`/social/group-links/${token}/join`);
const invitationsOf = async (person) => (await person.get('/social/group-invitations')).body.invitations;

const ends = {
	'being removed': ({ ann, bob, path }) => ann.delete(`${path}/members/${bob.id}`),
	'being removed with others': ({ ann, bob, path }) => ann.post(`${path}/removals`, { user_ids: [bob.id] }),
	'leaving': ({ bob, path }) => bob.delete(`${path}/members/${bob.id}`),
	'being an administrator no longer': ({ ann, bob, path }) =>
		ann.patch(`${path}/members/${bob.id}`, { role: 'member' }),
};

for (const [name, end] of Object.entries(ends)) {
	test(`${name} ends the links and invitations that one made, and no others`, async () => {
		const around = await cast();
		const { ann, cem, eve, path, links, accept } = around;
		expectStatus(await end(around), 200, 204);
		const stranger = await register();
		expectProblem(await join(stranger, links.bob), 410, 'link_ended');
		assert.deepEqual(await invitationsOf(eve), []);
		expectProblem(await accept(), 409, 'already_answered');
		const kept = (await ann.get(`${path}/links`)).body.links.filter(({ revoked_at }) => revoked_at === null);
		assert.deepEqual(kept.map(({ creator }) => creator.id), [cem.id]);
		expectStatus(await join(stranger, links.cem), 200);
	});
}

test('becoming an administrator ends nothing', async () => {
	const { ann, bob, eve, path, links, accept } = await cast();
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	expectStatus(await join(await register(), links.bob), 200);
	assert.equal((await invitationsOf(eve)).length, 1);
	expectStatus(await accept(), 200);
});
