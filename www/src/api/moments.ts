/* moments: posts of friends, likes, comments, and who sees what. */
import type { User } from './account';
import type { Authority } from './authority';

export type AudienceKind = 'friends' | 'private' | 'only' | 'except';
export type Window = 'all' | 'half_year' | 'month' | 'three_days';
export type ReportReason = 'spam' | 'abuse' | 'sexual' | 'violence' | 'fraud' | 'other';

export interface Audience {
  audience: AudienceKind;
  user_ids?: number[];
  tags?: string[];
}

export interface Draft extends Audience {
  client_key: string;
  text: string;
  media_ids: number[];
}

/* Of a post, or the cover above them; its addresses are asked for apart. */
export interface PostMedia {
  media_id: number;
  purpose: 'image' | 'video';
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  animated: boolean;
  duration_ms: number | null;
  placeholder: string | null; // a BlurHash
}

export interface Comment {
  id: number;
  author: User | null;
  text: string;
  reply_to: number | null;
  reply_user: User | null;
  created_at: number;
}

export interface Post {
  id: number;
  author: User;
  text: string;
  media: PostMedia[]; // images, or one video
  audience: AudienceKind | null; // of my own; null of others
  user_ids?: number[]; // of my own, when it was asked for alone
  tags?: string[];
  created_at: number;
  muted: boolean;
  likes: User[]; // some
  like_count: number;
  liked: boolean;
  comments: Comment[]; // the newest, ascending
  comment_count: number;
}

export interface PostPage {
  posts: Post[]; // newest first
  more: boolean;
  cover: PostMedia | null; // of whose posts they are
}

export interface CommentPage {
  comments: Comment[];
  more: boolean;
}

export interface Hiding {
  user: User;
  hide_mine: boolean;
  hide_theirs: boolean;
}

export interface Privacy {
  window: Window;
  people: Hiding[];
}

export interface MomentNotification {
  id: number;
  kind: 'moment_liked' | 'moment_commented' | 'moment_replied';
  actor: User | null;
  post_id: number;
  post_text: string;
  post_media_id: number | null; // the first that it shows
  comment_id: number | null;
  comment_text: string | null;
  created_at: number;
  read: boolean;
}

export interface MomentNotificationPage {
  notifications: MomentNotification[]; // newest first
  unread: number;
  more: boolean;
}

const PAGE = 100;

export class MomentsApi {
  constructor(private readonly authority: Authority) {}

  feed(before: number | undefined, limit: number): Promise<PostPage> {
    return this.#get('/moments/feed', { before, limit });
  }

  album(userId: number, before: number | undefined, limit: number): Promise<PostPage> {
    return this.#get(`/moments/users/${userId}/posts`, { before, limit });
  }

  async post(id: number): Promise<Post> {
    return (await this.#get<{ post: Post }>(`/moments/posts/${id}`)).post;
  }

  async create(draft: Draft): Promise<Post> {
    return (await this.#send<{ post: Post }>('POST', '/moments/posts', draft)).post;
  }

  async setCover(media_id: number): Promise<PostMedia> {
    return (await this.#send<{ cover: PostMedia }>('PUT', '/moments/cover', { media_id })).cover;
  }

  async removeCover(): Promise<void> {
    await this.#send('DELETE', '/moments/cover');
  }

  async narrow(id: number, audience: Audience): Promise<Post> {
    return (await this.#send<{ post: Post }>('PATCH', `/moments/posts/${id}`, audience)).post;
  }

  async remove(id: number): Promise<void> {
    await this.#send('DELETE', `/moments/posts/${id}`);
  }

  async like(id: number): Promise<Post> {
    return (await this.#send<{ post: Post }>('PUT', `/moments/posts/${id}/like`)).post;
  }

  async unlike(id: number): Promise<void> {
    await this.#send('DELETE', `/moments/posts/${id}/like`);
  }

  comments(id: number, before: number, limit: number): Promise<CommentPage> {
    return this.#get(`/moments/posts/${id}/comments`, { before, limit });
  }

  async comment(
    id: number,
    clientKey: string,
    text: string,
    replyTo: number | null,
  ): Promise<Comment> {
    const body = {
      client_key: clientKey,
      text,
      ...(replyTo === null ? {} : { reply_to: replyTo }),
    };
    const answer = await this.#send<{ comment: Comment }>(
      'POST',
      `/moments/posts/${id}/comments`,
      body,
    );
    return answer.comment;
  }

  async removeComment(id: number): Promise<void> {
    await this.#send('DELETE', `/moments/comments/${id}`);
  }

  async mute(id: number, muted: boolean): Promise<void> {
    await this.#send(muted ? 'PUT' : 'DELETE', `/moments/posts/${id}/mute`);
  }

  async report(id: number, reason: ReportReason, note: string): Promise<void> {
    await this.#send('POST', `/moments/posts/${id}/reports`, { reason, note });
  }

  /* Answers whether there is still something new. */
  async seen(upTo: number): Promise<boolean> {
    return (await this.#send<{ new: boolean }>('PUT', '/moments/feed/seen', { up_to: upTo })).new;
  }

  /* With all people, ascending by id. */
  async privacy(): Promise<Privacy> {
    const people: Hiding[] = [];
    for (;;) {
      const page = await this.#get<Privacy & { more: boolean }>('/moments/privacy', {
        after: people.at(-1)?.user.id,
        limit: PAGE,
      });
      people.push(...page.people);
      if (!page.more || page.people.length === 0) return { window: page.window, people };
    }
  }

  async setWindow(window: Window): Promise<void> {
    await this.#send('PUT', '/moments/privacy', { window });
  }

  async hidingOf(userId: number): Promise<Hiding> {
    return (await this.#get<{ privacy: Hiding }>(`/moments/privacy/${userId}`)).privacy;
  }

  async hide(
    userId: number,
    change: Partial<Pick<Hiding, 'hide_mine' | 'hide_theirs'>>,
  ): Promise<Hiding> {
    return (await this.#send<{ privacy: Hiding }>('PUT', `/moments/privacy/${userId}`, change))
      .privacy;
  }

  notifications(before: number | undefined, limit: number): Promise<MomentNotificationPage> {
    return this.#get('/moments/notifications', { before, limit });
  }

  /* Answers how many are unread still. */
  async readNotifications(upTo: number): Promise<number> {
    const answer = await this.#send<{ unread: number }>('PUT', '/moments/notifications/read', {
      up_to: upTo,
    });
    return answer.unread;
  }

  async #get<T>(path: string, query: Record<string, number | undefined> = {}): Promise<T> {
    return (await this.authority.send<T>({ method: 'GET', path, query })).body;
  }

  async #send<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T> {
    return (await this.authority.send<T>({ method, path, ...(body && { body }) })).body;
  }
}
