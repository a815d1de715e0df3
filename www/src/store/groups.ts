/* The groups of this person: what is only shown on their own page, and everything that can be
 * done to them.  What all lists show stands in the heads of the conversations. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { ChatApi } from '../api/chat';
import { ApiError } from '../api/errors';
import type {
  FoundGroups,
  Group,
  GroupApi,
  GroupChange,
  MemberChange,
  NewGroup,
  PublicGroup,
  SharedGroup,
} from '../api/groups';
import type { Conversation, Conversations } from './conversations';
import type { Members } from './members';
import type { Receipts } from './receipts';

export interface GroupsOptions {
  me: number;
  groups: GroupApi;
  chat: Pick<ChatApi, 'conversation'>;
  conversations: Conversations;
  members: Members;
  receipts: Pick<Receipts, 'forget'>;
  newKey: () => string;
}

export class Groups {
  /* All of a group, once its page was opened. */
  readonly details: Signal<ReadonlyMap<number, Group>> = signal(new Map());
  /* Those I am in and that were not dissolved. */
  readonly mine: ReadonlySignal<Conversation[]> = computed(() =>
    [...this.#options.conversations.all.value.values()].filter(
      ({ head }) => head.value.group?.dissolved_at === null,
    ),
  );
  readonly #options: GroupsOptions;
  /* What was asked for last, and perhaps not answered. */
  #founding = { draft: '', key: '' };

  constructor(options: GroupsOptions) {
    this.#options = options;
  }

  /* As the server has it; a group that I am not in is not kept. */
  async load(id: number): Promise<Group | PublicGroup> {
    const group = await this.#options.groups.get(id);
    if ('changed_seq' in group) this.#adopt(group);
    return group;
  }

  search(query: string, after?: number): Promise<FoundGroups> {
    return this.#options.groups.search(query, after);
  }

  async create(group: NewGroup): Promise<number> {
    const draft = JSON.stringify(group);
    if (draft !== this.#founding.draft) this.#founding = { draft, key: this.#options.newKey() };
    const made = await this.#options.groups.create({ ...group, client_key: this.#founding.key });
    this.#founding = { draft: '', key: '' };
    this.#adopt(made);
    await this.enter(made.id);
    return made.id;
  }

  /* I came into a group: its conversation is there from now on. */
  async enter(id: number): Promise<Conversation> {
    const { chat, conversations } = this.#options;
    const head = await chat.conversation(id);
    if (conversations.departures.isPast(head))
      throw new ApiError(403, 'not_a_member', 'I was removed while this was on its way.');
    return conversations.adopt(head);
  }

  /* Also those that are hidden from the list of conversations. */
  async findMine(): Promise<void> {
    const { groups, conversations } = this.#options;
    for (let after = 0, more = true; more;) {
      const page = await groups.mine(after);
      for (const { id } of page.groups) if (!conversations.get(id)) await this.enter(id);
      after = page.groups.at(-1)?.id ?? after;
      more = page.more && page.groups.length > 0;
    }
  }

  async change(id: number, change: GroupChange): Promise<void> {
    this.#adopt(await this.#options.groups.change(id, change));
  }

  async dissolve(id: number): Promise<void> {
    await this.#options.groups.dissolve(id);
    await this.#refresh(id);
  }

  async leave(id: number): Promise<void> {
    this.#options.receipts.forget(id);
    await this.#options.groups.removeMember(id, this.#options.me);
    this.left(id);
  }

  async remove(id: number, user: number): Promise<void> {
    await this.#options.groups.removeMember(id, user);
    await this.#refresh(id);
  }

  async changeMember(id: number, user: number, change: MemberChange): Promise<void> {
    await this.#options.groups.changeMember(id, user, change);
    if (user === this.#options.me && 'nickname' in change)
      this.#options.conversations.stand(id, change);
    await this.#refresh(id);
  }

  async transfer(id: number, user: number): Promise<void> {
    await this.#options.groups.transfer(id, user);
    this.#options.conversations.stand(id, { role: 'admin', owner_id: user });
    await this.#refresh(id);
  }

  async announce(id: number, text: string): Promise<void> {
    await this.#options.groups.announce(id, text);
    await this.#refresh(id);
  }

  async readAnnouncement(id: number): Promise<void> {
    this.#options.conversations.stand(id, { announcement_unread: false });
    await this.#options.groups.readAnnouncement(id);
  }

  presence(id: number): Promise<{ online: number[]; count: number }> {
    return this.#options.groups.presence(id);
  }

  /* A change that all members were told of; one of a group that is not known here brings it. */
  async changed(shared: SharedGroup): Promise<void> {
    const { conversations } = this.#options;
    if (!conversations.get(shared.id)) {
      await this.enter(shared.id).catch(() => undefined); // I may have left it meanwhile
      return;
    }
    conversations.regroup(shared);
    const known = this.details.peek().get(shared.id);
    if (known && shared.changed_seq >= known.changed_seq)
      this.details.value = new Map(this.details.peek()).set(shared.id, { ...known, ...shared });
  }

  /* I am in it no longer, as of a row of its stream; without one, as of what is known of it.
   * false: I have come back since. */
  left(id: number, seq?: number): boolean {
    const { conversations } = this.#options;
    const known = conversations.get(id)?.head.peek().group?.changed_seq ?? 0;
    if (seq !== undefined && known > seq) return false;
    this.#options.receipts.forget(id);
    conversations.leave(id, seq ?? known);
    this.#options.members.forget(id);
    const details = new Map(this.details.peek());
    if (details.delete(id)) this.details.value = details;
    return true;
  }

  /* After a change of mine: the live event may be late, or there is none at all. */
  async #refresh(id: number): Promise<void> {
    try {
      await this.load(id);
    } catch (error) {
      if (error instanceof ApiError && [403, 404].includes(error.status)) this.left(id);
    }
  }

  #adopt(group: Group): void {
    const known = this.details.peek().get(group.id);
    if (known && known.changed_seq > group.changed_seq) return;
    this.details.value = new Map(this.details.peek()).set(group.id, group);
    this.#options.conversations.regroup(group);
  }
}
