// The programs and the collector are killed in the middle of everything that they write: nothing
// that was acknowledged is missing, and store and database agree once they run again.
import { test } from 'node:test';
import { register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { survives } from '../harness/media_load.mjs';
import { killPart, parts, processes, restarted } from '../harness/stack.mjs';

async function killMedia() {
	const before = processes('media');
	killPart('media');
	await restarted('media', before);
}

test('media and its collector survive being killed', { timeout: 240_000 }, async () => {
	const people = await Promise.all([register(), register(), register()]);
	await survives({ people, rounds: 6, env: { HICHAT_CONFIG: parts.config }, breakIt: killMedia, sql, hichatctl });
});
