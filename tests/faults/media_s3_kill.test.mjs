// The same with a bucket for a store: program, collector and bucket go away in the middle of everything.
import { after, test } from 'node:test';
import { startSite } from '../harness/own_site.mjs';
import { startBucket } from '../harness/s3.mjs';
import { eventually } from '../harness/wait.mjs';

let bucket = await startBucket();
const site = await startSite(['account', 'media'], { ...bucket.env, HICHAT_S3_CONNECT_TIMEOUT: '1' });
process.env.HICHAT_URL = site.url;
const { register } = await import('../harness/client.mjs');
const { survives } = await import('../harness/media_load.mjs');

after(async () => {
	await site.stop();
	await bucket.stop();
});

async function killMedia() {
	const before = site.pids('media');
	for (const pid of before) process.kill(pid, 'SIGKILL');
	await eventually('media is there again', () => {
		const now = site.pids('media');
		return now.length > 0 && now.every((pid) => !before.includes(pid));
	});
}

let round = 0;

async function breakSomething() {
	if (round++ % 2 === 0) return killMedia();
	const { port, objects } = bucket;
	await bucket.stop();
	await killMedia();
	bucket = await startBucket({ port, objects });
}

test('media and its collector survive being killed, and a bucket that goes away', { timeout: 240_000 }, async () => {
	const people = await Promise.all([register(), register(), register()]);
	await survives({ people, rounds: 4, env: site.env, breakIt: breakSomething, sql: site.sql, hichatctl: site.hichatctl });
});
