/* Posts of friends and of oneself.  Each post is held once, whatever lists show it; what the server
 * answers about one replaces what was known. */
import { signal, type Signal } from '@preact/signals-core';
import { codeOf } from '../api/errors';
import type {
  Audience,
  Comment,
  Draft,
  Hiding,
  MomentsApi,
  Post,
  ReportReason,
} from '../api/moments';
import type { User } from '../api/account';
import { Composition } from './composition';
import type { MediaStore } from './media';
import { PostList } from './post_list';

const COMMENTS = 50;

export interface MomentsOptions {
  me: () => User | null;
  api: MomentsApi;
  media: Pick<MediaStore, 'uploadsApart'>;
  newKey: () => string;
}

export class Moments {
  readonly posts: Signal<ReadonlyMap<number, Post>> = signal(new Map());
  readonly feed: PostList;
  /* What I am writing. */
  readonly composition: Composition;
  /* Others have posted something that I have not seen. */
  readonly fresh = signal(false);
  readonly #options: MomentsOptions;
  readonly #albums = new Map<number, PostList>();
  #seen = 0;

  constructor(options: MomentsOptions) {
    const { media, newKey } = options;
    this.#options = options;
    const publish = (draft: Draft): Promise<void> => this.#publish(draft);
    this.composition = new Composition({ media, newKey, publish });
    this.feed = new PostList(
      (before, limit) => options.api.feed(before, limit),
      (posts) => {
        this.#keep(posts);
      },
    );
  }

  album(userId: number): PostList {
    let album = this.#albums.get(userId);
    if (!album) {
      const ask = (before: number | undefined, limit: number) =>
        this.#options.api.album(userId, before, limit);
      album = new PostList(ask, (posts) => {
        this.#keep(posts);
      });
      this.#albums.set(userId, album);
    }
    return album;
  }

  /* A sync says whether there is something new. */
  synced(fresh: boolean): void {
    const rises = fresh && !this.fresh.peek();
    this.fresh.value = fresh;
    if (rises && this.feed.known.peek()) void this.feed.refresh();
  }

  /* Somebody posted or deleted something, live. */
  told(postId: number, authorId: number, deleted: boolean): void {
    if (deleted) return this.#forget(postId);
    if (authorId !== this.#options.me()?.id) this.fresh.value = true;
    if (this.feed.known.peek()) void this.feed.refresh();
  }

  /* Nothing that this person has posted is left. */
  gone(author: number): void {
    for (const post of this.posts.peek().values()) {
      if (post.author.id === author) this.#forget(post.id);
    }
  }

  /* What stands at the top of the feed was looked at. */
  async look(): Promise<void> {
    const newest = this.feed.ids.peek()[0];
    if (newest === undefined || (newest <= this.#seen && !this.fresh.peek())) return;
    this.#seen = Math.max(this.#seen, newest);
    try {
      this.fresh.value = await this.#options.api.seen(newest);
    } catch {
      this.#seen = 0; // the next look tries again
    }
  }

  /* As the server has it now; one that is not there any more is forgotten. */
  async load(id: number): Promise<void> {
    try {
      this.#keep([await this.#options.api.post(id)]);
    } catch (error) {
      if (codeOf(error) === 'not_found') this.#forget(id);
      throw error;
    }
  }

  /* Above my feed and my posts; null: none. */
  async setCover(mediaId: number | null): Promise<void> {
    const { api, me } = this.#options;
    const cover = mediaId === null ? null : await api.setCover(mediaId);
    if (mediaId === null) await api.removeCover();
    this.feed.cover.value = cover;
    const album = this.#albums.get(me()?.id ?? 0);
    if (album) album.cover.value = cover;
  }

  async narrow(id: number, audience: Audience): Promise<void> {
    this.#keep([await this.#options.api.narrow(id, audience)]);
  }

  async remove(id: number): Promise<void> {
    await this.#options.api.remove(id);
    this.#forget(id);
  }

  /* Shown at once; what the server refuses goes back. */
  async like(post: Post): Promise<void> {
    const me = this.#options.me();
    if (!me) return;
    const liked = !post.liked;
    const others = post.likes.filter(({ id }) => id !== me.id);
    this.#change(post.id, () => ({
      liked,
      like_count: post.like_count + (liked ? 1 : -1),
      likes: liked ? [...others, me] : others,
    }));
    try {
      if (liked) this.#keep([await this.#options.api.like(post.id)]);
      else await this.#options.api.unlike(post.id);
    } catch (error) {
      const { likes, like_count } = post;
      this.#change(post.id, () => ({ liked: !liked, likes, like_count }));
      throw error;
    }
  }

