// Waiting for conditions: no test sleeps for a guess.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `check` until it returns something truthy, and returns that.  An exception counts as
 * "not yet"; the last one is told when the time is over.
 * @param {string} what the condition, for the failure's message
 * @param {() => any} check
 * @param {{within?: number}} options milliseconds, 10 s
 */
export async function eventually(what, check, { within = 10_000 } = {}) {
	const deadline = performance.now() + within;
	let interval = 5;
	let cause;
	for (;;) {
		try {
			const result = await check();
			if (result) return result;
			cause = undefined;
		} catch (error) {
			cause = error;
		}
		if (performance.now() > deadline)
			throw new Error(`not within ${within} ms: ${what}`, { cause });
		await pause(interval);
		interval = Math.min(interval * 1.5, 100);
	}
}

/** The promise's value, or an error that says what did not happen in time. */
export async function soon(what, promise, { within = 10_000 } = {}) {
	const late = new AbortController();
	try {
		return await Promise.race([
			promise,
			pause(within, undefined, { signal: late.signal }).then(() => {
				throw new Error(`not within ${within} ms: ${what}`);
			}),
		]);
	} finally {
		late.abort();
	}
}
