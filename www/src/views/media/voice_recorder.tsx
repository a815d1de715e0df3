/* Records a voice: held down and sent by letting go, or tapped and sent by a button; pulled up it
 * stays, pulled aside it is thrown away. */
import type { ComponentChildren, TargetedPointerEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { canRecord, startRecording, type Recorder, type Recording } from '../../platform/recorder';
import { useTalk, type Talk } from '../conversation/talk';
import { useObjectUrl } from './use_address';
import { Waveform } from './waveform_view';
import { lengthText } from './words';
import './voice_recorder.css';

const HELD_MS = 350;
const ASIDE_PX = 90;
const UP_PX = 70;
const MOST_MS = 10 * 60_000;

type Stage =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'recording'; recorder: Recorder; locked: boolean }
  | { kind: 'done'; recording: Recording };

export function VoiceRecorder({ replyTo, onSent }: { replyTo: number | null; onSent: () => void }) {
  const talk = useTalk();
  const voice = useVoice(talk, replyTo, onSent);
  if (!canRecord()) return null;
  const { stage } = voice;
  return (
    <>
      <button
        type="button"
        class="icon-button composer__voice"
        aria-label={t('voice.record')}
        title={t('voice.record')}
        data-held={stage.kind === 'recording' && !stage.locked}
        onPointerDown={voice.pressed}
        onPointerMove={voice.pulled}
        onPointerUp={voice.released}
        onPointerCancel={voice.released}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
        onClick={({ detail }) => {
          if (detail === 0) void voice.begin(true); // by the keyboard
        }}
      >
        <Icon name="mic" size={22} />
      </button>
      {stage.kind === 'recording' && (
        <Bar label={t('voice.recording')} onCancel={voice.cancel}>
          <span class="recorder__light" aria-hidden="true" />
          <Passed recorder={stage.recorder} />
          <Meter recorder={stage.recorder} />
          {stage.locked ? (
            <>
              <IconButton icon="stop" name={t('voice.stop')} onClick={() => void voice.finish()} />
              <SendButton onClick={() => void voice.send()} />
            </>
          ) : (
            <span class="recorder__hint">
              <Icon name="lock" size={16} />
              {t('voice.hint')}
            </span>
          )}
        </Bar>
      )}
      {stage.kind === 'done' && (
        <Bar label={t('voice.listen')} onCancel={voice.cancel}>
          <Heard recording={stage.recording} />
          <SendButton onClick={() => void voice.send()} />
        </Bar>
      )}
      {voice.problem !== null && (
        <p class="recorder__problem" role="alert">
          {voice.problem}
        </p>
      )}
    </>
  );
}

