// Accounts that are erased.
//
//   await eraseNow(ann);                     // by herself, on a server that gives no time
//   await eraseBy(ann);                      // by the administrator
//   await erased(ann);                       // by whoever goes on with it
import { cgi } from './cgi.mjs';
import { expectStatus } from './client.mjs';
import { sql } from './database.mjs';
import { hichatctl } from './hichatctl.mjs';
import { eventually } from './wait.mjs';

export const WITHOUT_DELAY = { HICHAT_ACCOUNT_ERASE_DAYS: '0' };

export async function eraseNow(person, env = {}) {
	const answer = await cgi('account', 'DELETE', '/me',
		{ token: person.token, body: { password: person.password }, env: { ...WITHOUT_DELAY, ...env } });
	expectStatus(answer, 204);
	await erased(person);
}

export async function eraseBy(person) {
	const run = await hichatctl(['user', 'erase', person.username]);
	if (run.status !== 0) throw new Error(run.err);
}

/** The next step of it; undefined when there is nothing more to do. */
export async function stepOf(person) {
	const [row] = await sql(`SELECT step, again FROM erasing WHERE user_id = ${person.id}`);
	return row && { step: row[0], again: row[1] === '1' };
}

/** Waits until all steps were done once. */
export function erased(person, options = { within: 30_000 }) {
	return eventually(`all of ${person.username} is erased`, async () => {
		const [[gone]] = await sql(`SELECT deleted_at IS NOT NULL FROM user WHERE id = ${person.id}`);
		const step = await stepOf(person);
		return gone === '1' && (step === undefined || step.again);
	}, options);
}
