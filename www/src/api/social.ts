/* social: friends, friend requests, blocks and notifications. */
import type { User } from './account';
import type { Authority } from './authority';

export interface Friend {
  user: User;
  remark: string;
  tags: string[];
  since: number;
  online: boolean;
  last_seen_at: number | null;
}

/* What I keep about a friend, for myself alone. */
export type FriendNote = Pick<Friend, 'remark' | 'tags'>;

export type RequestStatus = 'pending' | 'accepted' | 'declined' | 'withdrawn' | 'expired';
export type RequestAnswer = 'accepted' | 'declined';
export type RequestBox = 'in' | 'out';

export interface FriendRequest {
  id: number;
  from: User;
  to: User;
  message: string;
  status: RequestStatus;
  created_at: number;
  answered_at: number | null;
}

export interface Block {
  user: User;
  created_at: number;
}

/* What a notification is about; which of these are there depends on its kind. */
export interface Subject {
  request_id?: number;
  group_id?: number;
  conversation_id?: number;
  seq?: number;
  name?: string; // of the group
  role?: 'owner' | 'admin' | 'member';
  status?: RequestStatus;
  text?: string;
  post_id?: number; // of moments
  removed?: boolean;
}

export interface Notification {
  id: number;
  kind: string;
  actor: User | null;
  subject: Subject | null;
  created_at: number;
  read: boolean;
}

export interface NotificationPage {
  notifications: Notification[]; // newest first
  unread: number; // of all there are
  more: boolean;
}

const PAGE = 100;

export class SocialApi {
  constructor(private readonly authority: Authority) {}

  async friends(): Promise<Friend[]> {
    const answer = await this.authority.send<{ friends: Friend[] }>({
      method: 'GET',
      path: '/social/friends',
    });
    return answer.body.friends;
  }

  async changeFriend(userId: number, note: Partial<FriendNote>): Promise<Friend> {
    const answer = await this.authority.send<{ friend: Friend }>({
      method: 'PATCH',
      path: `/social/friends/${userId}`,
      body: note,
    });
    return answer.body.friend;
  }

  async deleteFriend(userId: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/friends/${userId}` });
  }

  /* The latest ones, newest first. */
  async requests(box: RequestBox): Promise<FriendRequest[]> {
    const answer = await this.authority.send<{ requests: FriendRequest[] }>({
      method: 'GET',
      path: '/social/friend-requests',
      query: { box, limit: PAGE },
    });
    return answer.body.requests;
  }

  async ask(userId: number, message: string, remark: string): Promise<FriendRequest> {
    const answer = await this.authority.send<{ request: FriendRequest }>({
      method: 'POST',
      path: '/social/friend-requests',
      body: { user_id: userId, message, ...(remark === '' ? {} : { remark }) },
    });
    return answer.body.request;
  }

  async answer(requestId: number, status: RequestAnswer): Promise<FriendRequest> {
    const answer = await this.authority.send<{ request: FriendRequest }>({
      method: 'PUT',
      path: `/social/friend-requests/${requestId}`,
      body: { status },
    });
    return answer.body.request;
  }

  async withdraw(requestId: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/friend-requests/${requestId}` });
  }

  /* All of them, ascending by the person's id. */
  async blocks(): Promise<Block[]> {
    const all: Block[] = [];
    for (;;) {
      const after = all.at(-1)?.user.id;
      const answer = await this.authority.send<{ blocks: Block[]; more: boolean }>({
        method: 'GET',
        path: '/social/blocks',
        query: { limit: PAGE, after },
      });
      all.push(...answer.body.blocks);
      if (!answer.body.more || answer.body.blocks.length === 0) return all;
    }
  }

  async block(userId: number): Promise<Block> {
    const answer = await this.authority.send<{ block: Block }>({
      method: 'PUT',
      path: `/social/blocks/${userId}`,
    });
    return answer.body.block;
  }

  async unblock(userId: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/blocks/${userId}` });
  }

  /* The newest ones, or those older than `before`. */
  async notifications(before: number | undefined, limit: number): Promise<NotificationPage> {
    const answer = await this.authority.send<NotificationPage>({
      method: 'GET',
      path: '/social/notifications',
      query: { before, limit },
    });
    return answer.body;
  }

  /* Answers how many are unread still. */
  async readNotifications(upTo: number): Promise<number> {
    const answer = await this.authority.send<{ unread: number }>({
      method: 'PUT',
      path: '/social/notifications/read',
      body: { up_to: upTo },
    });
    return answer.body.unread;
  }
}
