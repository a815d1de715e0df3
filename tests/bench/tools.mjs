// What the benchmarks share: their options, their tools, and requests by the thousand.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { site } from '../harness/client.mjs';
import { killPart, parts, processes, restarted } from '../harness/stack.mjs';

const run = promisify(execFile);
const directory = path.join(parts.build, 'tests/bench');
const environment = { ...process.env, HICHAT_CONFIG: parts.config };

export const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		seconds: { type: 'string', default: '5' },
		rounds: { type: 'string', default: '3' },
		connections: { type: 'string', default: '10000' },
		soak: { type: 'string', default: '600' },
	},
});

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
export const ms = (us) => `${(us / 1000).toFixed(2)} ms`;

const lastLine = (text) => JSON.parse(text.trimEnd().split('\n').at(-1));

/** What a tool of this directory prints: one line of JSON. */
export async function tool(name, words) {
	const { stdout } = await run(path.join(directory, name), words.map(String), { env: environment });
	return lastLine(stdout);
}

/** … that says "ready" first; what it prints at the end is to be awaited as `result`. */
export async function startTool(name, words) {
	const child = spawn(path.join(directory, name), words.map(String), {
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let said = '';
	let complained = '';
	child.stdout.setEncoding('utf8').on('data', (piece) => (said += piece));
	child.stderr.setEncoding('utf8').on('data', (piece) => (complained += piece));
	const result = once(child, 'close').then(([code]) => {
		if (code !== 0) throw new Error(`${name} ended with ${code}: ${complained}`);
		return lastLine(said);
	});
	await Promise.race([once(child.stdout, 'data'), result]);
	return { result };
}

/** Starts a part again with a setting of hichat.conf changed. */
export async function restartWith(part, section, key, value) {
	const earlier = new RegExp(`\\n\\[${section}\\]\\n${key} = .*\\n`);
	const rest = readFileSync(parts.config, 'utf8').replace(earlier, '\n');
	writeFileSync(parts.config, `${rest.trimEnd()}\n\n[${section}]\n${key} = ${value}\n`);
	const before = processes(part);
	killPart(part, 'SIGTERM');
	await restarted(part, before);
}

let runs = 0;

/** Requests of `kind` over `clients` connections at a time, each to the next of `senders`, a file.
 * @returns {Promise<{per_second: number, p50_us: number, p99_us: number}>} */
export async function load(clients, kind, senders) {
	const { stdout } = await run('wrk', [
		'-t1', `-c${clients}`, `-d${options.seconds}s`, '--timeout', '10s',
		'-s', path.join(parts.root, 'tests/bench/send.lua'), site,
	], {
		env: {
			...environment,
			HICHAT_BENCH_SENDERS: senders,
			HICHAT_BENCH_KIND: kind,
			HICHAT_BENCH_RUN: `${process.pid}-${(runs += 1)}`,
		},
	});
	const result = lastLine(stdout);
	if (result.unexpected > 0 || result.cut > 0) throw new Error(`wrk: ${stdout}`);
	return result;
}
