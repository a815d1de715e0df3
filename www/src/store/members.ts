/* Who is in which group, as far as it was looked at: names for what is said there, and the pages
 * of a member list.  Rows of the stream that change members are applied as they come; whatever was
 * missed shows in the group's changed_seq, and is fetched again. */
import { signal, type Signal } from '@preact/signals-core';
import type { GroupApi, Member, MemberPage, MemberQuery, Role } from '../api/groups';
import type { Message } from '../api/chat';
import type { Timers } from './environment';
import type { People } from './people';

/* null: asked for, and no member (any more). */
export type Known = ReadonlyMap<number, Member | null>;

interface Group {
  readonly known: Signal<Known>;
  readonly wanted: Set<number>;
  seq: number; // what is known is as of this row
}

export interface MembersOptions {
  groups: Pick<GroupApi, 'members'>;
  people: People;
  timers: Timers;
}

const GATHER_MS = 20;
const MOST_AT_ONCE = 100;

export class Members {
  readonly #options: MembersOptions;
  readonly #groups = new Map<number, Group>();

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  of(group: number): Signal<Known> {
    return this.#of(group).known;
  }

  /* Fetches those who are not known as of this change of the group, soon. */
  need(id: number, changedSeq: number, users: Iterable<number>): void {
    const group = this.#of(id);
    const stale = changedSeq > group.seq;
    if (stale) group.seq = changedSeq;
    const idle = group.wanted.size === 0;
    const known = group.known.peek();
    for (const user of stale ? new Set([...users, ...known.keys()]) : users)
      if (stale || !known.has(user)) group.wanted.add(user);
    if (group.wanted.size === 0 || !idle) return;
    this.#options.timers.after(GATHER_MS, () => {
      void this.#fetch(id, group);
    });
  }

  /* One page of the list of members. */
  async page(id: number, query: MemberQuery): Promise<MemberPage> {
    const page = await this.#options.groups.members(id, query);
    this.#put(this.#of(id), page.members);
    return page;
  }

  /* The next row of the stream, when nothing before it is missing. */
  apply(message: Message): void {
    const group = this.#groups.get(message.conversation_id);
    if (!group || message.kind !== 'system' || message.body === null) return;
    group.seq = Math.max(group.seq, message.seq);
    const change = CHANGES[String(message.body['event'])];
    if (!change) return;
    const known = new Map(group.known.peek());
    change(known, message.body, message.sender_id);
    group.known.value = known;
  }

  forget(id: number): void {
    this.#groups.delete(id);
  }

  #of(id: number): Group {
    let group = this.#groups.get(id);
    if (!group) {
      group = { known: signal(new Map()), wanted: new Set(), seq: 0 };
      this.#groups.set(id, group);
    }
    return group;
  }

  async #fetch(id: number, group: Group): Promise<void> {
    const ids = [...group.wanted].slice(0, MOST_AT_ONCE);
    try {
      const query = { ids: ids.join(','), limit: MOST_AT_ONCE };
      const { members } = await this.#options.groups.members(id, query);
      this.#put(group, members, ids);
      for (const user of ids) group.wanted.delete(user);
      const there = new Set(members.map(({ user }) => user.id));
      this.#options.people.need(ids.filter((user) => !there.has(user)));
    } catch {
      group.wanted.clear(); // whoever needs them asks again
      this.#options.people.need(ids); // in a group that I left, names have to do
      return;
    }
    if (group.wanted.size > 0) await this.#fetch(id, group);
  }

  #put(group: Group, members: readonly Member[], asked: readonly number[] = []): void {
    const known = new Map(group.known.peek());
    for (const user of asked) known.set(user, null);
    for (const member of members) known.set(member.user.id, member);
    group.known.value = known;
    this.#options.people.put(members.map(({ user }) => user));
  }
}

type Body = Record<string, unknown>;

/* What the rows of a group's stream do to its members. */
const CHANGES: Record<string, (known: Map<number, Member | null>, body: Body, by: number) => void> =
  {
    role: (known, body) => {
      change(known, body['user_id'], { role: body['role'] as Role });
    },
    muted: (known, body) => {
      change(known, body['user_id'], { muted_until: Number(body['until']) });
    },
    nickname: (known, body) => {
      change(known, body['user_id'], { nickname: String(body['nickname']) });
    },
    owner: (known, body, by) => {
      change(known, by, { role: 'admin' });
      change(known, body['user_id'], { role: 'owner' });
    },
    removed: leave,
    left: leave,
    joined: (known, body) => {
      for (const id of usersOf(body)) if (known.get(id) === null) known.delete(id);
    },
  };

function change(known: Map<number, Member | null>, id: unknown, part: Partial<Member>): void {
  const member = known.get(Number(id));
  if (member) known.set(member.user.id, { ...member, ...part });
}

/* More of them than a row names: nobody is known any more. */
function leave(known: Map<number, Member | null>, body: Body): void {
  const ids = usersOf(body);
  if (Number(body['count']) > ids.length) known.clear();
  for (const id of ids) known.set(id, null);
}

function usersOf(body: Body): number[] {
  const ids = body['user_ids'];
  return Array.isArray(ids) ? ids.map(Number) : [];
}
