// The parts of the instance under test (HICHAT_DATA, HICHAT_BUILD), as `./dev` laid them out:
// what they are called, which processes they are now, how to kill them.
//
//   const before = processes('chat');
//   killPart('chat');                 // kill -9 of the program, not of its supervisor
//   await restarted('chat', before);
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './wait.mjs';

const root = path.resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const directory = path.resolve(root, process.env.HICHAT_DATA ?? 'var');
const build = path.resolve(root, process.env.HICHAT_BUILD ?? 'build/run');

export const programs = ['account', 'social', 'chat', 'moments', 'media'];

export const parts = {
	root,
	directory,
	build,
	config: path.join(directory, 'etc/hichat.conf'),
	log: (name) => path.join(directory, 'log', `${name}.log`),
};

/** The path of a program's binary. */
export function program(name) {
	if (name === 'wsd' || name === 'hichatctl') return path.join(build, name, name);
	return path.join(build, 'cgi', name, `${name}.fcgi`);
}

/** The pids of a part now: mariadb, redis, web, wsd, or one of the programs. */
export function processes(part) {
	const supervised = pidIn(path.join(directory, 'service', part, 'supervise/pid'));
	if (supervised === undefined) return [];
	return programs.includes(part) ? children(supervised) : [supervised];
}

/** Sends `signal` to every process of a part. */
export function killPart(part, signal = 'SIGKILL') {
	const pids = processes(part);
	if (pids.length === 0) throw new Error(`${part} is not running`);
	for (const pid of pids) process.kill(pid, signal);
	return pids;
}

/** Waits until the supervisor has put new processes in the place of `before`. */
export function restarted(part, before, options) {
	return eventually(`${part} is running again`, () => {
		const now = processes(part);
		return now.length >= before.length && now.every((pid) => !before.includes(pid)) && now;
	}, options);
}

/** Takes a part down, and keeps it down until startPart(). */
export function stopPart(part, options) {
	control(part, 'd');
	return eventually(`${part} is down`, () => processes(part).length === 0, options);
}

export function startPart(part, options) {
	control(part, 'u');
	return eventually(`${part} is up`, () => processes(part).length > 0, options);
}

// What sv(8) does, see runsv(8).
function control(part, command) {
	writeFileSync(path.join(directory, 'service', part, 'supervise/control'), command);
}

/** Every route of every program, as the programs themselves print them:
 * [{program, method, pattern: '/friends/:user', access: 'PUBLIC' | 'USER'}] */
export function routes() {
	return programs.flatMap((name) => {
		const table = execFileSync(program(name), ['--routes'], { encoding: 'utf8' });
		return table.trimEnd().split('\n').map((line) => {
			const [method, pattern, access] = line.split(' ');
			return { program: name, method, pattern, access };
		});
	});
}

function pidIn(file) {
	try {
		const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
		return pid > 0 ? pid : undefined;
	} catch {
		return undefined; // not started, or between two lives
	}
}

function children(parent) {
	const isChild = (pid) => {
		try {
			// The name, in parentheses, may hold spaces: count fields from its end.
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			const [state, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return Number(parentPid) === parent && state !== 'Z';
		} catch {
			return false; // gone since the directory was read
		}
	};
	return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter(isChild);
}
