// Large groups: one message to as many connected members, and sends beside those of a small group.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { register, site } from '../harness/client.mjs';
import { FEW, gather } from '../harness/crowd.mjs';
import { sql } from '../harness/database.mjs';
import { parts, processes } from '../harness/stack.mjs';
import { load, median, ms, options, tool } from './tools.mjs';

const SMALL = 3;
const CLIENTS = [1, 32];
const PARTS = ['web', 'chat', 'mariadb', 'redis', 'wsd'];

/** A member of a group of `size` and of one of three; the members are the users from her on. */
async function gatherGroup(size) {
	const person = await register();
	const crowd = await gather(person, { ...FEW, users: size - 1, largest: size });
	const [[small]] = await sql(`SELECT conversation_id FROM member JOIN chat_group ON chat_group.id = conversation_id
		WHERE user_id = ${person.id} AND member_count = ${SMALL} LIMIT 1`);
	return { person, large: crowd.largest, small: Number(small) };
}

async function benchArrival({ person, large }, size) {
	const pids = PARTS.map((part) => processes(part));
	const result = await tool('live_group', [new URL(site).port, person.token, large, person.id, size,
		Number(options.rounds) * 3, ...pids.flat()]);
	const computed = [...result.processor_us];
	const each = PARTS.map((part, i) => {
		const sum = computed.splice(0, pids[i].length).reduce((all, one) => all + one, 0);
		return `${part} ${ms(sum)}`;
	});
	console.log(`\nOne message over HTTP to a group of ${size}, each of them connected (medians)`);
	console.log(`  seen by half after ${ms(result.half_us)}, by the last after ${ms(result.last_us)}, ` +
		`at worst ${ms(result.worst_us)}`);
	console.log(`  of one core: ${each.join(', ')}`);
}

/** A file for wrk with this one sender. */
function sendersOf(person, conversation) {
	const file = path.join(parts.directory, `run/senders-${conversation}`);
	writeFileSync(file, `${person.token} ${conversation}\n`);
	return file;
}

/** What the parts have computed until now, in µs: the kernel counts in hundredths of a second. */
function processorOf(part) {
	return processes(part).reduce((sum, pid) => {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
		return sum + (Number(user) + Number(system)) * 10_000;
	}, 0);
}

async function loadCounted(clients, senders) {
	const before = PARTS.map(processorOf);
	const result = await load(clients, 'text', senders);
	const sends = result.per_second * Number(options.seconds);
	return { ...result, ...Object.fromEntries(PARTS.map((part, i) => [part, (processorOf(part) - before[i]) / sends])) };
}

function printSends(clients, rounds) {
	const of = (which, figure) => median(rounds.map((round) => round[which][figure]));
	const slower = median(rounds.map(([one, other]) => one.p50_us / other.p50_us));
	const one = (which) => `${of(which, 'per_second').toFixed(0)}/s, p50 ${ms(of(which, 'p50_us'))}`;
	const cost = (which) => PARTS.map((part) => `${part} ${of(which, part).toFixed(0)}`).join(', ');
	console.log(`  ${clients} at a time: ${one(0)} beside ${one(1)}: ${slower.toFixed(2)} times as long`);
	console.log(`    µs of one core for each: ${cost(0)} beside ${cost(1)}`);
}

async function benchSends({ person, large, small }, size) {
	const senders = [sendersOf(person, large), sendersOf(person, small)];
	console.log(`\nSends of one person into a group of ${size} beside a group of ${SMALL}, nobody connected (medians)`);
	for (const clients of CLIENTS) {
		const rounds = [];
		for (let i = 0; i < Number(options.rounds); i += 1)
			rounds.push([await loadCounted(clients, senders[0]), await loadCounted(clients, senders[1])]);
		printSends(clients, rounds);
	}
}

export async function benchGroup() {
	const size = Number(options.connections);
	const group = await gatherGroup(size);
	await benchArrival(group, size);
	await benchSends(group, size);
}
