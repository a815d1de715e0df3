// Chance that can be repeated: the same seed brings the same choices.
//
//   const random = chance(20261128);
//   random.of(['ann', 'bob']);

/** mulberry32: the same numbers for the same seed. */
export function chance(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (n) => Math.floor(next() * n);
	const shuffled = (list) => {
		const rest = [...list];
		return list.map(() => rest.splice(below(rest.length), 1)[0]);
	};
	return {
		below,
		between: (least, most) => least + below(most - least + 1),
		of: (list) => list[below(list.length)],
		happens: (probability) => next() < probability,
		shuffled,
	};
}
