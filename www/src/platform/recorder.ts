/* The microphone: a voice while it is recorded, and what has become of it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { waveformOf } from './waveform';

export interface Recording {
  file: Blob;
  type: string;
  duration_ms: number;
  waveform: string;
}

const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const BITS_PER_SECOND = 32_000;
const LOOK_MS = 50;
const BARS = 64;

export function canRecord(): boolean {
  return 'mediaDevices' in navigator && 'MediaRecorder' in window && typeOf() !== undefined;
}

function typeOf(): string | undefined {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

/* Throws what getUserMedia() throws when the person or the device says no. */
export async function startRecording(most: number): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  return new Recorder(stream, most);
}

export class Recorder {
  readonly #level = signal(0);
  readonly #passed = signal(0);
  readonly #ended = signal(false);
  readonly #peaks: number[] = [];
  readonly #parts: Blob[] = [];
  readonly #recorder: MediaRecorder;
  readonly #context = new AudioContext();
  readonly #started = performance.now();
  readonly #stopped: Promise<void>;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly stream: MediaStream,
    private readonly most: number,
  ) {
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 1024;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const mimeType = typeOf() ?? '';
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.ondataavailable = ({ data }) => {
      this.#parts.push(data);
    };
    this.#stopped = new Promise((resolve) => {
      this.#recorder.onstop = () => {
        resolve();
      };
    });
    this.#recorder.start(1000);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      this.#look(analyser, samples);
    }, LOOK_MS);
  }

  /* How loud it is now, between 0 and 1. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }

  get passed(): ReadonlySignal<number> {
    return this.#passed;
  }

  /* It has lasted as long as it may, or the microphone has gone. */
  get ended(): ReadonlySignal<boolean> {
    return this.#ended;
  }

  async stop(): Promise<Recording> {
    this.#end();
    await this.#stopped;
    const type = this.#recorder.mimeType.split(';')[0] ?? '';
    return {
      file: new Blob(this.#parts, { type }),
      type,
      duration_ms: this.#passed.peek(),
      waveform: waveformOf(this.#peaks, BARS),
    };
  }

  cancel(): void {
    this.#end();
  }

  #look(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): void {
    analyser.getFloatTimeDomainData(samples);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    this.#peaks.push(peak);
    this.#level.value = Math.min(1, Math.sqrt(peak));
    this.#passed.value = Math.round(performance.now() - this.#started);
    const lost = this.stream.getAudioTracks().every(({ readyState }) => readyState === 'ended');
    if (lost || this.#passed.peek() >= this.most) this.#end();
  }

  #end(): void {
    if (this.#ended.peek()) return;
    this.#ended.value = true;
    clearInterval(this.#timer);
    this.#passed.value = Math.round(performance.now() - this.#started);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
    void this.#context.close();
  }
}
