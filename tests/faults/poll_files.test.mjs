// Without a daemon, and with poll files: the web server alone answers whoever has nothing new, and
// news arrive all the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, expectProblem, expectStatus, register, send, site } from '../harness/client.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { killPart, parts, processes, programs, restarted } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';
import { connection, logInUi, openConversation, waitForSaid } from '../browser/steps.mjs';

const original = readFileSync(parts.config, 'utf8');
const directory = /^poll_directory = (.*)$/m.exec(original)[1];

async function configure(text) {
	writeFileSync(parts.config, text);
	for (const name of programs) {
		const running = processes(name);
		killPart(name, 'SIGTERM');
		await restarted(name, running);
	}
	for (const name of programs)
		await eventually(`${name} answers`, async () => (await fetch(`${site}/api/v1/${name}/health`)).ok);
}

before(() => configure(original.replace(/^url = .*$/m, 'url =\npoll_files = yes')));
after(() => configure(original));

async function pollUrl(person) {
	const answer = await person.get('/chat/sync');
	expectStatus(answer, 200);
	return new URL(answer.body.poll_url, site).href;
}

const poll = (url, etag) => fetch(url, { method: 'HEAD', headers: etag === undefined ? {} : { 'if-none-match': etag } });

/** Web servers may remember for a second or two how a file is. */
const news = (url, etag) => eventually('the file has changed', async () => (await poll(url, etag)).status === 200);

/** How many requests the programs have answered, health aside. */
function requests() {
	const lines = programs.flatMap((name) => readFileSync(parts.log(name), 'utf8').split('\n'));
	return lines.filter((line) => line.includes('message=request') && !line.includes('route=/health')).length;
}

test('a file is touched for both when something is sent, and for nobody else', async () => {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	const conversation = await befriend(ann, bob);
	expectProblem(await ann.post('/chat/live-tickets', {}), 404, 'not_found');
	const urls = await Promise.all([ann, bob, eve].map(pollUrl));
	const etags = await Promise.all(urls.map(async (url) => {
		const answer = await poll(url);
		assert.equal(answer.status, 200);
		return answer.headers.get('etag');
	}));
	for (const [i, url] of urls.entries()) assert.equal((await poll(url, etags[i])).status, 304);
	expectStatus(await send(ann, conversation, 'hello'), 201);
	for (const i of [0, 1]) await news(urls[i], etags[i]);
	assert.equal((await poll(urls[2], etags[2])).status, 304);
	assert.match((await poll(urls[0])).headers.get('cache-control'), /no-cache/);
});

test('what the other programs tell touches it, too', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const url = await pollUrl(bob);
	const etag = (await poll(url)).headers.get('etag');
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	await news(url, etag);
});

test('names cannot be listed or guessed', async () => {
	assert.ok([403, 404].includes((await fetch(`${site}/poll/`)).status));
	assert.equal((await fetch(`${site}/poll/1`)).status, 404);
	for (const name of readdirSync(directory)) assert.match(name, /^[\w-]{43}$/);
});

test('a thousand people for whom nothing happens cost no request of a program', async () => {
	const ann = await register();
	const ids = await crowd(1000, ann);
	for (let i = 0; i < ids.length; i += 400) await makeGroup(ann, ids.slice(i, i + 400));
	const names = readdirSync(directory);
	assert.ok(names.length > 1000, `${names.length} files`);
	const urls = names.map((name) => `${site}/poll/${name}`);
	const etags = [];
	const current = async (url, i) => {
		const answer = await poll(url, etags[i]);
		if (answer.status === 304) return true;
		etags[i] = answer.headers.get('etag');
		return false;
	};
	await eventually('nothing is new any more', async () => {
		let quiet = true;
		for (const [i, url] of urls.entries()) quiet = await current(url, i) && quiet;
		return quiet;
	}, { within: 60_000 });
	const before = requests();
	for (let round = 0; round < 3; round += 1) {
		for (const [i, url] of urls.entries()) assert.equal((await poll(url, etags[i])).status, 304);
	}
	assert.equal(requests(), before);
});

test('a page that polls asks for its file only, until something is new', async () => {
	const browser = await launch();
	try {
		const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
		const conversation = await befriend(ann, bob);
		const page = await newPerson(browser);
		const asked = { api: 0, poll: 0 };
		await logInUi(page, ann);
		await connection(page, 'polling');
		await openConversation(page, 'Bob');
		page.on('request', (request) => {
			if (request.url().includes('/api/')) asked.api += 1;
			if (request.url().includes('/poll/')) asked.poll += 1;
		});
		const settled = async () => {
			const { api, poll: polls } = asked;
			await eventually('three polls', () => asked.poll >= polls + 3, { within: 30_000 });
			return asked.api === api;
		};
		await eventually('only the file is asked for', settled, { within: 60_000 });
		await send(bob, conversation, '轮询');
		await waitForSaid(page, ['them: 轮询']);
	} finally {
		await browser.close();
	}
});
