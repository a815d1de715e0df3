/* BlurHash: a picture in some thirty characters, as blurred as it sounds, for the time until the
 * picture is there.  A few cosines per colour in base 83; see https://blurha.sh.  Pure. */

const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>; // RGBA
}

type Colour = [number, number, number];

/* null: it is none. */
export function decode(hash: string, width: number, height: number): Pixels | null {
  const digits = [...hash].map((digit) => DIGITS.indexOf(digit));
  const size = digits[0] ?? -1;
  const [across, down] = [(size % 9) + 1, Math.floor(size / 9) + 1];
  if (digits.includes(-1) || digits.length !== 4 + 2 * across * down) return null;
  const number = (from: number, to: number): number =>
    digits.slice(from, to).reduce((sum, digit) => sum * 83 + digit, 0);
  const most = (number(1, 2) + 1) / 166;
  const colours = [averageOf(number(2, 6))];
  for (let at = 6; at < digits.length; at += 2) colours.push(waveOf(number(at, at + 2), most));
  return paint(colours, across, width, height);
}

function paint(colours: readonly Colour[], across: number, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const sum: Colour = [0, 0, 0];
      for (const [index, colour] of colours.entries()) {
        const wave =
          Math.cos((Math.PI * x * (index % across)) / width) *
          Math.cos((Math.PI * y * Math.floor(index / across)) / height);
        for (const c of [0, 1, 2] as const) sum[c] += colour[c] * wave;
      }
      data.set([...sum.map(toByte), 255], 4 * (y * width + x));
    }
  return { width, height, data };
}

export function encode({ width, height, data }: Pixels, across = 4, down = 3): string {
  const colours: Colour[] = [];
  for (let j = 0; j < down; j += 1)
    for (let i = 0; i < across; i += 1) {
      const sum: Colour = [0, 0, 0];
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const wave = Math.cos((Math.PI * i * x) / width) * Math.cos((Math.PI * j * y) / height);
          const at = 4 * (y * width + x);
          for (const c of [0, 1, 2] as const) sum[c] += wave * toLinear(data[at + c] ?? 0);
        }
      const scale = (i === 0 && j === 0 ? 1 : 2) / (width * height);
      colours.push([sum[0] * scale, sum[1] * scale, sum[2] * scale]);
    }
  const [average = [0, 0, 0], ...waves] = colours;
  const peak = Math.max(0, ...waves.flat().map(Math.abs));
  const most = Math.max(0, Math.min(82, Math.floor(peak * 166 - 0.5)));
  const [red, green, blue] = average.map(toByte) as Colour;
  return [
    digitsOf(across - 1 + (down - 1) * 9, 1),
    digitsOf(most, 1),
    digitsOf(red * 65536 + green * 256 + blue, 4),
    ...waves.map((wave) => digitsOf(numberOf(wave, (most + 1) / 166), 2)),
  ].join('');
}

function digitsOf(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / 83))
    text = (DIGITS[rest % 83] ?? '') + text;
  return text;
}

function averageOf(value: number): Colour {
  return [value >> 16, (value >> 8) & 255, value & 255].map(toLinear) as Colour;
}

/* Of three amounts in 19 steps each, by the square of their distance from the middle. */
function waveOf(value: number, most: number): Colour {
  const steps = [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19];
  return steps.map((step) => signedSquare((step - 9) / 9) * most) as Colour;
}

function numberOf(wave: Colour, most: number): number {
  const steps = wave.map((amount) =>
    Math.max(0, Math.min(18, Math.floor(signedRoot(amount / most) * 9 + 9.5))),
  );
  return steps.reduce((sum, step) => sum * 19 + step, 0);
}

function signedSquare(value: number): number {
  return Math.sign(value) * value * value;
}

function signedRoot(value: number): number {
  return Math.sign(value) * Math.sqrt(Math.abs(value));
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toByte(linear: number): number {
  const value = Math.max(0, Math.min(1, linear));
  const bent = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(bent * 255);
}
