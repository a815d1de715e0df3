import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSEST, fitted, kept, moved, WHOLE, zoomed } from '../src/views/media/zoom';

const STAGE = { width: 800, height: 600 };

test('a picture is shown as a whole, and never larger than it is', () => {
  assert.deepEqual(fitted({ width: 1600, height: 600 }, STAGE), { width: 800, height: 300 });
  assert.deepEqual(fitted({ width: 100, height: 50 }, STAGE), { width: 100, height: 50 });
});

test('what is under the point stays there', () => {
  const at = { x: 100, y: -50 };
  const pose = zoomed(WHOLE, 2, at);
  // The point of the picture under `at` before: at / 1 - 0.
  assert.equal((at.x - pose.x) / pose.scale, 100);
  assert.equal((at.y - pose.y) / pose.scale, -50);
  const closer = zoomed(pose, 1.5, at);
  assert.equal((at.x - closer.x) / closer.scale, 100);
});

test('it comes neither closer nor farther than it may', () => {
  assert.equal(zoomed(WHOLE, 100, { x: 0, y: 0 }).scale, CLOSEST);
  assert.equal(zoomed(WHOLE, 0.1, { x: 0, y: 0 }).scale, 1);
});

test('it cannot be pushed off the stage', () => {
  const shown = { width: 800, height: 300 };
  const away = moved({ scale: 2, x: 0, y: 0 }, { x: 5000, y: 5000 });
  assert.deepEqual(kept(away, shown, STAGE), { scale: 2, x: 400, y: 0 });
  assert.deepEqual(kept(moved(WHOLE, { x: -9, y: 9 }), shown, STAGE), { scale: 1, x: 0, y: 0 });
});
