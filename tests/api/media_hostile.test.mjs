// Files made to do harm: each is refused clearly or made harmless, by programs that live on, and
// nothing of it stays behind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectProblem, expectStatus, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { honest, hostile } from '../harness/hostile_media.mjs';
import { fetchBytes, upload } from '../harness/media.mjs';
import { processes } from '../harness/stack.mjs';

const PER_PERSON = 250; // what one may upload in an hour is limited
let ann;
let running;

before(async () => {
	ann = await register();
	running = processes('media').sort();
});

after(async () => {
	assert.deepEqual(processes('media').sort(), running, 'the same processes as before');
	const { out } = await hichatctl(['fsck']);
	assert.equal(out, '');
});

function expectRefused(answer, refused) {
	if (typeof refused[1] === 'string') return expectProblem(answer, ...refused);
	assert.ok(refused.includes(answer.status), `${answer.status} ${answer.text}`);
	return expectProblem(answer, answer.status, answer.body.code);
}

for (const { name, purpose, bytes, type, refused } of hostile.filter((file) => file.refused)) {
	test(`${name} is refused`, async () => {
		expectRefused(await upload(ann, purpose, bytes, { type }), refused);
	});
}

for (const { name, purpose, bytes, gone } of hostile.filter((file) => file.gone)) {
	test(`${name} is not stored`, async () => {
		const answer = await upload(ann, purpose, bytes);
		expectStatus(answer, 201);
		assert.ok(!(await fetchBytes(answer.body.media.url)).bytes.includes(gone));
	});
}

for (const { name, bytes, type, fileName } of hostile.filter((file) => file.fileName)) {
	test(`${name} is only saved`, async () => {
		const answer = await upload(ann, 'file', bytes, { type, name: fileName });
		if (answer.status !== 201) return expectProblem(answer, 415, 'type_mismatch');
		const { headers, bytes: back } = await fetchBytes(answer.body.media.url);
		assert.ok(back.equals(bytes));
		assert.equal(headers.get('content-type'), 'application/octet-stream');
		assert.equal(headers.get('x-content-type-options'), 'nosniff');
		assert.match(headers.get('content-disposition'), /^attachment/);
		assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
	});
}

for (const { name, purpose, bytes } of hostile.filter((file) => file.either)) {
	test(`${name} harms nobody`, async () => {
		const answer = await upload(ann, purpose, bytes);
		if (answer.status !== 201) return expectProblem(answer, 422, answer.body.code);
		assert.equal((await fetchBytes(answer.body.media.url)).status, 200);
	});
}

/** What is cut between two clusters, pages or boxes may be whole: then it is what it says. */
for (const { format, purpose, bytes } of honest) {
	test(`a ${format} that is cut short anywhere is refused, or whole`, async () => {
		let person;
		for (let length = 1; length < bytes.length; length++) {
			if (length % PER_PERSON === 1) person = await register();
			const answer = await upload(person, purpose, bytes.subarray(0, length));
			if (answer.status !== 201) expectRefused(answer, [415, 422]);
			else assert.equal(answer.body.media.size, length, `cut at ${length}`);
		}
		expectStatus(await upload(person, purpose, bytes), 201);
	});
}
