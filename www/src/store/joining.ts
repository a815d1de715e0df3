/* Who wants to come into which group: requests that wait for me as its administrator, and
 * invitations that wait for my own answer. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type {
  GroupLink,
  Invitation,
  Invited,
  JoiningApi,
  JoinRequest,
  LinkTarget,
  NewLink,
} from '../api/joining';
import { ApiError } from '../api/errors';
import type { Notification } from '../api/social';
import { may } from './group_rights';
import type { Groups } from './groups';

export interface JoiningOptions {
  joining: JoiningApi;
  groups: Groups;
}

type Answer = 'accepted' | 'declined';

const INVITATIONS = 0; // no group's id

export class Joining {
  /* Per group that I looked at as its owner or administrator. */
  readonly requests: Signal<ReadonlyMap<number, readonly JoinRequest[]>> = signal(new Map());
  /* An event may have brought a group before the answer of mine that it followed is back. */
  readonly invitations: ReadonlySignal<readonly Invitation[]> = computed(() => {
    const mine = new Set(this.#options.groups.mine.value.map(({ id }) => id));
    return this.#received.value.filter(({ group }) => !mine.has(group.id));
  });
  readonly #received: Signal<readonly Invitation[]> = signal([]);
  readonly #options: JoiningOptions;
  readonly #asked = new Map<number, number>(); // how often each list was asked for

  constructor(options: JoiningOptions) {
    this.#options = options;
  }

  invite(group: number, users: number[]): Promise<Invited> {
    return this.#options.joining.invite(group, users);
  }

  /* Asks to come in; at once, where that needs nobody's answer. */
  async ask(group: number, message: string): Promise<JoinRequest> {
    const request = await this.#options.joining.ask(group, message);
    if (request.status === 'accepted') await this.#options.groups.enter(group);
    return request;
  }

  withdraw(group: number, request: number): Promise<void> {
    return this.#options.joining.withdraw(group, request);
  }

  loadRequests(group: number): Promise<void> {
    return this.#latest(
      group,
      () => this.#options.joining.requests(group),
      (requests) => {
        this.#set(group, requests);
      },
    );
  }

  async answer(group: number, request: number, status: Answer): Promise<void> {
    try {
      await this.#options.joining.answer(group, request, status);
    } catch (error) {
      if (!isOver(error)) throw error; // another administrator was faster
    }
    this.#set(
      group,
      (this.requests.peek().get(group) ?? []).filter(({ id }) => id !== request),
    );
  }

  loadInvitations(): Promise<void> {
    return this.#latest(
      INVITATIONS,
      () => this.#options.joining.invitations(),
      (invitations) => {
        this.#received.value = invitations;
      },
    );
  }

  async answerInvitation({ id, group }: Invitation, status: Answer): Promise<void> {
    try {
      await this.#options.joining.answer(group.id, id, status);
      if (status === 'accepted') await this.#options.groups.enter(group.id);
    } catch (error) {
      if (!isOver(error)) throw error;
    }
    this.#received.value = this.#received.peek().filter((other) => other.id !== id);
  }

  links(group: number): Promise<GroupLink[]> {
    return this.#options.joining.links(group);
  }

  addLink(group: number, link: NewLink): Promise<GroupLink> {
    return this.#options.joining.addLink(group, link);
  }

  revokeLink(group: number, link: number): Promise<void> {
    return this.#options.joining.revokeLink(group, link);
  }

  preview(token: string): Promise<LinkTarget> {
    return this.#options.joining.preview(token, true);
  }

  async join(token: string): Promise<number> {
    const { id } = await this.#options.joining.join(token);
    await this.#options.groups.enter(id);
    return id;
  }

  /* Something happened that is of interest here; what could not be fetched comes the next time. */
  notified(news: Pick<Notification, 'kind' | 'subject'> | null): void {
    if (news === null) return this.refresh(); // nobody knows what
    const { kind, subject } = news;
    const group = (subject as { group_id?: unknown } | null)?.group_id;
    if (typeof group !== 'number') return;
    if (kind === 'group_request') void this.loadRequests(group).catch(() => undefined);
    if (kind === 'group_invitation') this.invitationsChanged();
  }

  /* Something may have happened of which nobody told. */
  refresh(): void {
    this.invitationsChanged();
    for (const { id, head } of this.#options.groups.mine.peek())
      if (may(head.peek().group?.role ?? 'member', 'answer_requests')) this.requestsChanged(id);
  }

  invitationsChanged(): void {
    void this.loadInvitations().catch(() => undefined);
  }

  /* Where nobody has looked yet there is nothing to be put right. */
  requestsChanged(group: number): void {
    if (this.requests.peek().has(group)) void this.loadRequests(group).catch(() => undefined);
  }

  /* What was asked for last holds, whichever answer comes last. */
  async #latest<List>(list: number, ask: () => Promise<List>, adopt: (now: List) => void) {
    const turn = (this.#asked.get(list) ?? 0) + 1;
    this.#asked.set(list, turn);
    const now = await ask();
    if (this.#asked.get(list) === turn) adopt(now);
  }

  #set(group: number, requests: readonly JoinRequest[]): void {
    this.requests.value = new Map(this.requests.peek()).set(group, requests);
  }
}

/* It was answered elsewhere, withdrawn, or its group is gone. */
function isOver(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    ['already_answered', 'not_found', 'already_member'].includes(error.code)
  );
}
