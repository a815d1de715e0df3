/* social: groups, their members, roles, mutes and announcements. */
import type { User } from './account';
import type { Authority } from './authority';

export type Role = 'owner' | 'admin' | 'member';
export type JoinPolicy = 'open' | 'approval' | 'invitation';

/* What anybody who may find a group is shown of it. */
export interface PublicGroup {
  id: number;
  name: string;
  avatar: string | null; // "emoji:🏔"
  description: string;
  owner_id: number;
  join_policy: JoinPolicy;
  member_count: number;
  member_limit: number;
  created_at: number;
  role: Role | null; // mine, null: I am no member
  request_id?: number; // mine, of one group when it waits for an answer
}

/* What is the same for every member. */
export interface SharedGroup extends Omit<PublicGroup, 'role' | 'request_id'> {
  announcement: string;
  announced_by: number | null;
  announced_at: number | null;
  findable: boolean;
  shares_history: boolean;
  mute_all: boolean;
  changed_seq: number; // the row of its stream that changed it last
  dissolved_at: number | null;
}

/* What I am in it. */
export interface Standing {
  role: Role;
  nickname: string; // '': my own
  muted_until: number;
  announcement_unread: boolean;
}

export type Group = SharedGroup & Standing;

/* The part that stands in the head of its conversation. */
export type GroupHead = Pick<
  SharedGroup,
  | 'id'
  | 'name'
  | 'avatar'
  | 'owner_id'
  | 'join_policy'
  | 'mute_all'
  | 'member_count'
  | 'member_limit'
  | 'changed_seq'
  | 'dissolved_at'
> &
  Standing;

export interface Member {
  user: User;
  role: Role;
  nickname: string;
  joined_at: number;
  muted_until: number;
  online: boolean;
}

export interface NewGroup {
  name: string;
  avatar?: string | null;
  description?: string;
  join_policy?: JoinPolicy;
  member_ids?: number[];
  client_key?: string; // asking again with it makes no second group
}

export type GroupChange = Partial<
  Pick<
    SharedGroup,
    'name' | 'avatar' | 'description' | 'join_policy' | 'findable' | 'shares_history' | 'mute_all'
  >
>;

export type MemberChange =
  { role: 'admin' | 'member' } | { muted_until: number } | { nickname: string };

export interface MemberQuery {
  after?: number;
  role?: Role;
  ids?: string;
  limit?: number;
}

export interface MemberPage {
  members: Member[];
  more: boolean;
}

export interface FoundGroups {
  groups: PublicGroup[];
  more: boolean;
}

export class GroupApi {
  constructor(private readonly authority: Authority) {}

  async create(group: NewGroup): Promise<Group> {
    const answer = await this.authority.send<{ group: Group }>({
      method: 'POST',
      path: '/social/groups',
      body: group,
    });
    return answer.body.group;
  }

  /* Mine, ascending by id. */
  async mine(after: number): Promise<{ groups: Group[]; more: boolean }> {
    const answer = await this.authority.send<{ groups: Group[]; more: boolean }>({
      method: 'GET',
      path: '/social/groups',
      query: { after, limit: 100 },
    });
    return answer.body;
  }

  /* Those behind `after`, the last one that was found already. */
  async search(query: string, after?: number): Promise<FoundGroups> {
    const answer = await this.authority.send<FoundGroups>({
      method: 'GET',
      path: '/social/groups',
      query: { query, after },
    });
    return answer.body;
  }

  async get(id: number): Promise<Group | PublicGroup> {
    const answer = await this.authority.send<{ group: Group | PublicGroup }>({
      method: 'GET',
      path: `/social/groups/${id}`,
    });
    return answer.body.group;
  }

  async change(id: number, change: GroupChange): Promise<Group> {
    const answer = await this.authority.send<{ group: Group }>({
      method: 'PATCH',
      path: `/social/groups/${id}`,
      body: change,
    });
    return answer.body.group;
  }

  async dissolve(id: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/groups/${id}` });
  }

  async members(id: number, query: MemberQuery): Promise<MemberPage> {
    const answer = await this.authority.send<MemberPage>({
      method: 'GET',
      path: `/social/groups/${id}/members`,
      query: { ...query },
    });
    return answer.body;
  }

  /* How many are online, and who (not all of them, when they are many). */
  async presence(id: number): Promise<{ online: number[]; count: number }> {
    const answer = await this.authority.send<{ online: number[]; count: number }>({
      method: 'GET',
      path: `/social/groups/${id}/presence`,
    });
    return answer.body;
  }

  async changeMember(id: number, user: number, change: MemberChange): Promise<void> {
    await this.authority.send({
      method: 'PATCH',
      path: `/social/groups/${id}/members/${user}`,
      body: change,
    });
  }

  /* Removes somebody, or leaves when it is oneself. */
  async removeMember(id: number, user: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/social/groups/${id}/members/${user}` });
  }

  async transfer(id: number, user: number): Promise<void> {
    await this.authority.send({
      method: 'PUT',
      path: `/social/groups/${id}/owner`,
      body: { user_id: user },
    });
  }

  async announce(id: number, text: string): Promise<void> {
    await this.authority.send({
      method: 'PUT',
      path: `/social/groups/${id}/announcement`,
      body: { text },
    });
  }

  async readAnnouncement(id: number): Promise<void> {
    await this.authority.send({
      method: 'PUT',
      path: `/social/groups/${id}/announcement/read`,
      body: {},
    });
  }
}
