// How many events a second reach the members of groups, all of them connected, while messages are
// sent there as fast as they are taken, beside the same number of connections that get what is
// written straight into Redis.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { register } from '../harness/client.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { parts } from '../harness/stack.mjs';
import { load, median, options, startTool, tool } from './tools.mjs';

const SIZES = [50, 500];
const CLIENTS = 32;

/** Somebody and a group of so many, whose ids follow theirs without a gap, as the tools want them. */
async function gatherGroup(size) {
	const person = await register();
	const ids = await crowd(size - 1, person);
	if (ids.some((id, i) => id !== person.id + 1 + i)) throw new Error('somebody registered meanwhile');
	const group = await makeGroup(person, ids);
	const senders = path.join(parts.directory, `run/senders-${group.id}`);
	writeFileSync(senders, `${person.token} ${group.id}\n`);
	return { first: person.id, size, senders };
}

async function measure({ first, size, senders }) {
	const seconds = Number(options.seconds);
	const bare = await tool('live_rate', [first, size, seconds, 'publish']);
	const { result } = await startTool('live_rate', [first, size, seconds + 2]);
	const sends = await load(CLIENTS, 'text', senders);
	const { per_second } = await result;
	return { bare: bare.per_second, sends: sends.per_second, all: per_second };
}

export async function benchDeliveries() {
	const groups = [];
	for (const size of SIZES) groups.push(await gatherGroup(size));
	const rounds = [];
	for (let i = 0; i < Number(options.rounds); i += 1) {
		const round = [];
		for (const group of groups) round.push(await measure(group));
		rounds.push(round);
	}
	console.log(`\nDeliveries to connected members, ${CLIENTS} sends at a time (medians of the rounds)`);
	SIZES.forEach((size, i) => {
		const of = (figure) => median(rounds.map((round) => round[i][figure])).toFixed(0);
		const ratio = median(rounds.map((round) => round[i].all / round[i].bare)).toFixed(2);
		console.log(`  group of ${size}: ${of('all')} deliveries/s of ${of('sends')} sends/s; ` +
			`wsd alone ${of('bare')}/s, so ${ratio} × of that`);
	});
}
