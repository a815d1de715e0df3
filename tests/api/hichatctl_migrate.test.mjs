// hichatctl migrate: once, in order, by one at a time, and what it says when it cannot.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { scratchDatabase, sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { parts } from '../harness/stack.mjs';

const shipped = path.join(parts.root, 'sql/migrations');
const files = readdirSync(shipped).filter((name) => name.endsWith('.sql'));

/** An empty database and a directory of migrations, for this test alone. */
async function bench(t, migrations) {
	const database = await scratchDatabase(t);
	const directory = mkdtempSync(path.join(tmpdir(), 'hichat-migrations-'));
	t.after(() => rmSync(directory, { recursive: true }));
	for (const [name, text] of Object.entries(migrations)) writeFileSync(path.join(directory, name), text);
	return {
		directory,
		write: (name, text) => writeFileSync(path.join(directory, name), text),
		remove: (name) => rmSync(path.join(directory, name)),
		migrate: (...more) => hichatctl(['migrate', '--dir', directory, ...more], { env: { HICHAT_DATABASE_NAME: database } }),
		sql: (text) => sql(text, { database }),
	};
}

const two = {
	'0001_people.sql': '-- who\nCREATE TABLE person (id INT PRIMARY KEY, name TEXT);\nINSERT INTO person VALUES (1, \'a;b\');\n',
	'0002_things.sql': 'CREATE TABLE thing (id INT PRIMARY KEY);',
};

test('an empty database gets the whole schema, and nothing when it is run again', async (t) => {
	const b = await bench(t, {});
	cpSync(shipped, b.directory, { recursive: true });
	const first = await b.migrate();
	assert.equal(first.status, 0, first.err);
	assert.equal(first.out.match(/^applied /gm).length, files.length);
	const rows = await b.sql('SELECT version, name FROM schema_migration ORDER BY version');
	assert.deepEqual(rows, files.map((name, i) => [String(i + 1), name]));
	const tables = (await b.sql('SHOW TABLES')).flat();
	for (const table of ['user', 'session', 'friendship', 'conversation', 'member', 'message']) assert.ok(tables.includes(table), table);
	const second = await b.migrate();
	assert.equal(second.status, 0);
	assert.match(second.out, /^up to date, at /);
});

test('the instance under test is up to date', async () => {
	const run = await hichatctl(['migrate', '--dry-run', '--dir', shipped]);
	assert.deepEqual([run.status, run.out], [0, `up to date, at ${files.at(-1)}\n`], run.err);
});

test('a new migration is applied alone; a dry run only says so', async (t) => {
	const b = await bench(t, { '0001_people.sql': two['0001_people.sql'] });
	assert.match((await b.migrate('--dry-run')).out, /^would apply 0001_people.sql \(2 statements\)$/m);
	assert.deepEqual(await b.sql('SHOW TABLES'), []);
	assert.equal((await b.migrate()).status, 0);
	b.write('0002_things.sql', two['0002_things.sql']);
	assert.equal((await b.migrate()).out, 'applied 0002_things.sql (1 statements)\n');
	assert.deepEqual(await b.sql('SELECT name FROM person'), [['a;b']]);
});

test('eight at once apply each migration once', async (t) => {
	const b = await bench(t, two);
	const runs = await Promise.all(Array.from({ length: 8 }, () => b.migrate()));
	for (const run of runs) assert.equal(run.status, 0, run.err);
	assert.equal(runs.map((run) => run.out).join('').match(/^applied /gm).length, 2);
});

test('an applied migration that was changed, renumbered or lost is refused', async (t) => {
	const b = await bench(t, two);
	assert.equal((await b.migrate()).status, 0);
	b.write('0001_people.sql', `${two['0001_people.sql']}\n`);
	const changed = await b.migrate();
	assert.equal(changed.status, 1);
	assert.match(changed.err, /0001_people\.sql is not the file that was applied .*: restore the file/);
	b.write('0001_people.sql', two['0001_people.sql']);
	b.remove('0002_things.sql');
	const lost = await b.migrate();
	assert.equal(lost.status, 1);
	assert.match(lost.err, /the database has 0002_things\.sql, which is not among the files/);
});

