// Several people on several devices chat while everything breaks that can: programs, stores and
// connections.  Afterwards what was acknowledged, what is stored, and what every device holds is the
// same, numbered without hole, and no position has gone back.  HICHAT_SEED makes it other faults;
// `./dev test faults --long` gives them ten minutes.  Then what would be a broken product is made on
// purpose, which has to be found.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chance } from '../../harness/chance.mjs';
import { sql } from '../../harness/database.mjs';
import { eventually } from '../../harness/wait.mjs';
import { violations } from './checker.mjs';
import { calm, faultsOf, told } from './faults.mjs';
import { Nemesis } from './nemesis.mjs';
import { Scene } from './scene.mjs';
import { spoiler } from './spoiler.mjs';
import { wire } from './wiring.mjs';

const SEED = Number(process.env.HICHAT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SECONDS = Number(process.env.HICHAT_NEMESIS_SECONDS ?? 50);
const HANDS = SECONDS > 60 ? 2 : 1;
const LATEST = 60; // faults that a failure shows
const ENOUGH = 80; // messages, of what is broken on purpose

const spoil = { on: false };
let proxies;

before(async () => {
	proxies = await wire({ rewriteEvents: spoiler(spoil, chance(SEED + 2)) });
});
after(() => Promise.all(Object.values(proxies).map((proxy) => proxy.stop())));

/** `./dev test` shows these lines. */
const tell = (t, line) => t.diagnostic(`report: ${line}`);

function report(t, { nemesis, scene, skipped, seconds }) {
	const { ledger, tally } = scene;
	const faults = [...nemesis.happened.values()].reduce((sum, times) => sum + times, 0);
	tell(t, `${faults} faults in ${Math.round(seconds)} s: ` +
		nemesis.kinds().map(([kind, times]) => `${times} × ${kind}`).join('; '));
	for (const one of skipped) tell(t, `skipped: ${one}`);
	const disturbed = Object.values(proxies).reduce((sum, proxy) => sum + proxy.disturbed, 0);
	tell(t, `${ledger.sends.size} messages and ${ledger.changes} changes acknowledged, ${tally.retries} repeated requests`);
	tell(t, `${disturbed} connections cut or refused; ${tally.connects} live connections, ${tally.resumed} of them ` +
		`resumed; ${tally.gaps} gaps; ${tally.renewed} renewed tokens, ${tally.logins} log-ins`);
	tell(t, `statements that found no room: ${told('chat', 'run out of space')}`);
}

test('whatever breaks, what was acknowledged is stored, and every device holds it', async (t) => {
	tell(t, `HICHAT_SEED=${SEED}`);
	const scene = await Scene.make(chance(SEED + 1));
	t.after(() => scene.abandon());
	const { faults, skipped } = faultsOf(proxies);
	const nemesis = new Nemesis(faults, chance(SEED));
	const begin = performance.now();
	scene.start();
	try {
		await nemesis.rage({ seconds: SECONDS, hands: HANDS });
		await calm();
		report(t, { nemesis, scene, skipped, seconds: (performance.now() - begin) / 1000 });
		await scene.finishWriting();
		await scene.converge();
		assert.deepEqual(violations(await scene.outcome()), []);
	} catch (error) {
		error.message = `HICHAT_SEED=${SEED}: ${error.message}\n${nemesis.log.slice(-LATEST).join('\n')}`;
		throw error;
	}
});

/** People chat undisturbed until there is enough to lose. */
async function chat(t, options) {
	const scene = await Scene.make(chance(SEED), options);
	t.after(() => scene.abandon());
	scene.start();
	await eventually('enough is said', () => scene.ledger.sends.size >= ENOUGH, { within: 300_000 });
	await scene.finishWriting();
	return scene;
}

test('lost and doubled events are found in clients that fetch nothing, and nowhere else', async (t) => {
	spoil.on = true;
	t.after(() => (spoil.on = false));
	const scene = await chat(t, { trusting: true });
	await scene.converge();
	const found = violations(await scene.outcome());
	t.diagnostic(`${found.length} violations, the first: ${found[0]}`);
	for (const one of found) assert.match(one, /^live device .* holds/);
	assert.ok(found.some((one) => / [1-9]\d* missing/.test(one)), 'lost ones are found');
	assert.ok(found.some((one) => / [1-9]\d* twice$/.test(one)), 'doubled ones are found');
});

test('a store that loses what it has committed is found out', async (t) => {
	const scene = await chat(t);
	await scene.converge();
	assert.deepEqual(violations(await scene.outcome()), []);
	const [client_key, { conversation, user, seq }] = [...scene.ledger.sends].at(-1);
	await sql(`UPDATE member SET read_seq = 0 WHERE conversation_id = ${conversation} AND user_id = ${user}`);
	const positions = violations(await scene.outcome());
	assert.ok(positions.some((one) => one.includes(`${user} has read 0`)), positions.join('\n'));
	assert.ok(positions.some((one) => /device .*conversation \d+ as \d+ sees it/.test(one)), 'heads are found');
	await sql(`DELETE FROM message WHERE client_key = '${client_key}'`);
	const found = violations(await scene.outcome());
	assert.ok(found.includes(`conversation ${conversation}: ${seq} was acknowledged and is not stored`), found.join('\n'));
	assert.ok(found.some((one) => one.includes('device')), 'clients hold it');
});
