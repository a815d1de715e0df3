/* How loud a voice was over its time: a text of hexadecimal digits, 0 silence … f loudest.  Pure. */

const LOUDEST = 15;

/* As many bars as wanted, each as loud as its part of the time at its loudest. */
export function waveformOf(peaks: readonly number[], bars: number): string {
  const loudest = Math.max(0.05, ...peaks); // a silent room stays silent
  let text = '';
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    const peak = Math.max(0, ...peaks.slice(from, to));
    text += Math.round(LOUDEST * Math.min(1, peak / loudest)).toString(16);
  }
  return text;
}

/* Between 0 and 1, as many as wanted; of what is no waveform, all the same. */
export function barsOf(waveform: string | undefined, bars: number): number[] {
  const known = waveform !== undefined && /^[0-9a-f]{1,128}$/i.test(waveform) ? waveform : '3';
  return Array.from({ length: bars }, (_, bar) => {
    const digit = known[Math.floor((bar * known.length) / bars)] ?? '0';
    return Number.parseInt(digit, 16) / LOUDEST;
  });
}
