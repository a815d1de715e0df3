/* social: how people come into groups: requests, invitations and links. */
import type { User } from './account';
import type { Authority } from './authority';
import type { Group, PublicGroup } from './groups';
import type { Http } from './http';

export type JoinStatus = 'pending' | 'accepted' | 'declined' | 'withdrawn' | 'expired';

export interface JoinRequest {
  id: number;
  group_id: number;
  user: User | null; // who would become a member; null: gone
  inviter: User | null; // the member who proposed it
  awaits: 'admins' | 'user';
  message: string;
  status: JoinStatus;
  created_at: number;
  answered_at: number | null;
}

export interface Invitation {
  id: number; // of its request
  group: PublicGroup;
  inviter: User | null;
  created_at: number;
}

export interface GroupLink {
  id: number;
  token: string;
  path: string; // "#/join/<token>"
  creator?: User | null;
  created_at: number;
  expires_at: number | null;
  max_uses: number | null;
  uses: number;
  revoked_at: number | null;
}

export interface NewLink {
  expires_in: number | null; // seconds
  max_uses?: number;
}

/* What became of those who were invited: members, or to be answered by somebody. */
export interface Invited {
  added: number[];
  pending: number[];
}

/* Where a link leads. */
export interface LinkTarget {
  group: PublicGroup;
  member?: boolean;
}

export class JoiningApi {
  constructor(
    private readonly http: Http,
    private readonly authority: Authority,
  ) {}

  async invite(group: number, users: number[]): Promise<Invited> {
    const answer = await this.authority.send<Invited>({
      method: 'POST',
      path: `/social/groups/${group}/members`,
      body: { user_ids: users },
    });
    return answer.body;
  }

  async ask(group: number, message: string): Promise<JoinRequest> {
    const answer = await this.authority.send<{ request: JoinRequest }>({
      method: 'POST',
      path: `/social/groups/${group}/join-requests`,
      body: { message },
    });
    return answer.body.request;
  }

  async withdraw(group: number, request: number): Promise<void> {
    await this.authority.send({
      method: 'DELETE',
      path: `/social/groups/${group}/join-requests/${request}`,
    });
  }

  /* Those that wait for the group's owner and administrators, newest first. */
  async requests(group: number): Promise<JoinRequest[]> {
    const answer = await this.authority.send<{ requests: JoinRequest[] }>({
      method: 'GET',
      path: `/social/groups/${group}/join-requests`,
      query: { limit: 100 },
    });
    return answer.body.requests;
  }

  async answer(
    group: number,
    request: number,
    status: 'accepted' | 'declined',
  ): Promise<JoinRequest> {
    const answer = await this.authority.send<{ request: JoinRequest }>({
      method: 'PUT',
      path: `/social/groups/${group}/join-requests/${request}`,
      body: { status },
    });
    return answer.body.request;
  }

  /* Those that wait for me. */
  async invitations(): Promise<Invitation[]> {
    const answer = await this.authority.send<{ invitations: Invitation[] }>({
      method: 'GET',
      path: '/social/group-invitations',
      query: { limit: 100 },
    });
    return answer.body.invitations;
  }

  /* All of them, newest first: one that leads in must not be hidden behind those that came later. */
  async links(group: number): Promise<GroupLink[]> {
    const all: GroupLink[] = [];
    for (;;) {
      const answer = await this.authority.send<{ links: GroupLink[]; more: boolean }>({
        method: 'GET',
        path: `/social/groups/${group}/links`,
        query: { limit: 100, before: all.at(-1)?.id },
      });
      all.push(...answer.body.links);
      if (!answer.body.more || answer.body.links.length === 0) return all;
    }
  }

  async addLink(group: number, link: NewLink): Promise<GroupLink> {
    const answer = await this.authority.send<{ link: GroupLink }>({
      method: 'POST',
      path: `/social/groups/${group}/links`,
      body: link,
    });
    return answer.body.link;
  }

  async revokeLink(group: number, link: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/groups/${group}/links/${link}` });
  }

  /* Also for those who are not logged in yet. */
  async preview(token: string, loggedIn: boolean): Promise<LinkTarget> {
    const request = { method: 'GET', path: `/social/group-links/${token}` } as const;
    const sender = loggedIn ? this.authority : this.http;
    return (await sender.send<LinkTarget>(request)).body;
  }

  async join(token: string): Promise<Group> {
    const answer = await this.authority.send<{ group: Group }>({
      method: 'POST',
      path: `/social/group-links/${token}/join`,
      body: {},
    });
    return answer.body.group;
  }
}