function useVoice(talk: Talk, replyTo: number | null, onSent: () => void) {
  const [stage, setStage] = useState<Stage>({ kind: 'idle' });
  const [problem, setProblem] = useState<string | null>(null);
  const now = useRef<Stage>(stage);
  const press = useRef<{ at: number; x: number; y: number } | null>(null);
  const set = (next: Stage): void => {
    now.current = next;
    setStage(next);
  };
  useEffect(
    () => () => {
      if (now.current.kind === 'recording') now.current.recorder.cancel();
      now.current = { kind: 'idle' };
    },
    [],
  );
  const isOver = (stage: Stage): boolean => now.current !== stage;
  const begin = async (locked: boolean): Promise<void> => {
    if (now.current.kind !== 'idle') return;
    setProblem(null);
    const asking: Stage = { kind: 'asking' };
    set(asking);
    try {
      const recorder = await startRecording(MOST_MS);
      if (isOver(asking)) return recorder.cancel(); // it was left meanwhile
      set({ kind: 'recording', recorder, locked: locked || press.current === null });
    } catch {
      if (isOver(asking)) return;
      set({ kind: 'idle' });
      setProblem(t('voice.refused'));
    }
  };
  const finish = async (): Promise<Recording | null> => {
    if (now.current.kind === 'done') return now.current.recording;
    if (now.current.kind !== 'recording') return null;
    const recording = await now.current.recorder.stop();
    set({ kind: 'done', recording });
    return recording;
  };
  const cancel = (): void => {
    if (now.current.kind === 'recording') now.current.recorder.cancel();
    set({ kind: 'idle' });
  };
  const send = async (): Promise<void> => {
    const recording = await finish();
    if (!recording) return;
    set({ kind: 'idle' });
    const { file, type, duration_ms, waveform } = recording;
    talk.user.history.toNewest(talk.conversation); // where it will stand
    const body = { size: file.size, type, duration_ms, waveform };
    const declared = { purpose: 'voice', name: null, type, waveform } as const;
    onSent();
    await talk.user.media.send(
      talk.conversation.id,
      { kind: 'voice', body },
      declared,
      { file },
      replyTo,
    );
  };
  const pressed = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    press.current = { at: Date.now(), x: event.clientX, y: event.clientY };
    void begin(false);
  };
  const lock = (): void => {
    press.current = null;
    if (now.current.kind === 'recording') set({ ...now.current, locked: true });
  };
  const pulled = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    if (!press.current) return;
    const aside = Math.abs(event.clientX - press.current.x);
    if (press.current.y - event.clientY > UP_PX) lock();
    else if (aside > ASIDE_PX) {
      press.current = null;
      cancel();
    }
  };
  const released = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    const began = press.current;
    if (!began) return;
    press.current = null;
    const held = Date.now() - began.at >= HELD_MS;
    if (!held || event.type === 'pointercancel' || now.current.kind !== 'recording') lock();
    else void send();
  };
  return { stage, problem, begin, finish, cancel, send, pressed, pulled, released };
}

interface BarProps {
  label: string;
  onCancel: () => void;
  children: ComponentChildren;
}

function Bar({ label, onCancel, children }: BarProps) {
  return (
    <div
      class="recorder"
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <span class="visually-hidden" role="status">
        {label}
      </span>
      <IconButton icon="trash" name={t('voice.cancel')} onClick={onCancel} />
      {children}
    </div>
  );
}

function SendButton({ onClick }: { onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);
  return (
    <IconButton
      buttonRef={button}
      icon="send"
      name={t('voice.send')}
      class="composer__send"
      onClick={onClick}
    />
  );
}

function Passed({ recorder }: { recorder: Recorder }) {
  return <span class="recorder__passed">{lengthText(recorder.passed.value)}</span>;
}

const METER = 24;

/* How loud it was lately, the newest at the end. */
function Meter({ recorder }: { recorder: Recorder }) {
  const levels = useRef<number[]>(Array.from({ length: METER }, () => 0));
  const { value } = recorder.passed; // a new look at the microphone
  useEffect(() => {
    levels.current = [...levels.current.slice(1), recorder.level.peek()];
  }, [value]);
  const digits = levels.current.map((level) => Math.round(level * 15).toString(16)).join('');
  return (
    <span class="recorder__meter">
      <Waveform waveform={digits} share={0} />
    </span>
  );
}

function Heard({ recording }: { recording: Recording }) {
  const address = useObjectUrl(recording.file);
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [share, setShare] = useState(0);
  return (
    <>
      <audio
        ref={audio}
        src={address ?? undefined}
        onPlay={() => {
          setPlaying(true);
        }}
        onPause={() => {
          setPlaying(false);
        }}
        onTimeUpdate={({ currentTarget }) => {
          setShare((currentTarget.currentTime * 1000) / Math.max(1, recording.duration_ms));
        }}
      />
      <IconButton
        icon={playing ? 'pause' : 'play'}
        name={playing ? t('voice.pause') : t('voice.listen')}
        onClick={() => {
          if (playing) audio.current?.pause();
          else audio.current?.play().catch(() => undefined); // the button still says: not playing
        }}
      />
      <span class="recorder__meter">
        <Waveform waveform={recording.waveform} share={share} />
      </span>
      <span class="recorder__passed">{lengthText(recording.duration_ms)}</span>
    </>
  );
}
