// A person's session on one device, who asks again until there is an answer: what goes wrong on the
// way is repeated, the access token is renewed now and then.  What the programs refuse, and any answer
// that is not described, is a failure.
import { setTimeout as pause } from 'node:timers/promises';
import { api, Person } from '../../harness/client.mjs';

const PATIENCE = 12_000; // ms, of one attempt
const RENEW_AFTER = 15_000; // ms

/** Broken off by whatever is in between, or by our patience; not an answer. */
function isBroken(error) {
	if (error.name === 'TimeoutError') return true;
	return error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message);
}

async function attempt(method, path, options) {
	try {
		return await api(method, path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
	} catch (error) {
		if (isBroken(error)) return undefined;
		throw error;
	}
}

/** The web server's own words, or a program's that it cannot at present: worth another attempt. */
function isPassing({ status, body }) {
	return body === null ? status >= 400 : status === 503;
}

export class Phone extends Person {
	#renewing;
	#renewed = performance.now();
	#refusals = [];

	/** @param {Person} person logged in
	 * @param {{retries: number, renewed: number, logins: number, over: boolean}} tally shared */
	static of(person, tally) {
		const { user, password, token, refreshToken } = person;
		const phone = new Phone({ user, password, access_token: token, refresh_token: refreshToken });
		phone.tally = tally;
		return phone;
	}

	/** The same phone, to which these codes are answers. */
	taking(...refusals) {
		const other = Phone.of(this, this.tally);
		other.#refusals = refusals;
		other.owner = this;
		return other;
	}

	async request(method, path, body, { headers } = {}) {
		const owner = this.owner ?? this;
		while (!this.tally.over) {
			if (performance.now() - owner.#renewed > RENEW_AFTER) await owner.#renew();
			const answer = await attempt(method, path, { token: owner.token, body, headers });
			if (answer?.status === 401) await owner.#renew();
			else if (answer !== undefined && !isPassing(answer)) return this.#taken(method, path, answer);
			this.tally.retries += 1;
			await pause(20 + Math.random() * 150);
		}
		throw new Error(`${method} ${path} was not answered until the end`);
	}

	#taken(method, path, answer) {
		const { status, body, text } = answer;
		if (status < 400 || this.#refusals.includes(body?.code)) return answer;
		throw new Error(`${method} ${path}: ${status} ${text}`);
	}

	#renew() {
		this.#renewing ??= this.#refresh().finally(() => (this.#renewing = undefined));
		return this.#renewing;
	}

	/** A session that ended, for a successor of its token that was lost for too long, is begun anew. */
	async #refresh() {
		const refreshed = await attempt('POST', '/account/sessions/refresh', {
			body: { refresh_token: this.refreshToken },
		});
		if (refreshed?.status === 200) return this.#entered(refreshed.body, 'renewed');
		if (refreshed?.status !== 401) return undefined;
		const body = { login: this.username, password: this.password, device: 'again' };
		const again = await attempt('POST', '/account/sessions', { body });
		return again?.status === 201 ? this.#entered(again.body, 'logins') : undefined;
	}

	#entered({ access_token, refresh_token }, how) {
		this.token = access_token;
		this.refreshToken = refresh_token;
		this.#renewed = performance.now();
		this.tally[how] += 1;
	}
}
