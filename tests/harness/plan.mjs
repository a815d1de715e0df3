// Which statements the programs ran, and whether the database found its rows by an index.
//
//   const statements = await statementsOf(() => ann.get('/social/friends'));
//   for (const { statement, complaints } of await judge(statements)) …
import { sql } from './database.mjs';

/** A sort of so many rows more than are returned is no matter. */
const SORT_MAX = 110;
/** Rows that may be looked at for each that is returned, in all tables together; a page counts as
 * full, because a filter (who is blocked, what is cleared) may leave little of it. */
const EXAMINED_PER_ROW = 30;
const PAGE = 101;
/** Statements of one form that are looked at: the plan may depend on what is asked for. */
const PER_FORM = 4;

/** What the client's batch mode escaped. */
function unescaped(text) {
	const meant = { '\\': '\\', n: '\n', t: '\t', 0: '\0' };
	return text.replace(/\\([\\nt0])/g, (_, character) => meant[character]);
}

const withoutTexts = (statement) => statement.replace(/'(?:[^'\\]|\\.|'')*'/g, '#');
const formOf = (statement) => withoutTexts(statement).replace(/\b\d+\b/g, '#');

const isRead = (statement) => /^\s*\(*(SELECT|WITH)\b/i.test(statement);
/** Or it changes what it finds: a plain INSERT finds nothing. */
const looksForRows = (statement) => isRead(statement) || /^\s*(UPDATE|DELETE)\b/i.test(statement) ||
	/^\s*(INSERT|REPLACE)\b.*\bSELECT\b/is.test(withoutTexts(statement));

/** The statements that all programs together ran while `action` did, of each form a few: those that
 * read, or with `changes` all that look for rows. */
export async function statementsOf(action, { changes = false } = {}) {
	// The connections are made anew: what was prepared before is logged without its values.
	await sql(`SET GLOBAL log_output = 'TABLE', GLOBAL general_log = OFF; TRUNCATE mysql.general_log;
		SET GLOBAL general_log = ON; KILL CONNECTION USER hichat`);
	try {
		await action();
	} finally {
		await sql('SET GLOBAL general_log = OFF');
	}
	const rows = await sql(`SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log
		WHERE command_type IN ('Execute', 'Query') AND user_host LIKE 'hichat[%'`);
	const forms = new Map();
	// What was sent in one go and named (EXECUTE …) is logged once more, each statement by itself.
	for (const statement of rows.flatMap(([argument]) => unescaped(argument).split(';\n'))) {
		if (!(changes ? looksForRows(statement) : isRead(statement))) continue;
		const form = formOf(statement);
		if (withoutTexts(statement).includes('?')) throw new Error(`not logged whole: ${statement}`);
		if (!forms.has(form)) forms.set(form, new Set());
		if (forms.get(form).size < PER_FORM) forms.get(form).add(statement);
	}
	return [...forms.values()].flatMap((set) => [...set]);
}

/** Every object of a plan that has this member. */
function* having(plan, member) {
	if (plan === null || typeof plan !== 'object') return;
	if (!Array.isArray(plan) && member in plan) yield plan[member];
	for (const child of Object.values(plan)) yield* having(child, member);
}

/** What was read of real tables: neither of lists that were passed in nor of results in between. */
function tablesOf(plan) {
	return [...having(plan, 'table')].filter((table) => table.table_name !== undefined &&
		table.table_function === undefined && !table.table_name.startsWith('<'));
}

/** Rows that a step handed on: of the last table in it, as often as that was looked at. */
function handedOn(step) {
	const last = [...having(step, 'table')].at(-1);
	return last === undefined ? 0 : (last.r_loops ?? 0) * (last.r_rows ?? 0) * (last.r_filtered ?? 100) / 100;
}

function scansOf(tables) {
	return tables.flatMap(({ table_name: name, access_type: type }) => {
		if (type === 'ALL') return [`all of ${name} is read`];
		return type === 'index' ? [`a whole index of ${name} is read`] : [];
	});
}

function complaintsOf(plan, returned) {
	const tables = tablesOf(plan);
	const complaints = scansOf(tables);
	for (const sort of having(plan, 'filesort')) {
		const rows = handedOn(sort);
		if (rows > returned + SORT_MAX) complaints.push(`${Math.round(rows)} rows are sorted for ${returned}`);
	}
	const examined = tables.reduce((sum, table) => sum + (table.r_loops ?? 0) * (table.r_rows ?? 0), 0);
	if (examined > EXAMINED_PER_ROW * Math.max(returned, PAGE))
		complaints.push(`${Math.round(examined)} rows are looked at for ${returned}`);
	return { complaints, examined };
}

/** A plan as the server prints it; it does not escape what stands in a condition. */
function planOf(json) {
	return JSON.parse(unescaped(json).replace(/^(\s*"\w*condition": ").*(",?)$/gm, '$1$2'));
}

/** Runs reads under ANALYZE: [{statement, returned, examined, complaints, plan}].
 * @param {string[]} statements */
export async function judge(statements) {
	const mark = "SELECT '-- next'";
	const script = statements.map((statement) => `${mark}; ANALYZE FORMAT=JSON ${statement}; ${statement};`);
	const rows = await sql(`SET NAMES utf8mb4; ${script.join('\n')}`, { timeout: 120_000 });
	const answers = rows.reduce((all, row) => {
		if (row[0] === '-- next') all.push([]);
		else all.at(-1).push(row);
		return all;
	}, []);
	return answers.map(([[json], ...returned], i) => {
		const plan = planOf(json);
		return { statement: statements[i], returned: returned.length, plan, ...complaintsOf(plan, returned.length) };
	});
}

/** The plans of statements, none of which is run: [{statement, complaints, plan}].
 * @param {string[]} statements */
export async function explain(statements) {
	const script = statements.map((statement) => `EXPLAIN FORMAT=JSON ${statement};`);
	const rows = await sql(`SET NAMES utf8mb4; ${script.join('\n')}`, { timeout: 60_000 });
	return rows.map(([json], i) => {
		const plan = planOf(json);
		return { statement: statements[i], plan, complaints: scansOf(tablesOf(plan)) };
	});
}