  async comment(id: number, key: string, text: string, replyTo: number | null): Promise<void> {
    const said = await this.#options.api.comment(id, key, text, replyTo);
    this.#change(id, ({ comments, comment_count }) =>
      comments.some((one) => one.id === said.id)
        ? {}
        : { comments: [...comments, said], comment_count: comment_count + 1 },
    );
  }

  async removeComment(id: number, comment: Comment): Promise<void> {
    await this.#options.api.removeComment(comment.id);
    this.#change(id, ({ comments, comment_count }) => ({
      comments: comments.filter((one) => one.id !== comment.id),
      comment_count: comment_count - 1,
    }));
  }

  /* Those before what is shown of it. */
  async earlier(id: number): Promise<void> {
    const first = this.posts.peek().get(id)?.comments[0];
    if (!first) return;
    const page = await this.#options.api.comments(id, first.id, COMMENTS);
    this.#change(id, ({ comments }) => ({ comments: [...page.comments, ...comments] }));
  }

  async mute(id: number, muted: boolean): Promise<void> {
    await this.#options.api.mute(id, muted);
    this.#change(id, () => ({ muted }));
  }

  report(id: number, reason: ReportReason, note: string): Promise<void> {
    return this.#options.api.report(id, reason, note);
  }

  /* What is hidden now, or no longer, changes every list. */
  async hide(
    userId: number,
    change: Partial<Pick<Hiding, 'hide_mine' | 'hide_theirs'>>,
  ): Promise<Hiding> {
    const hiding = await this.#options.api.hide(userId, change);
    if (change.hide_theirs !== undefined) {
      if (this.feed.known.peek()) void this.feed.refresh();
      this.#albums.delete(userId);
    }
    return hiding;
  }

  newKey(): string {
    return this.#options.newKey();
  }

  async #publish(draft: Draft): Promise<void> {
    const post = await this.#options.api.create(draft);
    this.#keep([post]);
    this.feed.add(post.id);
    this.#albums.get(post.author.id)?.add(post.id);
  }

  #keep(posts: readonly Post[]): void {
    const all = new Map(this.posts.peek());
    for (const post of posts) {
      const known = all.get(post.id);
      // A list shows fewer comments than were looked at already.
      const first = post.comments[0]?.id ?? 0;
      const earlier = known && first > 0 ? known.comments.filter(({ id }) => id < first) : [];
      const room = post.comment_count - post.comments.length;
      const kept = earlier.slice(Math.max(0, earlier.length - room));
      all.set(post.id, {
        ...(known?.user_ids && { user_ids: known.user_ids, tags: known.tags ?? [] }),
        ...post,
        comments: room > 0 ? [...kept, ...post.comments] : post.comments,
      });
    }
    this.posts.value = all;
  }

  #change(id: number, change: (post: Post) => Partial<Post>): void {
    const post = this.posts.peek().get(id);
    if (post) this.posts.value = new Map(this.posts.peek()).set(id, { ...post, ...change(post) });
  }

  #forget(id: number): void {
    this.feed.drop(id);
    for (const album of this.#albums.values()) album.drop(id);
    const all = new Map(this.posts.peek());
    if (all.delete(id)) this.posts.value = all;
  }
}
