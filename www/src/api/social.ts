/* social: friends, friend requests and notifications. */
import type { User } from './account';
import type { Authority } from './authority';

export interface Friend {
  user: User;
  remark: string;
  since: number;
  online: boolean;
  last_seen_at: number | null;
}

export type RequestStatus = 'pending' | 'accepted' | 'declined';
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

export interface Notification {
  id: number;
  kind: string;
  actor: User | null;
  subject: unknown;
  created_at: number;
  read: boolean;
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

  /* The latest ones, newest first. */
  async requests(box: RequestBox): Promise<FriendRequest[]> {
    const answer = await this.authority.send<{ requests: FriendRequest[] }>({
      method: 'GET',
      path: '/social/friend-requests',
      query: { box, limit: PAGE },
    });
    return answer.body.requests;
  }

  async ask(userId: number, message: string): Promise<FriendRequest> {
    const answer = await this.authority.send<{ request: FriendRequest }>({
      method: 'POST',
      path: '/social/friend-requests',
      body: { user_id: userId, message },
    });
    return answer.body.request;
  }

  async answer(requestId: number, status: 'accepted' | 'declined'): Promise<FriendRequest> {
    const answer = await this.authority.send<{ request: FriendRequest }>({
      method: 'PUT',
      path: `/social/friend-requests/${requestId}`,
      body: { status },
    });
    return answer.body.request;
  }

  /* Newest first. */
  async notifications(): Promise<Notification[]> {
    const answer = await this.authority.send<{ notifications: Notification[] }>({
      method: 'GET',
      path: '/social/notifications',
      query: { limit: PAGE },
    });
    return answer.body.notifications;
  }

  async readNotifications(upTo: number): Promise<void> {
    await this.authority.send({
      method: 'PUT',
      path: '/social/notifications/read',
      body: { up_to: upTo },
    });
  }
}
