// A relay of Redis's subscriptions that swallows some events and tells others twice.
import { parse } from '../../harness/resp.mjs';

const isEvent = (answer) => Array.isArray(answer) && answer[0] === 'message' && /^to /.test(answer[2]);

/** For Proxy's rewrite; works while `switched.on`. */
export function spoiler(switched, random) {
	return () => {
		let rest = Buffer.alloc(0);
		return (bytes) => {
			rest = Buffer.concat([rest, bytes]);
			const passed = [];
			for (let answer; (answer = parse(rest, 0)) !== undefined; rest = rest.subarray(answer.end)) {
				const spoiled = switched.on && isEvent(answer.value) && random.happens(0.2);
				const times = spoiled ? random.of([0, 2]) : 1;
				for (let i = 0; i < times; i += 1) passed.push(rest.subarray(0, answer.end));
			}
			return Buffer.concat(passed);
		};
	};
}
