import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf, waveformOf } from '../src/platform/waveform';

test('the loudest part is the highest bar', () => {
  assert.equal(waveformOf([0, 0.25, 0.5, 0.25], 4), '08f8');
  assert.equal(waveformOf([0, 0.1, 0.4, 0.2], 2), '4f');
});

test('few peaks fill all the bars, silence fills none', () => {
  assert.equal(waveformOf([0.5, 0.25], 4), 'ff88');
  assert.equal(waveformOf([0, 0.001, 0], 3), '000');
  assert.equal(waveformOf([], 3), '000');
});

test('bars are made of any number of digits, and of what is none', () => {
  assert.deepEqual(barsOf('0f', 4), [0, 0, 1, 1]);
  assert.deepEqual(barsOf('0123', 2), [0, 2 / 15]);
  for (const odd of [undefined, '', 'xyz', '<b>'])
    assert.deepEqual(barsOf(odd, 3), [0.2, 0.2, 0.2], String(odd));
});
