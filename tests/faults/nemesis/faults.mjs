// What can go wrong: each fault happens, lasts for a while, and is over when its promise resolves.
//
//   const { faults, skipped } = faultsOf(proxies);
//   await faults[0].happen(random);
import { existsSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from '../../harness/resp.mjs';
import { killPart, parts, processes, programs, restarted } from '../../harness/stack.mjs';
import { eventually } from '../../harness/wait.mjs';

const TMPFS = 0x01021994;
const BACK = { within: 60_000 };
const dump = path.join(parts.directory, 'run/dump.rdb');
const databaseDirectory = path.join(parts.directory, 'mariadb');

async function kill(part) {
	const before = processes(part);
	killPart(part);
	await restarted(part, before, BACK);
}

/** It comes back with what it held at some moment, or with nothing. */
async function killRedis(kept) {
	rmSync(dump, { force: true });
	if (kept) {
		const socket = path.join(parts.directory, 'run/redis.sock');
		const redis = await eventually('Redis answers', () => Redis.connect(socket), BACK);
		await redis.call('SAVE');
		redis.close();
	}
	await kill('redis');
}

/** Stands still, and knows nothing of it. */
async function freeze(part, random) {
	const pids = killPart(part, 'SIGSTOP');
	try {
		await pause(random.between(200, random.happens(0.2) ? 5000 : 1500));
	} finally {
		for (const pid of pids) wake(pid);
	}
}

function wake(pid) {
	try {
		process.kill(pid, 'SIGCONT');
	} catch (error) {
		if (error.code !== 'ESRCH') throw error; // what ended meanwhile needs no waking
	}
}

const connections = {
	cut: async (proxy, random) => {
		for (let i = random.between(1, 4); i > 0; i -= 1) {
			proxy.cut();
			await pause(random.between(20, 300));
		}
	},
	'cut within a message': async (proxy, random) => {
		for (let i = random.between(1, 4); i > 0; i -= 1) {
			proxy.cutAfter(random.below(4000));
			await pause(random.between(50, 300));
		}
	},
	refuse: async (proxy, random) => {
		proxy.refuses = true;
		proxy.cut();
		await pause(random.between(200, 2000));
		proxy.refuses = false;
	},
	delay: async (proxy, random) => {
		proxy.delay = random.between(10, 200);
		await pause(random.between(500, 2000));
		proxy.delay = 0;
	},
	hold: async (proxy, random) => {
		proxy.hold();
		await pause(random.between(300, random.happens(0.2) ? 5000 : 1500));
		proxy.go();
	},
};

/** Whether MariaDB's data lies in a file system of its own, that ./dev has made to be filled. */
function diskIsOwn() {
	const deviceOf = (directory) => statSync(directory).dev;
	return statfsSync(databaseDirectory).type === TMPFS && deviceOf(databaseDirectory) !== deviceOf(parts.directory);
}

async function fillDisk(random) {
	const ballast = path.join(databaseDirectory, 'ballast');
	try {
		for (let size = 1 << 20; size >= 4096; ) {
			try {
				await appendFile(ballast, Buffer.alloc(size));
			} catch (error) {
				if (error.code !== 'ENOSPC') throw error;
				size /= 16;
			}
		}
		await pause(random.between(1500, 4000));
	} finally {
		await rm(ballast, { force: true });
	}
}

/** The file that libfaketime reads in a MariaDB that ./dev has started with it. */
const clock = path.join(parts.directory, 'run/clock');

async function moveClock(random) {
	writeFileSync(clock, `${random.of(['-3600', '-90', '-5', '+5', '+90', '+3600'])}\n`);
	await pause(random.between(1500, 3000)); // libfaketime looks every second
	writeFileSync(clock, '+0\n');
}

/** How often a part's log says something. */
export function told(part, words) {
	const log = parts.log(part);
	return existsSync(log) ? readFileSync(log, 'utf8').split(words).length - 1 : 0;
}

const everyPart = [...programs, 'wsd', 'redis', 'mariadb', 'web'];

/** @returns {{faults: {kind: string, part: string, happen: (random) => Promise}[], skipped: string[]}} */
export function faultsOf(proxies) {
	const skipped = [
		"clock moved: MariaDB's alone; Redis does not start with libfaketime, nor does what has AddressSanitizer in it",
	];
	const faults = everyPart.filter((part) => part !== 'redis')
		.map((part) => ({ kind: 'kill -9', part, happen: () => kill(part) }));
	faults.push({ kind: 'kill -9, data lost', part: 'redis', happen: () => killRedis(false) });
	faults.push({ kind: 'kill -9, data kept', part: 'redis', happen: () => killRedis(true) });
	for (const part of everyPart) faults.push({ kind: 'freeze', part, happen: (random) => freeze(part, random) });
	for (const [kind, disturb] of Object.entries(connections))
		for (const [part, proxy] of Object.entries(proxies))
			faults.push({ kind, part: `to ${part}`, happen: (random) => disturb(proxy, random) });
	if (diskIsOwn()) faults.push({ kind: 'disk full', part: 'mariadb', happen: fillDisk });
	else skipped.push('disk full: only root can give MariaDB a file system of its own');
	if (existsSync(clock)) faults.push({ kind: 'clock moved', part: 'mariadb', happen: moveClock });
	else skipped.push('clock moved, mariadb: libfaketime is not there');
	return { faults, skipped };
}

/** All parts are there and answer one another. */
export function calm() {
	return eventually('every part runs', () => everyPart.every((part) => processes(part).length > 0), BACK);
}
