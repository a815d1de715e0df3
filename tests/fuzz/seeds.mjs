// Files to begin fuzzing with: node tests/fuzz/seeds.mjs DIRECTORY makes one below it for each
// target that reads media.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { honest, hostile } from '../harness/hostile_media.mjs';

const LARGEST = 20_000;

const signatures = [
	['gif', (bytes) => bytes.subarray(0, 3).equals(Buffer.from('GIF'))],
	['jpeg', (bytes) => bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]))],
	['mp4', (bytes) => bytes.subarray(4, 8).equals(Buffer.from('ftyp'))],
	['ogg', (bytes) => bytes.subarray(0, 4).equals(Buffer.from('OggS'))],
	['png', (bytes) => bytes.subarray(1, 4).equals(Buffer.from('PNG'))],
	['webm', (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x1a, 0x45, 0xdf, 0xa3]))],
	['webp', (bytes) => bytes.subarray(0, 4).equals(Buffer.from('RIFF'))],
];

/** The first byte says what is read, see upload_fuzz.c. */
const texts = [
	[0, 'multipart/form-data; charset=utf-8; boundary="a b"'],
	[1, 'b\0--b\r\nContent-Disposition: form-data; name="x"; filename="a \\"b\\".png"\r\nContent-Type: image/png\r\n\r\nbytes\r\n--b--\r\n'],
	[2, '..\\..\\"a\u202Eb%0d%0a.exe'],
	[3, 'bytes=10-19'], [3, 'bytes=-5'], [3, 'bytes=99-'],
	[4, '?1'], [4, '1048576'],
	[5, '0123456789abcdef'], [5, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj'],
];

function write(target, name, bytes) {
	const directory = path.join(process.argv[2], target);
	mkdirSync(directory, { recursive: true });
	writeFileSync(path.join(directory, name), bytes);
}

for (const [i, { bytes }] of [...honest, ...hostile].entries()) {
	const format = signatures.find(([, is]) => is(bytes))?.[0];
	if (format !== undefined && bytes.length <= LARGEST) write(`${format}_fuzz`, `seed-${i}`, bytes);
}
for (const [i, [kind, text]] of texts.entries())
	write('upload_fuzz', `seed-${i}`, Buffer.concat([Buffer.from([kind]), Buffer.from(text)]));
