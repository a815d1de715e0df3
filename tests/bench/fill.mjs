// What ./dev bench --fill runs: fills a store of its own with 100,000 users and all that is theirs,
// times pages of it beside the same pages of an almost empty instance, and looks at the plan of
// every read.  Ends with an error when one of them is bad.
//
//   node tests/bench/fill.mjs few few.json     # in the one
//   node tests/bench/fill.mjs many few.json    # in the other, while the one is still there
import { readFileSync, writeFileSync } from 'node:fs';
import { register, site } from '../harness/client.mjs';
import { FEW, gather, MANY } from '../harness/crowd.mjs';
import { sql } from '../harness/database.mjs';
import { askEverything, readingRoutes } from '../harness/lists.mjs';
import { judge, statementsOf } from '../harness/plan.mjs';

const OWN = 300; // friends, groups, requests … of the person whose pages are timed, in both stores
const REQUESTS = 300;
const WARMING = 20;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const line = (name, ...cells) => console.log(`  ${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(12)).join('')}`);

const pages = {
	friends: () => '/social/friends?limit=100',
	'friends, the last': ({ crowd }) => `/social/friends?limit=100&after=${crowd.firstUser + OWN - 101}`,
	'friend requests': () => '/social/friend-requests?limit=100',
	groups: () => '/social/groups?limit=100',
	'groups by name': () => '/social/groups?query=group',
	'members of the largest group': ({ crowd }) => `/social/groups/${crowd.largest}/members?limit=100`,
	notifications: () => '/social/notifications?limit=100',
	'people by nickname': () => '/account/users?query=li',
	'all conversations': () => '/chat/sync',
};

async function took(place, address) {
	const begin = performance.now();
	const response = await fetch(`${place.site}/api/v1${address}`, {
		headers: { authorization: `Bearer ${place.person.token}` },
	});
	const text = await response.text();
	if (response.status !== 200) throw new Error(`${address}: ${response.status} ${text}`);
	return performance.now() - begin;
}

/** Times of every page at each of the places, in turns: what else the machine does hits all alike. */
async function time(places) {
	const all = { nothing: () => '/account/health', ...pages };
	const times = Object.fromEntries(Object.keys(all).map((name) => [name, places.map(() => [])]));
	for (let i = 0; i < REQUESTS + WARMING; i += 1)
		for (const [name, address] of Object.entries(all))
			for (const [j, place] of places.entries()) times[name][j].push(await took(place, address(place)));
	return Object.entries(times).map(([name, lists]) => [name, ...lists.map((list) => median(list.slice(WARMING)))]);
}

async function fill(sizes) {
	const person = await register();
	return { site, person, crowd: await gather(person, { ...sizes, own: OWN }) };
}

async function printRows() {
	for (const table of ['user', 'friendship', 'chat_group', 'member', 'conversation', 'message', 'friend_request',
		'group_request', 'notification', 'block']) {
		const [[rows]] = await sql(`SELECT COUNT(*) FROM ${table}`, { timeout: 60_000 });
		line(table, Number(rows).toLocaleString('en'));
	}
}

async function printPages(few, many) {
	console.log(`\nPages in the full store beside the same in an almost empty one (medians of ${REQUESTS})`);
	line('', 'almost empty', 'full', 'ratio');
	for (const [name, one, other] of await time([few, many]))
		line(name, `${one.toFixed(2)} ms`, `${other.toFixed(2)} ms`, (other / one).toFixed(2));
}

/** The number of statements with a bad plan, each of which is told. */
async function printPlans(around) {
	let looked = 0;
	let bad = 0;
	for (const route of readingRoutes()) {
		const statements = await statementsOf(() => askEverything(route, around));
		for (const { statement, complaints } of await judge(statements)) {
			looked += 1;
			if (complaints.length === 0) continue;
			bad += 1;
			console.log(`  GET /${route.program}${route.pattern}: ${complaints.join(', ')}\n    ${statement}`);
		}
	}
	console.log(`\nPlans: ${looked} reads of ${readingRoutes().length} routes looked at, ${bad} of them bad`);
	return bad;
}

const [size, file] = process.argv.slice(2);
if (size === 'few') {
	writeFileSync(file, JSON.stringify(await fill(FEW)));
} else {
	const begin = performance.now();
	const many = await fill(MANY);
	console.log(`filled in ${((performance.now() - begin) / 1000).toFixed(1)} s; ` +
		`log in as ${many.person.username} with ${many.person.password}`);
	await printRows();
	await printPages(JSON.parse(readFileSync(file, 'utf8')), many);
	process.exitCode = (await printPlans(many)) > 0 ? 1 : 0;
}
