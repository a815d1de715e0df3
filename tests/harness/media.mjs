// Uploads and downloads of people.
//
//   const media = await uploadOk(ann, 'image', png());
//   const { status, bytes } = await fetchBytes(media.url);
import { api, expectStatus, site } from './client.mjs';
import { expectDescribed } from './description.mjs';

/** One request with all bytes; the answer as it came. */
export function upload(person, purpose, bytes, { type = 'application/octet-stream', name, query = '', headers = {} } = {}) {
	return api('POST', `/media/files?purpose=${purpose}${query}`, {
		token: person.token,
		raw: bytes,
		headers: { 'content-type': type, ...(name !== undefined && { 'x-file-name': encodeURIComponent(name) }), ...headers },
	});
}

export async function uploadOk(person, purpose, bytes, options) {
	const answer = await upload(person, purpose, bytes, options);
	expectStatus(answer, 201);
	return answer.body.media;
}

/** What is behind an address, as a browser asks for it. */
export async function fetchBytes(url, { headers = {}, method = 'GET' } = {}) {
	const origin = new URL(site).origin;
	const response = await fetch(origin + url, { headers, method });
	const [, address] = url.split('/api/v1');
	if (method === 'GET') expectDescribed(method, address, { status: response.status, headers: response.headers, body: null });
	return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Begins an upload in pieces: {path, offset, limit}. */
export async function beginUpload(person, purpose, size, { type, name, first = Buffer.alloc(0), query = '' } = {}) {
	return upload(person, purpose, first, {
		...(type !== undefined && { type }), name, query,
		headers: { 'upload-complete': '?0', 'upload-length': String(size) },
	});
}

export function append(person, id, offset, bytes, last) {
	return api('PATCH', `/media/uploads/${id}`, {
		token: person.token,
		raw: bytes,
		headers: {
			'content-type': 'application/partial-upload',
			'upload-offset': String(offset),
			'upload-complete': last ? '?1' : '?0',
		},
	});
}

/** All of it, in pieces of `size`; the last answer. */
export async function uploadInPieces(person, purpose, bytes, size, options) {
	const begun = await beginUpload(person, purpose, bytes.length, options);
	expectStatus(begun, 201);
	const { id } = begun.body.upload;
	let answer;
	for (let offset = 0; offset < bytes.length; offset += size) {
		const piece = bytes.subarray(offset, offset + size);
		answer = await append(person, id, offset, piece, offset + piece.length === bytes.length);
		expectStatus(answer, 201, 204);
	}
	return answer;
}
