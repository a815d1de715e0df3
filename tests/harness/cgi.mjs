// One request to a program run as plain CGI, beside the running instance and on the same
// database.  For tests that need another configuration than everybody else's:
//
//   const limited = { HICHAT_LIMITS_LOGIN_ACCOUNT: '3' };
//   await cgi('account', 'POST', '/sessions', { body, env: limited });
import { execFile } from 'node:child_process';
import { parts, program } from './stack.mjs';

/** Answers like api().  `path` is below /api/v1/<name>. */
export function cgi(name, method, path, { token, body, headers = {}, env = {}, address = '127.0.0.1' } = {}) {
	const payload = body === undefined ? '' : JSON.stringify(body);
	const uri = `/api/v1/${name}${path}`;
	const environment = {
		PATH: process.env.PATH,
		HICHAT_CONFIG: parts.config,
		...forwarded('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS'),
		GATEWAY_INTERFACE: 'CGI/1.1',
		SERVER_PROTOCOL: 'HTTP/1.1',
		REQUEST_METHOD: method,
		REQUEST_URI: uri,
		SCRIPT_NAME: `/api/v1/${name}`,
		PATH_INFO: path.split('?')[0],
		QUERY_STRING: path.split('?')[1] ?? '',
		REMOTE_ADDR: address,
		CONTENT_LENGTH: String(Buffer.byteLength(payload)),
		...(body !== undefined && { CONTENT_TYPE: 'application/json' }),
		...(token !== undefined && { HTTP_AUTHORIZATION: `Bearer ${token}` }),
		...asVariables(headers),
		...env,
	};
	return new Promise((resolve, reject) => {
		const child = execFile(program(name), [], { env: environment, timeout: 20_000 }, (error, out, err) => {
			if (error && out === '') reject(new Error(`${name} as CGI: ${err || error.message}`));
			else resolve(answer(out));
		});
		child.stdin.on('error', () => {}); // a program that refuses early need not read its body
		child.stdin.end(payload);
	});
}

function forwarded(...names) {
	return Object.fromEntries(names.filter((n) => n in process.env).map((n) => [n, process.env[n]]));
}

function asVariables(headers) {
	const rename = ([key, value]) => [`HTTP_${key.toUpperCase().replaceAll('-', '_')}`, value];
	return Object.fromEntries(Object.entries(headers).map(rename));
}

function answer(out) {
	const end = /\r?\n\r?\n/.exec(out);
	const text = out.slice(end.index + end[0].length);
	const lines = out.slice(0, end.index).split(/\r?\n/);
	const headers = new Headers();
	for (const line of lines) {
		const colon = line.indexOf(':');
		headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
	}
	const status = Number.parseInt(headers.get('status') ?? '200', 10);
	const json = /^application\/(problem\+)?json\b/.test(headers.get('content-type') ?? '');
	return { status, headers, text, body: json && text !== '' ? JSON.parse(text) : null };
}
