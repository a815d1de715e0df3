// What ./dev bench runs: the message path and the live path, of two people and of groups, and what
// grows with what is stored, beside floors measured in the same run, because only the ratios mean
// something on a machine that does other things too.
//
//   node tests/bench/run.mjs [--seconds N] [--rounds N] [--connections N] [NAME ...]
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { befriend, expectStatus, register, site } from '../harness/client.mjs';
import { liveTicket } from '../harness/live.mjs';
import { parts, processes } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';
import { benchDeliveries } from './deliveries.mjs';
import { benchGroup } from './group.mjs';
import { benchHistory, benchSync } from './growth.mjs';
import { benchMedia } from './media.mjs';
import { benchMoments } from './moments.mjs';
import { benchSearch } from './search.mjs';
import { benchSoak } from './soak.mjs';
import { load, median, ms, options, positionals, restartWith, tool } from './tools.mjs';

const PAIRS = 128;
const CLIENTS = [1, 32, 128];
const wanted = (name) => positionals.length === 0 || positionals.includes(name);

async function makePairs() {
	const pairs = [];
	for (let i = 0; i < PAIRS; i += 1) {
		const [from, to] = await Promise.all([register(), register()]);
		pairs.push({ from, to, conversation: await befriend(from, to) });
	}
	return pairs;
}

/** Lets chat commit `batch` messages at most in one transaction. */
async function setBatch(batch) {
	await restartWith('chat', 'chat', 'batch', batch);
	await eventually('chat answers', async () => (await fetch(`${site}/api/v1/chat/health`)).ok);
}

async function sendRound(senders) {
	const round = [];
	for (const clients of CLIENTS) {
		const bare = await load(clients, 'nothing', senders);
		const insert = await tool('insert_floor', [clients, options.seconds]);
		await setBatch(1);
		const single = await load(clients, 'text', senders);
		await setBatch(128);
		const send = await load(clients, 'text', senders);
		round.push({ clients, bare, insert, single, send });
		console.log(`  ${clients} clients: ${send.per_second.toFixed(0)} sends/s`);
	}
	return round;
}

function printSends(rounds) {
	const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padStart(i ? 12 : 8)).join(''));
	console.log('\nDurable sends over HTTP (medians of the rounds)');
	row('clients', 'sends/s', 'p50', 'p99', 'bare/s', 'insert/s', 'batch 1/s', '×batch 1', '×bare', '×insert');
	CLIENTS.forEach((clients, i) => {
		const of = (name, figure) => median(rounds.map((round) => round[i][name][figure]));
		const ratio = (name) => median(rounds.map((r) => r[i].send.per_second / r[i][name].per_second)).toFixed(2);
		row(clients, of('send', 'per_second').toFixed(0), ms(of('send', 'p50_us')), ms(of('send', 'p99_us')),
			of('bare', 'per_second').toFixed(0), of('insert', 'per_second').toFixed(0),
			of('single', 'per_second').toFixed(0), ratio('single'), ratio('bare'), ratio('insert'));
	});
}

async function benchSends(pairs) {
	const senders = path.join(parts.directory, 'run/senders');
	writeFileSync(senders, pairs.map(({ from, conversation }) => `${from.token} ${conversation}\n`).join(''));
	const rounds = [];
	for (let i = 0; i < Number(options.rounds); i += 1) {
		console.log(`sends, round ${i + 1}`);
		rounds.push(await sendRound(senders));
	}
	printSends(rounds);
}

async function benchSeen({ from, to, conversation }) {
	const results = [];
	for (let i = 0; i < Number(options.rounds); i += 1) {
		const { ticket } = await liveTicket(to);
		results.push(await tool('round_trip', [new URL(site).port, from.token, conversation, ticket, 500]));
	}
	const of = (name, figure) => median(results.map((result) => result[name][figure]));
	const ratio = median(results.map((r) => r.seen.p50_us / (r.insert.p50_us + r.bare.p50_us)));
	console.log('\nSend to seen, one pair, otherwise idle, in turn with the floors (medians of the rounds)');
	console.log(`  seen at the other's socket   p50 ${ms(of('seen', 'p50_us'))}, p99 ${ms(of('seen', 'p99_us'))}`);
	console.log(`  acknowledged                 p50 ${ms(of('stored', 'p50_us'))}, p99 ${ms(of('stored', 'p99_us'))}`);
	console.log(`  floors: bare request ${ms(of('bare', 'p50_us'))}, durable insert ${ms(of('insert', 'p50_us'))}`);
	console.log(`  seen p50 = ${ratio.toFixed(2)} × (insert + bare)`);
}

/** wsd alone: what connections cost, and how long an event takes to one and to all of them. */
async function benchLive() {
	const [pid] = processes('wsd');
	const { connections, broadcast, unicast, ...result } =
		await tool('live_load', [pid, options.connections, options.rounds]);
	console.log(`\nLive connections on one wsd: ${connections}, opened at ${result.opened_per_second}/s`);
	console.log(`  memory           ${result.bytes_per_connection} bytes per idle connection, ` +
		`${(result.resident_kib / 1024).toFixed(1)} MiB in all`);
	console.log(`  event to all     half of them after ${ms(broadcast.p50_us)}, the last after ` +
		`${ms(broadcast.max_us)}; ${ms(result.broadcast_processor_us)} of one core`);
	console.log(`  event to one     p50 ${ms(unicast.p50_us)}, p99 ${ms(unicast.p99_us)}`);
}

console.log(`at ${site}, ${options.seconds} s a measurement`);
expectStatus({ status: (await fetch(`${site}/api/v1/chat/health`)).status, text: '' }, 200);
if (wanted('send') || wanted('seen')) {
	const pairs = await makePairs();
	if (wanted('seen')) await benchSeen(pairs[0]);
	if (wanted('send')) await benchSends(pairs);
}
if (wanted('live')) await benchLive();
if (wanted('group')) await benchGroup();
if (wanted('deliveries')) await benchDeliveries();
if (wanted('history')) await benchHistory();
if (wanted('sync')) await benchSync();
// These take minutes: only when asked for.
if (positionals.includes('search')) await benchSearch();
if (positionals.includes('soak')) await benchSoak();
if (positionals.includes('moments')) await benchMoments();
if (positionals.includes('media')) await benchMedia();