test('numbers without order are refused before anything runs', async (t) => {
	for (const names of [['0001_a.sql', '0003_b.sql'], ['0001_a.sql', '0001_b.sql'], ['0002_a.sql'], ['1_a.sql'], ['0001.sql']]) {
		const b = await bench(t, Object.fromEntries(names.map((name) => [name, 'CREATE TABLE x (id INT)'])));
		const run = await b.migrate();
		assert.equal(run.status, 1, String(names));
		assert.match(run.err, /out of sequence: expected is 000\d_<what>\.sql/);
		assert.deepEqual(await b.sql('SHOW TABLES'), []);
	}
	const none = await bench(t, {});
	assert.match((await none.migrate()).err, /no migrations in .*Name the right directory with --dir/);
	const nowhere = await hichatctl(['migrate', '--dir', '/nonexistent']);
	assert.deepEqual([nowhere.status, /No such file/.test(nowhere.err)], [1, true]);
});

test('what failed half-way is told exactly, mended and continued', async (t) => {
	const text = 'CREATE TABLE a (id INT);\n\n-- b\nCREATE TABLE b (id INTEGER,\n  wrong);\nCREATE TABLE c (id INT);\n';
	const b = await bench(t, { '0001_abc.sql': text });
	for (let i = 0; i < 2; i++) {
		const run = await b.migrate();
		assert.equal(run.status, 1);
		assert.match(run.err, /0001_abc\.sql failed at statement 2 of 3, line 4:\n {2}CREATE TABLE b \(id INTEGER, …\n/);
		assert.match(run.err, /You have an error in your SQL syntax/);
		assert.match(run.err, /^1 statement is done, recorded, and will not run again\.$/m);
		assert.match(run.err, /run `hichatctl migrate` again; it goes on with statement 2\./);
	}
	assert.deepEqual(await b.sql('SELECT version, statements FROM schema_unfinished'), [['1', '1']]);
	assert.deepEqual(await b.sql('SELECT * FROM schema_migration'), []);

	b.write('0001_abc.sql', text.replace('TABLE a (id', 'TABLE a (no'));
	const changed = await b.migrate();
	assert.equal(changed.status, 1);
	assert.match(changed.err, /the first 1 statements of 0001_abc\.sql have run and are not what the file says now/);

	b.write('0001_abc.sql', text.replace('wrong', 'good INT'));
	const mended = await b.migrate();
	assert.equal(mended.status, 0, mended.err);
	assert.match(mended.out, /^0001_abc\.sql was cut after statement 1, going on$/m);
	assert.deepEqual((await b.sql('SHOW TABLES')).flat(), ['a', 'b', 'c', 'schema_migration', 'schema_unfinished']);
	assert.deepEqual(await b.sql('SELECT * FROM schema_unfinished'), []);
	assert.match((await b.migrate()).out, /^up to date/);
});

test('a statement that took effect although it failed is skipped on the administrator\'s word', async (t) => {
	const b = await bench(t, two);
	await b.sql('CREATE TABLE person (id INT PRIMARY KEY, name TEXT)');
	const run = await b.migrate();
	assert.equal(run.status, 1);
	assert.match(run.err, /failed at statement 1 of 2, line 2:/);
	const word = /^ {2}(REPLACE INTO schema_unfinished .*);$/m.exec(run.err)[1];
	await b.sql(word);
	const again = await b.migrate();
	assert.equal(again.status, 0, again.err);
	assert.deepEqual(await b.sql('SELECT id FROM person'), [['1']]);
});

test('a database that cannot be reached is named as the reason', async () => {
	const run = await hichatctl(['migrate', '--dir', shipped], { env: { HICHAT_DATABASE_SOCKET: '/nonexistent/socket' } });
	assert.equal(run.status, 1);
	assert.match(run.err, /The database cannot be reached.*\(2002\)/);
});

test('arguments that mean nothing are refused', async () => {
	for (const words of [['migrate', '--what'], ['migrate', 'now'], [], ['migrat'], ['user'], ['--what']]) {
		const run = await hichatctl(words);
		assert.equal(run.status, 2, String(words));
		assert.match(run.err, /hichatctl/);
	}
	const help = await hichatctl(['--help']);
	assert.equal(help.status, 0);
	for (const command of ['migrate', 'user add', 'user list', 'user reset-password', 'user suspend', 'check'])
		assert.ok(help.out.includes(`  ${command} `), command);
	assert.match((await hichatctl(['--version'])).out, /^hichatctl \d/);
});
