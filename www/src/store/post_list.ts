/* One list of posts, newest first, as far as it was asked for: the feed, or somebody's album. */
import { signal, type Signal } from '@preact/signals-core';
import { codeOf } from '../api/errors';
import type { Post, PostMedia, PostPage } from '../api/moments';

const PAGE = 20;

export class PostList {
  readonly ids: Signal<readonly number[]> = signal([]);
  readonly more = signal(false);
  /* false until a page has come. */
  readonly known = signal(false);
  readonly loading = signal(false);
  readonly cover: Signal<PostMedia | null> = signal(null);
  readonly failure: Signal<string | null> = signal(null); // a code of the API
  readonly #ask: (before: number | undefined, limit: number) => Promise<PostPage>;
  readonly #keep: (posts: readonly Post[]) => void;

  constructor(
    ask: (before: number | undefined, limit: number) => Promise<PostPage>,
    keep: (posts: readonly Post[]) => void,
  ) {
    this.#ask = ask;
    this.#keep = keep;
  }

  /* The newest page, as the server has it: what it does not have any more is gone from here. */
  async refresh(): Promise<void> {
    await this.#load(undefined, (page) => {
      const oldest = page.posts.at(-1)?.id ?? 0;
      const known = this.ids.peek();
      // What is known goes on only where no hole lies between it and the page.
      const joined = page.more && known.includes(oldest);
      this.ids.value = [
        ...page.posts.map(({ id }) => id),
        ...(joined ? known.filter((id) => id < oldest) : []),
      ];
      if (!joined) this.more.value = page.more;
      this.known.value = true;
    });
  }

  async older(): Promise<void> {
    const last = this.ids.peek().at(-1);
    if (!this.known.peek() || !this.more.peek() || last === undefined) return;
    await this.#load(last, (page) => {
      this.ids.value = [...this.ids.peek(), ...page.posts.map(({ id }) => id)];
      this.more.value = page.more;
    });
  }

  /* One that was just posted here. */
  add(id: number): void {
    if (this.known.peek() && !this.ids.peek().includes(id))
      this.ids.value = [id, ...this.ids.peek()];
  }

  drop(id: number): void {
    if (this.ids.peek().includes(id)) this.ids.value = this.ids.peek().filter((one) => one !== id);
  }

  async #load(before: number | undefined, adopt: (page: PostPage) => void): Promise<void> {
    if (this.loading.peek()) return;
    this.loading.value = true;
    this.failure.value = null;
    try {
      const page = await this.#ask(before, PAGE);
      this.#keep(page.posts);
      this.cover.value = page.cover;
      adopt(page);
    } catch (error) {
      this.failure.value = codeOf(error);
    } finally {
      this.loading.value = false;
    }
  }
}
