// Every request that reads: the GET routes of the route tables, each with the parameters that
// www/openapi.yaml describes, so that a new route or parameter is asked for without being named
// here.  What is named is what they can be filled with.
import { parametersOf } from './description.mjs';
import { routes } from './stack.mjs';

function combinations(lists) {
	const extended = (all, list) => all.flatMap((one) => list.map((next) => [...one, next]));
	return lists.reduce(extended, [[]]);
}

/** Values for the variables of a path, most telling first: of people and groups with very much. */
function pathValues({ person, crowd }) {
	return {
		user: [crowd.firstUser],
		group: [crowd.largest, crowd.strange],
		conversation: [crowd.largest, crowd.direct, crowd.long],
		request: [crowd.request],
		link: [crowd.link],
		session: [crowd.session],
		token: [crowd.token],
		seq: [crowd.changed],
		person: [person.id],
		media: [crowd.media.id],
		upload: [crowd.upload],
		variant: ['original'],
		post: [crowd.post],
	};
}

/** Values for a parameter; the empty ones of a page are filled in when it is known. */
function queryValues({ person, crowd }, { name, schema }) {
	if (schema?.enum) return schema.enum;
	if (schema?.type === 'boolean') return [true, false];
	const some = Array.from({ length: 100 }, (_, i) => crowd.firstUser + i);
	const strangers = some.map((id) => id + crowd.users / 2);
	const address = new URLSearchParams(crowd.media.url.split('?')[1]);
	return {
		limit: [100],
		kinds: ['image,video', 'file', 'image,video,voice,file'],
		before: [undefined],
		after: [undefined],
		expires: [address.get('expires')],
		viewer: [person.id],
		session: [address.get('session')],
		signature: [address.get('signature')],
		ids: [some.join(','), strangers.join(','), String(person.id)],
		conversation: [crowd.largest, crowd.direct],
		query: ['你好', 'li', 'c500', 'c500@example.org', '+861000000501', 'group', 'group 17', String(crowd.largest)],
	}[name];
}

function filled(what, values) {
	if (values === undefined) throw new Error(`${what}: say in tests/harness/lists.mjs what to fill it with`);
	return values;
}

/** The route with every combination of the values of its path. */
function addresses(route, around) {
	const words = route.pattern.split('/').map((word) => {
		if (!/^[:*]/.test(word)) return [word];
		return filled(`${route.pattern}, ${word}`, pathValues(around)[word.slice(1)]);
	});
	return combinations(words).map((one) => `/${route.program}${one.join('/')}`);
}

/** Every combination of the parameters that choose (enum, boolean) and of the required ones, and
 * each of these with one of the others. */
function queries(route, around) {
	const parameters = parametersOf('GET', route).map((parameter) => {
		const values = filled(`${route.pattern}?${parameter.name}`, queryValues(around, parameter));
		const chooses = Boolean(parameter.schema?.enum) || parameter.schema?.type === 'boolean';
		return { ...parameter, chooses, choices: values.map((value) => [parameter.name, value]) };
	});
	const always = parameters.filter((parameter) => parameter.required || parameter.chooses);
	const others = parameters.filter((parameter) => !always.includes(parameter)).flatMap(({ choices }) => choices);
	return combinations([
		...always.map(({ required, choices }) => (required ? choices : [null, ...choices])),
		[null, ...others],
	]).map((one) => one.filter(Boolean));
}

/** The key that the next page of this one begins at. */
function edgeOf(answer) {
	const list = Object.values(answer?.body ?? {}).find(Array.isArray);
	const middle = list?.[Math.floor(list.length / 2)];
	return middle?.id ?? middle?.seq ?? middle?.user?.id ?? middle?.user_id ?? 1;
}

/** All routes that read what people have stored. */
export function readingRoutes() {
	return routes().filter(({ method, pattern }) => method === 'GET' && pattern !== '/health');
}

/** Asks for everything that a route can be asked for: [{address, status, items}]; items: how much
 * came, the length of the answer's list if it has one. */
export async function askEverything(route, around) {
	const asked = [];
	for (const address of addresses(route, around)) {
		let page;
		for (const query of queries(route, around)) {
			const words = new URLSearchParams(query.map(([name, value]) => [name, value ?? edgeOf(page)]));
			const whole = words.size > 0 ? `${address}?${words}` : address;
			const answer = await around.person.get(whole);
			page ??= answer.status === 200 ? answer : undefined;
			const items = Object.values(answer.body ?? {}).find(Array.isArray)?.length ?? 1;
			asked.push({ address: whole, status: answer.status, items });
		}
	}
	return asked;
}
