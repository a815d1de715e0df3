// Pictures to send, and sending past the web UI what somebody looks at in it.
import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expectStatus } from '../harness/client.mjs';
import { uploadOk } from '../harness/media.mjs';
import { pngChunk } from '../harness/media_files.mjs';

function be32(number) {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(number);
	return bytes;
}

/** A PNG of hills before a sky, of another colour for each number. */
export function painting(width, height, number = 0) {
	const header = Buffer.concat([be32(width), be32(height), Buffer.from([8, 2, 0, 0, 0])]);
	const pixels = Buffer.alloc((3 * width + 1) * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const hill = y > height * (0.62 + 0.12 * Math.sin(number + 7 * x / width));
			const [down, turn] = [y / height, (number * 47) % 90];
			const colour = hill ? [50 + turn, 110 - turn / 3, 90 - 60 * down] : [120 + 120 * down, 160 + turn * down, 220 - turn];
			pixels.set(colour.map(Math.round), y * (3 * width + 1) + 1 + 3 * x);
		}
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(pixels)), pngChunk('IEND')]);
}

/** A message that carries this. */
export async function carry(person, conversation, kind, bytes, options = {}) {
	const { id } = await uploadOk(person, kind, bytes, options);
	const answer = await person.post(`/chat/conversations/${conversation}/messages`,
		{ client_key: randomUUID(), kind, body: { media_id: id } });
	expectStatus(answer, 201);
	return answer.body.message;
}

export const picture = (number, name = `hills-${number}.png`) =>
	({ name, mimeType: 'image/png', buffer: painting(300, 200, number) });

/** Chooses files in the web UI and sends them. */
export async function attach(page, way, files) {
	await page.locator(`input[data-way="${way}"]`).setInputFiles(files);
	await page.getByRole('button', { name: /^Send \d+ items?$/ }).click();
}

/** The message at its place in the list. */
export const tile = (page, seq) => page.locator(`[data-of="${seq}"]`);

export const LOADED = '.frame[data-loaded="true"] .frame__image';
