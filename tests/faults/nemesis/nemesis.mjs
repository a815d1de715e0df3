// Lets faults happen for a while, each kind and part once before any comes again, in an order and
// with a length that the seed decides; two at a time where they do not hit the same part.
import { setTimeout as pause } from 'node:timers/promises';

const overlaps = (one, other) => one.part.includes(other.part) || other.part.includes(one.part);

export class Nemesis {
	/** How often each kind has happened, by "kind, part". */
	happened = new Map();
	log = []; // what happened when, for the report of a failure
	#under = new Set();
	#deck = [];

	constructor(faults, random) {
		Object.assign(this, { faults, random });
	}

	/** Goes on until each has happened once.
	 * @param {{seconds: number, hands: number}} options hands: how many at a time */
	async rage({ seconds, hands }) {
		const begin = (this.begin = performance.now());
		const whole = new Set(this.faults);
		const more = () => performance.now() - begin < seconds * 1000 || whole.size > 0;
		await Promise.all(Array.from({ length: hands }, async () => {
			while (more()) {
				await this.#strike(whole);
				await pause(this.random.between(50, 700));
			}
		}));
	}

	/** The next that hits no part which another has under it. */
	#next() {
		if (this.#deck.length === 0) this.#deck = this.random.shuffled(this.faults);
		const i = this.#deck.findIndex((fault) => [...this.#under].every((other) => !overlaps(fault, other)));
		return i < 0 ? undefined : this.#deck.splice(i, 1)[0];
	}

	async #strike(whole) {
		const fault = this.#next();
		if (fault === undefined) return;
		const name = `${fault.kind}, ${fault.part}`;
		this.#under.add(fault);
		this.log.push(`${((performance.now() - this.begin) / 1000).toFixed(1)} s: ${name}`);
		try {
			await fault.happen(this.random);
		} finally {
			this.#under.delete(fault);
		}
		whole.delete(fault);
		this.happened.set(name, (this.happened.get(name) ?? 0) + 1);
	}

	/** [kind, times], over all parts. */
	kinds() {
		const kinds = new Map();
		for (const [name, times] of this.happened) {
			const [kind] = /^.*(?=, )/.exec(name);
			kinds.set(kind, (kinds.get(kind) ?? 0) + times);
		}
		return [...kinds];
	}
}
