// Programs with a configuration and a database of their own behind a web server of their own, on the
// MariaDB and Redis of the instance under test.
//
//   const site = await startSite(['account', 'media'], bucket.env);
//   process.env.HICHAT_URL = site.url;      // before client.mjs is imported: its people live there
//   const { register } = await import('../harness/client.mjs');
//   await site.stop();
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from './database.mjs';
import { hichatctl } from './hichatctl.mjs';
import { parts, program } from './stack.mjs';
import { eventually } from './wait.mjs';

async function freePort() {
	const probe = createServer();
	await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

async function makeDatabase(name, env) {
	await sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; GRANT ALL ON ${name}.* TO hichat@localhost`);
	const run = await hichatctl(['migrate', '--dir', path.join(parts.root, 'sql/migrations')], { env, timeout: 120_000 });
	if (run.status !== 0) throw new Error(run.err);
}

function configure(directory, port, names, env) {
	const variables = Object.entries(env).map(([name, value]) => `"${name}" => "${value}"`).join(', ');
	const servers = names.map((name) => `"/api/v1/${name}/" => (( "socket" => "${directory}/${name}", "check-local" => "disable",
		"bin-path" => "${program(name)}", "max-procs" => 1, "bin-environment" => ( ${variables} ) ))`);
	const file = path.join(directory, 'lighttpd.conf');
	writeFileSync(file, `
		server.bind = "127.0.0.1"
		server.port = ${port}
		server.document-root = "${directory}"
		server.modules = ( "mod_fastcgi" )
		fastcgi.server = ( ${servers.join(', ')} )`);
	return file;
}

/** Processes of a program that belong to the site in this directory. */
function pidsOf(name, directory) {
	const isOne = (pid) => {
		try {
			return readlinkSync(`/proc/${pid}/exe`) === program(name)
				&& readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`HICHAT_MEDIA_PATH=${directory}/media\0`);
		} catch {
			return false; // gone since the directory was read
		}
	};
	return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && isOne(entry)).map(Number);
}

export async function startSite(names, settings = {}) {
	const directory = mkdtempSync(path.join(tmpdir(), 'hichat-site-'));
	const database = `hichat_site_${process.pid}`;
	const port = await freePort();
	const env = {
		HICHAT_CONFIG: parts.config, HICHAT_DATABASE_NAME: database, HICHAT_REDIS_PREFIX: database, HICHAT_MEDIA_PATH: `${directory}/media`,
		HICHAT_LOG_DESTINATION: `${directory}/log`, HICHAT_LIMITS_UPLOADS: '0', ...settings,
		...Object.fromEntries(['ASAN_OPTIONS', 'UBSAN_OPTIONS'].filter((name) => name in process.env).map((name) => [name, process.env[name]])),
	};
	mkdirSync(`${directory}/media`);
	await makeDatabase(database, env);
	const server = spawn('lighttpd', ['-D', '-f', configure(directory, port, names, env)], { stdio: 'ignore' });
	const url = `http://127.0.0.1:${port}`;
	for (const name of names)
		await eventually(`${name} is there`, () => fetch(`${url}/api/v1/${name}/health`).then((answer) => answer.ok, () => false));
	return {
		url,
		env,
		store: `${directory}/media`,
		hichatctl: (words) => hichatctl(words, { env }),
		sql: (text) => sql(text, { database }),
		log: () => readFileSync(`${directory}/log`, 'utf8'),
		pids: (name) => pidsOf(name, directory),
		async stop() {
			const ended = new Promise((resolve) => server.once('exit', resolve));
			server.kill();
			await ended;
			await eventually('its programs have ended', () => names.every((name) => pidsOf(name, directory).length === 0));
			await sql(`DROP DATABASE ${database}`);
			rmSync(directory, { recursive: true, force: true });
		},
	};
}
