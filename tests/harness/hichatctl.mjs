// The administrator's tool, on the instance under test.
//
//   const { status, out, err } = await hichatctl(['user', 'suspend', ann.username]);
import { execFile } from 'node:child_process';
import { parts, program } from './stack.mjs';

/** Runs it to its end, whatever its exit status is.
 * @param {string[]} words
 * @param {{input?: string, env?: object, timeout?: number}} options */
export function hichatctl(words, { input = '', env = {}, timeout = 30_000 } = {}) {
	const environment = { ...process.env, HICHAT_CONFIG: parts.config, ...env };
	return new Promise((resolve, reject) => {
		const child = execFile(program('hichatctl'), words, { env: environment, timeout }, (error, out, err) => {
			if (error && typeof error.code !== 'number') reject(error);
			else resolve({ status: error ? error.code : 0, out, err });
		});
		child.stdin.on('error', () => {}); // it need not read
		child.stdin.end(input);
	});
}
