/* A browser's attention and its sockets, in the hands of the tests. */
import type { Change, Environment } from '../src/store/environment';
import type { OpenSocket, SocketListener } from '../src/store/live';

export class FakeEnvironment implements Environment {
  isOnline = true;
  isVisible = true;
  isAttended = true;
  inputAt = Number.MAX_SAFE_INTEGER;
  readonly #listeners = new Set<(change: Change) => void>();

  online(): boolean {
    return this.isOnline;
  }
  visible(): boolean {
    return this.isVisible;
  }
  attended(): boolean {
    return this.isAttended;
  }
  lastInput(): number {
    return this.inputAt;
  }
  watch(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  closeCode = 0;
  constructor(
    readonly url: string,
    readonly protocol: string,
    readonly listener: SocketListener,
  ) {}
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(code: number): void {
    this.closed = true;
    this.closeCode = code;
  }
  frame(frame: unknown): void {
    this.listener.received(JSON.stringify(frame));
  }
  welcome(session = 's1', resumed = false): void {
    this.listener.opened();
    this.frame({ op: 'welcome', session, resumed, heartbeat: 25 });
  }
}

export class FakeSockets {
  readonly all: FakeSocket[] = [];
  readonly open: OpenSocket = (url, protocol, listener) => {
    const socket = new FakeSocket(url, protocol, listener);
    this.all.push(socket);
    return socket;
  };
  get last(): FakeSocket {
    const socket = this.all.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }
}
