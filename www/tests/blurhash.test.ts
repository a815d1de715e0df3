import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode, type Pixels } from '../src/platform/blurhash';

function flat(red: number, green: number, blue: number, width = 8, height = 6): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, 255], at);
  return { width, height, data };
}

const at = ({ data, width }: Pixels, x: number, y: number) => [
  ...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3),
];

test('it is written as other encoders write it', () => {
  assert.equal(encode(flat(200, 100, 50)), 'LVM|T9^4fQ^4}XsofQsofQfQfQfQ');
  const pixels = flat(0, 0, 0, 16, 8);
  for (let at = 0; at < pixels.data.length; at += 4)
    pixels.data.set([(at * 7) % 256, (at * 3) % 200, at % 256, 255], at);
  assert.equal(encode(pixels), 'LMHKF@xRUP%x-dmsJAxCe;eXeXeX');
});

test('light on one side stays on that side', () => {
  const pixels = flat(10, 10, 10, 16, 8);
  for (let y = 0; y < 8; y += 1)
    for (let x = 8; x < 16; x += 1) pixels.data.set([240, 240, 240, 255], 4 * (y * 16 + x));
  const back = decode(encode(pixels), 16, 8);
  assert.ok(back);
  assert.ok((at(back, 1, 4)[0] ?? 255) < 90);
  assert.ok((at(back, 14, 4)[0] ?? 0) > 160);
});

test('a known hash has the colours that other decoders give it', () => {
  const back = decode('LEHV6nWB2yk8pyo0adR*.7kCMdnj', 32, 32);
  assert.ok(back);
  assert.equal(back.data.length, 32 * 32 * 4);
  assert.deepEqual(at(back, 16, 16), [158, 125, 108]);
  assert.deepEqual(at(back, 0, 0), [135, 164, 177]);
});

test('what is no hash is none', () => {
  for (const hash of ['', 'L', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'LEHV6nWB2yk8pyo0adR*.7kCMdn"', '😀'])
    assert.equal(decode(hash, 4, 4), null, hash);
});
