// Redis over its socket, as far as tests need it: commands and their answers, in order.
//
//   const redis = await Redis.connect('/tmp/x/redis.sock');
//   await redis.call('SET', 'key', 'value');      // 'OK'
//   redis.close();
import { once } from 'node:events';
import { connect } from 'node:net';

export class Redis {
	#socket;
	#bytes = Buffer.alloc(0);
	#waiting = [];

	static async connect(path) {
		const socket = connect(path);
		await once(socket, 'connect');
		return new Redis(socket);
	}

	constructor(socket) {
		this.#socket = socket;
		socket.on('data', (bytes) => this.#arrived(bytes));
		socket.on('error', () => {});
		socket.on('close', () => {
			for (const { reject } of this.#waiting.splice(0)) reject(new Error('Redis is gone'));
		});
	}

	/** Strings, numbers, null and lists of them; an error answer throws. */
	call(...words) {
		const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
		this.#socket.write(`*${words.length}\r\n${parts.join('')}`);
		return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
	}

	close() {
		this.#socket.destroy();
	}

	#arrived(bytes) {
		this.#bytes = Buffer.concat([this.#bytes, bytes]);
		for (;;) {
			const answer = parse(this.#bytes, 0);
			if (answer === undefined) return;
			this.#bytes = this.#bytes.subarray(answer.end);
			const { resolve, reject } = this.#waiting.shift();
			if (answer.value instanceof Error) reject(answer.value);
			else resolve(answer.value);
		}
	}
}

/** One answer at `start`, or undefined when it is not all there: {value, end}. */
export function parse(bytes, start) {
	const line = bytes.indexOf('\r\n', start);
	if (line < 0) return undefined;
	const text = bytes.toString('utf8', start + 1, line);
	const end = line + 2;
	switch (String.fromCharCode(bytes[start])) {
		case '+': return { value: text, end };
		case '-': return { value: new Error(text), end };
		case ':': return { value: Number(text), end };
		case '$': return bulk(bytes, Number(text), end);
		default: return list(bytes, Number(text), end);
	}
}

function bulk(bytes, length, start) {
	if (length < 0) return { value: null, end: start };
	if (bytes.length < start + length + 2) return undefined;
	return { value: bytes.toString('utf8', start, start + length), end: start + length + 2 };
}

function list(bytes, count, start) {
	const value = [];
	let end = start;
	while (value.length < count) {
		const item = parse(bytes, end);
		if (item === undefined) return undefined;
		value.push(item.value);
		end = item.end;
	}
	return { value, end };
}
