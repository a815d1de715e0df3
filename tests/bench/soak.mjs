// Whether wsd's memory grows: thousands of connections that come and go for minutes.
import { readFileSync } from 'node:fs';
import { parts, processes } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';
import { options, restartWith, tool } from './tools.mjs';

const CONNECTIONS = 2000;
const LINGER = 10; // s: sessions that nobody resumes are gone after that
const WARMING = 3 * LINGER;

/** Listens, and has its Redis. */
function ready() {
	const [, metrics] = /^metrics_listen = (.*)$/m.exec(readFileSync(parts.config, 'utf8'));
	return eventually('wsd is ready', async () => (await fetch(`http://${metrics}/health`)).ok);
}

export async function benchSoak() {
	await restartWith('wsd', 'live', 'linger', LINGER);
	await ready();
	const [pid] = processes('wsd');
	const result = await tool('live_soak', [pid, CONNECTIONS, options.soak, WARMING]);
	const { empty_kib: empty, start_kib: start, end_kib: end, replaced, events } = result;
	const mib = (kib) => `${(kib / 1024).toFixed(1)} MiB`;
	console.log(`\nwsd with ${CONNECTIONS} connections for ${options.soak} s: ${replaced} replaced, ${events} events`);
	console.log(`  memory: ${mib(start)} after ${WARMING} s of the same, ${mib(end)} at the end: ${(end / start).toFixed(3)} × ` +
		`(without a connection ${mib(empty)})`);
	if (end > start * 1.1) throw new Error('the memory of wsd grows');
}
