/* The one voice that speaks: of the conversation on the screen, after which the next one that was
 * not heard goes on by itself. */
import { effect, signal, type Signal } from '@preact/signals';
import type { Message } from '../../api/chat';
import { setPlayed, played } from '../../platform/played';
import { holdAddress, releaseAddress } from '../../platform/object_urls';
import { enclosedIn, type EnclosedBody } from '../../store/enclosed';
import type { Talk } from '../conversation/talk';

const SPEEDS = [1, 1.5, 2];

/* A message, or a part of one that is a bundle. */
export interface Voice {
  key: string;
  seq: number | null; // null: in a bundle, where none follows by itself
  body: EnclosedBody;
}

export function voiceOf(seq: number | null, body: EnclosedBody): Voice {
  return { key: seq === null ? `media ${body.media_id ?? 0}` : String(seq), seq, body };
}

export class VoicePlayer {
  /* Whose turn it is: by its key. */
  readonly current: Signal<string | null> = signal(null);
  readonly playing = signal(false);
  readonly position = signal(0); // in milliseconds
  readonly speed = signal(SPEEDS[0] ?? 1);
  readonly failed = signal(false);
  readonly #audio = new Audio();
  #voice: Voice | null = null;
  #release: () => void = () => undefined;

  constructor(private readonly talk: Talk) {
    const audio = this.#audio;
    audio.addEventListener('timeupdate', () => {
      this.position.value = audio.currentTime * 1000;
    });
    audio.addEventListener('play', () => {
      this.playing.value = true;
    });
    audio.addEventListener('pause', () => {
      this.playing.value = false;
    });
    audio.addEventListener('ended', () => {
      this.#ended();
    });
    audio.addEventListener('error', () => {
      if (audio.src !== '') this.#broken();
    });
  }

  /* Goes on where it was, or begins. */
  toggle(voice: Voice): void {
    if (this.current.peek() !== voice.key) this.#begin(voice);
    else if (this.#audio.paused) this.#play();
    else this.#audio.pause();
  }

  /* To a place between 0 and 1. */
  seek(voice: Voice, share: number): void {
    const length = voice.body.duration_ms ?? 0;
    if (this.current.peek() !== voice.key) this.#begin(voice);
    this.position.value = share * length;
    this.#audio.currentTime = (share * length) / 1000;
  }

  faster(): void {
    const next = SPEEDS[(SPEEDS.indexOf(this.speed.peek()) + 1) % SPEEDS.length] ?? 1;
    this.speed.value = next;
    this.#audio.playbackRate = next;
  }

  stop(): void {
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#release();
    this.#release = () => undefined;
    this.current.value = null;
    this.position.value = 0;
  }

  #begin(voice: Voice): void {
    if (voice.body.media_id === undefined) return;
    this.stop();
    this.#voice = voice;
    this.current.value = voice.key;
    this.failed.value = false;
    this.#take(0);
  }

  /* From its file, where that is in this page, or from its address once that is known. */
  #take(from: number, except = ''): void {
    const { addresses, own } = this.talk.user.media;
    const media = this.#media();
    this.#release();
    const file = own.peek().get(media);
    if (file) {
      this.#release = () => {
        releaseAddress(file);
      };
      return this.#load(holdAddress(file), from);
    }
    const letGo = addresses.hold(media);
    const stop = effect(() => {
      const known = addresses.of(media).value;
      if (known === null) this.failed.value = true;
      else if (known && known.url !== except) this.#load(known.url, from);
    });
    this.#release = () => {
      stop();
      letGo();
    };
  }

  #load(address: string, from: number): void {
    const audio = this.#audio;
    const absolute = new URL(address, location.href).href;
    // A fresh address of what is being heard is taken when the one at hand ends.
    if (audio.src !== '' && audio.error === null && audio.src !== absolute && !audio.ended) return;
    audio.src = address;
    audio.playbackRate = this.speed.peek();
    if (from > 0) audio.currentTime = from;
    this.#play();
  }

  #play(): void {
    this.#audio.playbackRate = this.speed.peek();
    setPlayed(this.#media());
    this.#audio.play().catch(() => {
      this.playing.value = false; // the browser wants a touch first, or the error event follows
    });
  }

  #broken(): void {
    const { src, currentTime } = this.#audio;
    const address = new URL(src).pathname + new URL(src).search;
    if (this.failed.peek()) return;
    this.failed.value = true;
    this.talk.user.media.addresses.failed(this.#media(), address);
    this.#take(currentTime, address);
  }

  #ended(): void {
    const before = this.#voice?.seq ?? Infinity;
    this.stop();
    const next = this.talk.conversation.shown
      .peek()
      .rows.find((row) => row.seq > before && isUnheard(row, this.talk.user.id));
    const enclosed = next && enclosedIn(next);
    if (enclosed) this.#begin(voiceOf(next.seq, enclosed.body));
  }

  #media(): number {
    return this.#voice?.body.media_id ?? 0;
  }
}

export function isUnheard(message: Message, me: number): boolean {
  const enclosed = message.hidden ? null : enclosedIn(message);
  if (enclosed?.kind !== 'voice' || message.sender_id === me) return false;
  return !played.value.has(enclosed.body.media_id ?? 0);
}

const players = new WeakMap<Talk, VoicePlayer>();

export function playerOf(talk: Talk): VoicePlayer {
  let player = players.get(talk);
  if (!player) players.set(talk, (player = new VoicePlayer(talk)));
  return player;
}
