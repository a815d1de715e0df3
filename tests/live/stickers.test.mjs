// A sticker reaches everybody's devices as it is stored, with all that showing it takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, history, register } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { fetchBytes } from '../harness/media.mjs';
import { ownSticker, sentSticker } from '../harness/stickers.mjs';

test('a sticker is told as it is stored, and can be fetched at once', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	const lives = await Promise.all([connectLive(ann), connectLive(bob)]);
	t.after(() => closeAll(...lives));
	const sticker = await ownSticker(ann, { emoji: '😺' });
	const message = await sentSticker(ann, conversation, sticker.id);
	for (const live of lives) {
		const { event, ...received } = await live.next('message', ({ kind }) => kind === 'sticker');
		assert.equal(event, 'message');
		assert.deepEqual(received, message);
	}
	const answer = await bob.post('/media/urls', { media_ids: [message.body.media_id] });
	expectStatus(answer, 200);
	assert.equal((await fetchBytes(answer.body.urls[0].url)).status, 200);
	assert.deepEqual((await history(bob, conversation)).at(-1).body, message.body);
});
