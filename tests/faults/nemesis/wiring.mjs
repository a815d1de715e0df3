// Puts a proxy of ours into every way that can break: clients to web server, web server to wsd,
// programs to MariaDB and to Redis.  The parts keep their addresses towards those who call them and
// listen elsewhere, so that nobody has to know of it.  The instance is changed for good.
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { site } from '../../harness/client.mjs';
import { Proxy } from '../../harness/proxy.mjs';
import { killPart, parts, processes, programs, restarted, startPart, stopPart } from '../../harness/stack.mjs';
import { eventually } from '../../harness/wait.mjs';

const inRun = (name) => path.join(parts.directory, 'run', name);

/** One from `first` on that nobody has; those below 32768 the kernel does not hand out. */
async function freePort(first) {
	for (let port = first; ; port += 1) {
		const server = createServer().listen(port, '127.0.0.1');
		const [outcome] = await Promise.race([
			once(server, 'listening').then(() => ['free']), once(server, 'error').then(() => ['taken']),
		]);
		server.close();
		if (outcome === 'free') return port;
	}
}

function rewrite(file, change) {
	const before = readFileSync(file, 'utf8');
	const after = change(before);
	if (after === before) throw new Error(`${file} is not as it was expected`);
	writeFileSync(file, after);
}

/** The configuration of the web server that runs. */
function webConfiguration() {
	const directory = path.join(parts.directory, 'etc');
	return path.join(directory, readdirSync(directory).find((name) => /^(lighttpd|apache)\.conf$/.test(name)));
}

async function restartPrograms() {
	for (const name of programs) {
		const before = processes(name);
		killPart(name, 'SIGTERM');
		await restarted(name, before);
	}
}

/** @param {{rewriteEvents?: () => (bytes: Buffer) => Buffer}} options what becomes of the bytes of Redis
 * @returns {Promise<{database: Proxy, redis: Proxy, live: Proxy, web: Proxy}>} */
export async function wire({ rewriteEvents } = {}) {
	const configuration = readFileSync(parts.config, 'utf8');
	const live = Number(/^listen = 127\.0\.0\.1:(\d+)$/m.exec(configuration)[1]);
	const web = Number(new URL(site).port);
	const moved = { live: await freePort(20_000 + Math.floor(Math.random() * 12_000)) };
	moved.web = await freePort(moved.live + 1);
	await Promise.all([stopPart('web'), stopPart('wsd')]);
	rewrite(parts.config, (text) => text
		.replace(inRun('mariadb.sock'), inRun('mariadb-by.sock'))
		.replace(inRun('redis.sock'), inRun('redis-by.sock'))
		.replace(`listen = 127.0.0.1:${live}`, `listen = 127.0.0.1:${moved.live}`));
	rewrite(webConfiguration(), (text) => text.replace(new RegExp(`\\b${web}\\b`, 'g'), moved.web));
	const proxies = {
		database: await Proxy.start({ listen: inRun('mariadb-by.sock'), target: inRun('mariadb.sock') }),
		redis: await Proxy.start({ listen: inRun('redis-by.sock'), target: inRun('redis.sock'), rewrite: rewriteEvents }),
		live: await Proxy.start({ listen: live, target: moved.live }),
		web: await Proxy.start({ listen: web, target: moved.web }),
	};
	await restartPrograms();
	await Promise.all([startPart('web'), startPart('wsd')]);
	for (const name of programs)
		await eventually(`${name} answers`, async () => (await fetch(`${site}/api/v1/${name}/health`)).ok);
	return proxies;
}
