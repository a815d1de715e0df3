import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaLimits } from '../src/api/media';
import { kindFor } from '../src/views/media/choose';

const LIMITS = {
  purposes: {
    image: { max_size: 100, types: ['image/png'] },
    video: { max_size: 1000, types: ['video/mp4'] },
    file: { max_size: 500, types: null },
  },
} as unknown as MediaLimits;

test('an image and a video are sent as such where they are taken so, else as files', () => {
  const cases: [string, number, string][] = [
    ['image/png', 100, 'image'],
    ['image/png', 101, 'file'],
    ['image/tiff', 10, 'file'],
    ['video/mp4', 900, 'video'],
    ['video/x-matroska', 400, 'file'],
    ['', 400, 'file'],
  ];
  for (const [type, size, kind] of cases)
    assert.deepEqual(kindFor({ type, size }, LIMITS), { kind }, `${type} ${size}`);
});

test('what is empty or too large is not sent', () => {
  assert.deepEqual(kindFor({ type: 'image/png', size: 0 }, LIMITS), { problem: 'empty' });
  assert.deepEqual(kindFor({ type: '', size: 501 }, LIMITS), { problem: 'too_large' });
});
