/* The bars of a voice; those that were heard are stronger. */
import { barsOf } from '../../platform/waveform';

const BARS = 36;
const PITCH = 4;
const HEIGHT = 24;

export function Waveform({ waveform, share }: { waveform: string | undefined; share: number }) {
  return (
    <svg
      class="waveform"
      viewBox={`0 0 ${BARS * PITCH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {barsOf(waveform, BARS).map((bar, index) => {
        const height = Math.max(2, bar * HEIGHT);
        return (
          <rect
            key={index}
            x={index * PITCH + 0.75}
            y={(HEIGHT - height) / 2}
            width={PITCH - 1.5}
            height={height}
            rx={1.25}
            data-heard={index < share * BARS}
          />
        );
      })}
    </svg>
  );
}
