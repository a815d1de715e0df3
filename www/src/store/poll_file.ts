/* Where there is no live connection, the web server has a file that changes when something
 * happens: asking for that first keeps a client for whom nothing happens away from the programs. */
import type { ChatApi } from '../api/chat';
import { ApiError } from '../api/errors';

export class PollFile {
  readonly #chat: Pick<ChatApi, 'poll'>;
  #url: string | null = null;
  #etag: string | null = null;

  constructor(chat: Pick<ChatApi, 'poll'>) {
    this.#chat = chat;
  }

  /* What the latest sync says of it. */
  found(url: string | null): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#etag = null;
  }

  /* True when nothing has happened since this was last asked.  Ask before looking, so that what
   * happens in between is found the next time. */
  async quiet(): Promise<boolean> {
    if (this.#url === null) return false;
    try {
      const etag = await this.#chat.poll(this.#url, this.#etag);
      if (etag === null) return true;
      this.#etag = etag;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // no network: no need to ask a program either
      this.#etag = null;
    }
    return false;
  }
}
