// The instance's own MariaDB, as its administrator: for what no route can bring about (time that
// has passed, a schema of another age), and for looking behind the answers.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { parts } from './stack.mjs';

/** Runs SQL; the rows as lists of texts. */
export function sql(statements, { database = 'hichat', timeout = 20_000 } = {}) {
	const socket = path.join(parts.directory, 'run/mariadb.sock');
	const options = ['--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--skip-column-names'];
	return new Promise((resolve, reject) => {
		const child = execFile('mariadb', [...options, database], { timeout, maxBuffer: 1 << 28 }, (error, out, err) => {
			if (error) reject(new Error(`${statements.slice(0, 500)}: ${err || error.message}`));
			else resolve(out.split('\n').slice(0, -1).map((line) => line.split('\t')));
		});
		child.stdin.end(statements);
	});
}

let scratches = 0;

/** An empty database of its own, which the programs' user may use; ends with the test `t`. */
export async function scratchDatabase(t) {
	const name = `hichat_scratch_${process.pid}_${++scratches}`;
	await sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; GRANT ALL ON ${name}.* TO hichat@localhost`);
	t.after(() => sql(`DROP DATABASE ${name}`));
	return name;
}
