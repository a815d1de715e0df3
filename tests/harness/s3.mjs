// A bucket that speaks S3, in memory, and is strict: every request must be signed as AWS Signature
// Version 4 says, with the hash of what it brings.
//
//   const bucket = await startBucket();        // bucket.env points the programs to it
//   bucket.objects.get('pre/ab/cd/…')          // Buffer
//   bucket.mood = 'broken' | 'silent' | 'fine'
//   await bucket.stop();
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const PAGE = 3; // objects that one list has at most: there are always several
const SKEW_MS = 15 * 60_000;

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** What AWS publishes as "Signature Calculations for the Authorization Header". */
export function signature({ method, path, query, headers, signed, payload, date, region, secret }) {
	const sorted = [...query].map(([key, value]) => `${encode(key)}=${encode(value)}`).sort().join('&');
	const lines = signed.map((name) => `${name}:${String(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
	const canonical = [method, path.split('/').map((part) => encode(decodeURIComponent(part))).join('/'), sorted, lines, signed.join(';'), payload].join('\n');
	const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
	const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secret}`, date.slice(0, 8)), region));
	return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
}

const timeOf = (date) => Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

class Refusal extends Error {
	constructor(status, code) {
		super(code);
		this.status = status;
	}
}

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

function checkSignature(bucket, request, url, body) {
	const found = AUTHORIZATION.exec(request.headers.authorization ?? '');
	if (!found) throw new Refusal(403, 'AccessDenied');
	const [, keyId, day, region, names, given] = found;
	const signed = names.split(';');
	const date = request.headers['x-amz-date'] ?? '';
	const payload = request.headers['x-amz-content-sha256'] ?? '';
	if (keyId !== bucket.keyId) throw new Refusal(403, 'InvalidAccessKeyId');
	if (region !== bucket.region) throw new Refusal(400, 'AuthorizationHeaderMalformed');
	for (const name of ['host', 'x-amz-date', 'x-amz-content-sha256'])
		if (!signed.includes(name)) throw new Refusal(403, 'AccessDenied');
	if (!date.startsWith(day) || !(Math.abs(Date.now() - timeOf(date)) < SKEW_MS)) throw new Refusal(403, 'RequestTimeTooSkewed');
	if (payload !== sha256(body)) throw new Refusal(400, 'XAmzContentSHA256Mismatch');
	const wanted = signature({ method: request.method, path: url.pathname, query: url.searchParams, headers: request.headers,
		signed, payload, date, region, secret: bucket.secret });
	if (!timingSafeEqual(Buffer.from(wanted), Buffer.from(given))) throw new Refusal(403, 'SignatureDoesNotMatch');
}

const escaped = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

function list(bucket, query, response) {
	const prefix = query.get('prefix') ?? '';
	const after = query.has('continuation-token') ? Buffer.from(query.get('continuation-token'), 'base64').toString() : '';
	const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
	const page = keys.slice(0, Math.min(PAGE, Number(query.get('max-keys') ?? 1000)));
	const more = page.length < keys.length;
	const contents = page.map((key) => `<Contents><Key>${escaped(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>`
		+ `<ETag>&#34;x&#34;</ETag><Size>${bucket.objects.get(key).length}</Size><StorageClass>STANDARD</StorageClass></Contents>`);
	const token = more ? `<NextContinuationToken>${Buffer.from(page.at(-1)).toString('base64')}</NextContinuationToken>` : '';
	response.writeHead(200, { 'content-type': 'application/xml' });
	response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`
		+ `<Name>${bucket.name}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>`
		+ `<IsTruncated>${more}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`);
}

function send(bucket, key, request, response) {
	const bytes = bucket.objects.get(key);
	if (bytes === undefined) throw new Refusal(404, 'NoSuchKey');
	const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
	const [first, last] = range ? [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)] : [0, bytes.length - 1];
	if (first >= bytes.length) throw new Refusal(416, 'InvalidRange');
	response.writeHead(range ? 206 : 200, {
		'content-length': last - first + 1, 'content-type': 'application/octet-stream',
		...(range && { 'content-range': `bytes ${first}-${last}/${bytes.length}` }),
	});
	response.end(request.method === 'HEAD' ? undefined : bytes.subarray(first, last + 1));
}

function answer(bucket, request, body, response) {
	const url = new URL(request.url, 'http://localhost');
	checkSignature(bucket, request, url, body);
	const [, name, ...rest] = url.pathname.split('/');
	const key = decodeURIComponent(rest.join('/'));
	if (name !== bucket.name) throw new Refusal(404, 'NoSuchBucket');
	if (key === '' && request.method === 'GET' && url.searchParams.get('list-type') === '2') return list(bucket, url.searchParams, response);
	if (key === '') throw new Refusal(405, 'MethodNotAllowed');
	bucket.asked.push(`${request.method} ${key}`);
	if (request.method === 'GET' || request.method === 'HEAD') return send(bucket, key, request, response);
	if (request.method === 'PUT') bucket.objects.set(key, body);
	else if (request.method === 'DELETE') bucket.objects.delete(key);
	else throw new Refusal(405, 'MethodNotAllowed');
	response.writeHead(request.method === 'PUT' ? 200 : 204);
	response.end();
}

async function receive(bucket, request, response) {
	if (bucket.mood === 'silent') return;
	const pieces = [];
	for await (const piece of request) pieces.push(piece);
	try {
		if (bucket.mood === 'broken') throw new Refusal(503, 'SlowDown');
		answer(bucket, request, Buffer.concat(pieces), response);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		response.writeHead(error.status, { 'content-type': 'application/xml' });
		response.end(request.method === 'HEAD' ? undefined
			: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.message}</Code><Message>no</Message></Error>`);
	}
}

/** `port` of one that was stopped: the same again, with what was in it. */
export async function startBucket({ port = 0, objects = new Map() } = {}) {
	const bucket = { name: 'hichat-test', region: 'eu-test-1', keyId: 'AKIDTEST', secret: 'Sec/ret+of the/bucket', objects, asked: [], mood: 'fine' };
	const server = createServer((request, response) => {
		receive(bucket, request, response).catch(() => response.destroy()); // who asked has gone
	});
	await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
	bucket.port = server.address().port;
	bucket.env = {
		HICHAT_MEDIA_STORE: 's3', HICHAT_S3_ENDPOINT: `http://127.0.0.1:${bucket.port}`, HICHAT_S3_REGION: bucket.region,
		HICHAT_S3_BUCKET: bucket.name, HICHAT_S3_PREFIX: 'pre/fix', HICHAT_S3_KEY_ID: bucket.keyId,
		HICHAT_S3_KEY: bucket.secret, HICHAT_S3_PATH_STYLE: 'yes', HICHAT_S3_STALL_TIMEOUT: '2',
	};
	bucket.stop = () => {
		server.closeAllConnections();
		return new Promise((resolve) => server.close(resolve));
	};
	return bucket;
}
