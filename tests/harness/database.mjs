// The instance's own MariaDB, as its administrator: for what no route can bring about (time that
// has passed, a schema of another age), and for looking behind the answers.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parts } from './stack.mjs';

function clientOptions(database) {
	const socket = path.join(parts.directory, 'run/mariadb.sock');
	return ['--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--skip-column-names', database];
}

/** Runs SQL; the rows as lists of texts. */
export function sql(statements, { database = 'hichat', timeout = 20_000 } = {}) {
	return new Promise((resolve, reject) => {
		const child = execFile('mariadb', clientOptions(database), { timeout, maxBuffer: 1 << 28 }, (error, out, err) => {
			if (error) reject(new Error(`${statements.slice(0, 500)}: ${err || error.message}`));
			else resolve(out.split('\n').slice(0, -1).map((line) => line.split('\t')));
		});
		child.stdin.end(statements);
	});
}

/** Holds the locks that these statements take, until the function that it resolves to is called, or
 * the test `t` ends. */
export async function hold(t, statements) {
	const child = spawn('mariadb', [...clientOptions('hichat'), '--unbuffered'], { stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = once(child, 'exit');
	const release = async () => {
		child.stdin.end();
		await ended;
	};
	t.after(release);
	child.stdin.write(`START TRANSACTION; ${statements}; SELECT 'held';\n`);
	let said = '';
	for await (const piece of child.stdout) {
		said += piece;
		if (said.includes('held')) break;
	}
	return release;
}

/** How many transactions wait for a lock just now. */
export async function waiting() {
	const [[count]] = await sql("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'");
	return Number(count);
}

let scratches = 0;

/** An empty database of its own, which the programs' user may use; ends with the test `t`. */
export async function scratchDatabase(t) {
	const name = `hichat_scratch_${process.pid}_${++scratches}`;
	await sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; GRANT ALL ON ${name}.* TO hichat@localhost`);
	t.after(() => sql(`DROP DATABASE ${name}`));
	return name;
}
