// A file of 100 MB up and down, beside the same bytes copied by cp with an fsync and sent by the web
// server as a static file; what it costs the program in memory, which has a bound; and small pictures.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, closeSync, fsyncSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { expectStatus, register, site } from '../harness/client.mjs';
import { uploadInPieces, uploadOk } from '../harness/media.mjs';
import { pngChunk } from '../harness/media_files.mjs';
import { parts, processes } from '../harness/stack.mjs';
import { median, options } from './tools.mjs';

const SIZE = 100_000_000;
const GROWTH_MAX = 1_048_576; // bytes that such a file may cost the program
const WARM = 24; // requests, so that each worker of each process has had some
const PICTURES = 20;
const compressed = promisify(deflate);

const statusOf = (pid, key) => Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

/** What `act` adds to the memory of the process that it costs most. */
async function growthOf(act) {
	const pids = processes('media');
	const before = pids.map((pid) => statusOf(pid, 'VmRSS'));
	for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5'); // forgets the highest so far
	await act();
	return Math.max(...pids.map((pid, i) => statusOf(pid, 'VmHWM') - before[i]));
}

async function secondsOf(act) {
	const begin = performance.now();
	await act();
	return (performance.now() - begin) / 1000;
}

async function readAll(url, headers = {}) {
	const answer = await fetch(url, { headers });
	let length = 0;
	for await (const piece of answer.body) length += piece.length;
	if (!answer.ok || length !== Number(answer.headers.get('content-length'))) throw new Error(`${url}: ${answer.status}, ${length} bytes`);
}

function copyDurably(from, to) {
	execFileSync('cp', [from, to]);
	const file = openSync(to, 'r');
	fsyncSync(file);
	closeSync(file);
	rmSync(to);
}

/** Where the web server's own files are. */
const webRoot = () => /var\.hichat_www = "(.*)"/.exec(readFileSync(path.join(parts.directory, 'etc/lighttpd.conf'), 'utf8'))[1];

async function round(person, piece, source, copy, name) {
	const bytes = randomBytes(SIZE);
	writeFileSync(source, bytes);
	const floor = { up: await secondsOf(() => copyDurably(source, copy)), down: await secondsOf(() => readAll(`${site}/${name}`)) };
	let answer;
	const result = { floor };
	result.upGrowth = await growthOf(async () => {
		result.up = await secondsOf(async () => { answer = await uploadInPieces(person, 'file', bytes, piece); });
	});
	const url = new URL(site).origin + answer.body.media.url;
	result.downGrowth = await growthOf(async () => {
		result.down = await secondsOf(() => readAll(url));
		await readAll(url, { range: `bytes=${SIZE / 4}-${SIZE / 2 - 1}` });
	});
	expectStatus(await person.delete(`/media/files/${answer.body.media.id}`), 204);
	return result;
}

const WIDTH = 1280;
const HEIGHT = 960;
const rows = Buffer.alloc((WIDTH + 1) * HEIGHT).map((_, at) => at % (WIDTH + 1) === 0 ? 0 : at >> 5 & 255);

/** A real picture that nobody else has. */
async function picture() {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(WIDTH, 0);
	header.writeUInt32BE(HEIGHT, 4);
	header.set([8, 0, 0, 0, 0], 8);
	randomBytes(8).copy(rows, 100);
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header),
		pngChunk('IDAT', await compressed(rows, { level: 1 })), pngChunk('IEND')]);
}

async function picturesRound(person) {
	const files = [];
	while (files.length < 2 * PICTURES) files.push(await picture());
	const all = (purpose, some) => secondsOf(async () => { for (const bytes of some) await uploadOk(person, purpose, bytes); });
	return { bare: await all('file', files.slice(0, PICTURES)), image: await all('image', files.slice(PICTURES)) };
}

export async function benchMedia() {
	const person = await register();
	const { piece_size: piece } = (await person.get('/media/limits')).body;
	const [source, copy, name] = [path.join(parts.directory, 'large'), path.join(parts.directory, 'large-copy'), `bench-${process.pid}.bin`];
	const shown = path.join(webRoot(), name);
	writeFileSync(shown, randomBytes(SIZE));
	await Promise.all(Array.from({ length: WARM }, async () => {
		const { url } = await uploadOk(person, 'file', randomBytes(piece));
		await readAll(new URL(site).origin + url);
	}));
	const [rounds, pictures] = [[], []];
	try {
		for (let i = 0; i < Number(options.rounds); i += 1) {
			rounds.push(await round(person, piece, source, copy, name));
			pictures.push(await picturesRound(person));
		}
	} finally {
		for (const file of [source, copy, shown]) rmSync(file, { force: true });
	}
	const of = (what) => median(rounds.map(what));
	const rate = (seconds) => `${(SIZE / 1e6 / seconds).toFixed(0)} MB/s`;
	const [up, down] = ['upGrowth', 'downGrowth'].map((key) => Math.max(...rounds.map((one) => one[key])));
	console.log(`\nMedia: a file of ${SIZE / 1e6} MB in pieces of ${piece} bytes (medians of the rounds)`);
	console.log(`  upload      ${rate(of((r) => r.up))}, cp and fsync ${rate(of((r) => r.floor.up))}: × ${of((r) => r.up / r.floor.up).toFixed(1)} of its time`);
	console.log(`  download    ${rate(of((r) => r.down))}, a static file ${rate(of((r) => r.floor.down))}: × ${of((r) => r.down / r.floor.down).toFixed(2)} of its time`);
	console.log(`  memory      ${(up / 1024).toFixed(0)} KiB more for the upload, ${(down / 1024).toFixed(0)} KiB for the download, whole and in part (the worst)`);
	const each = (key) => median(pictures.map((one) => one[key])) / PICTURES;
	console.log(`  pictures    ${(1 / each('image')).toFixed(1)} images a second get thumbnail, preview and placeholder: × ${(each('image') / each('bare')).toFixed(1)} of a file's time`);
	if (Math.max(up, down) > GROWTH_MAX) throw new Error(`a file costs ${Math.max(up, down)} bytes of memory, more than ${GROWTH_MAX}`);
}
