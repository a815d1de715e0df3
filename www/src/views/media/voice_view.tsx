/* A voice in its bubble: how loud it is over its time, and where one listens. */
import { useComputed } from '@preact/signals';
import type { TargetedPointerEvent } from 'preact';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { useTalk } from '../conversation/talk';
import { isUnderWay, type EnclosedProps } from './enclosed_view';
import { Progress } from './progress';
import { isUnheard, playerOf, voiceOf } from './voice_player';
import { Waveform } from './waveform_view';
import { enclosedText, lengthText } from './words';
import './voice.css';

const STEP_MS = 5000;

export function VoiceView(props: EnclosedProps) {
  const { enclosed, entry } = props;
  const { duration_ms = 0, waveform, media_id } = enclosed.body;
  if (media_id !== undefined && !entry) return <Playable {...props} />;
  return (
    <div class="voice" style={{ inlineSize: widthOf(duration_ms) }}>
      {entry && isUnderWay(props) ? (
        <Progress entry={entry} />
      ) : (
        <span class="voice__button">
          <Icon name="mic" size={20} />
        </span>
      )}
      <Waveform waveform={waveform} share={0} />
      <span class="voice__length">{lengthText(duration_ms)}</span>
    </div>
  );
}

function Playable({ enclosed, seq, active }: EnclosedProps) {
  const talk = useTalk();
  const player = playerOf(talk);
  const voice = voiceOf(seq, enclosed.body);
  const { duration_ms = 0, waveform } = enclosed.body;
  const mine = useComputed(() => player.current.value === voice.key).value;
  const playing = mine && player.playing.value;
  const position = mine ? player.position.value : 0;
  const share = duration_ms > 0 ? Math.min(1, position / duration_ms) : 0;
  const message = seq === null ? null : talk.message(seq);
  const unheard = message !== null && isUnheard(message, talk.user.id);
  const what = enclosedText(enclosed);
  const reach = active || mine ? 0 : -1;
  return (
    <div class="voice" style={{ inlineSize: widthOf(duration_ms) }} data-playing={playing}>
      <button
        type="button"
        class="voice__button"
        tabIndex={reach}
        aria-label={playing ? t('voice.pause') : t('voice.play', what)}
        onClick={() => {
          player.toggle(voice);
        }}
      >
        <Icon name={playing ? 'pause' : 'play'} size={20} />
      </button>
      <div
        class="voice__seek"
        role="slider"
        tabIndex={reach}
        aria-label={t('voice.position')}
        aria-valuemin={0}
        aria-valuemax={Math.round(duration_ms / 1000)}
        aria-valuenow={Math.round(position / 1000)}
        aria-valuetext={lengthText(position)}
        onPointerDown={(event) => {
          player.seek(voice, shareAt(event));
        }}
        onKeyDown={(event) => {
          const by = { ArrowRight: STEP_MS, ArrowLeft: -STEP_MS }[event.key];
          if (by === undefined || duration_ms === 0) return;
          event.preventDefault();
          event.stopPropagation();
          player.seek(voice, Math.max(0, Math.min(1, (position + by) / duration_ms)));
        }}
      >
        <Waveform waveform={waveform} share={share} />
      </div>
      <span class="voice__length">
        {mine && player.failed.value
          ? t('media.gone')
          : lengthText(mine && position > 0 ? position : duration_ms)}
        {unheard && (
          <span class="voice__dot">
            <span class="visually-hidden">{t('voice.unheard')}</span>
          </span>
        )}
      </span>
      {mine && (
        <button
          type="button"
          class="voice__speed"
          aria-label={t('voice.speed', String(player.speed.value))}
          onClick={() => {
            player.faster();
          }}
        >
          {player.speed.value}×
        </button>
      )}
    </div>
  );
}

function shareAt(event: TargetedPointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(1, (event.clientX - left) / Math.max(1, width)));
}

/* Longer ones are wider. */
function widthOf(duration: number): string {
  const share = Math.min(1, duration / 60_000);
  return `${(11 + 6 * Math.sqrt(share)).toFixed(2)}rem`;
}
