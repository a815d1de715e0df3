/* Everything of one logged-in person, put together. */
import { computed, signal, type Signal } from '@preact/signals-core';
import type { Api } from '../api';
import type { Me, ProfileChange, User } from '../api/account';
import type { ConversationChange, Message, SearchPage, SearchRange } from '../api/chat';
import type { Notification } from '../api/social';
import { Apart } from './apart';
import type { Cache, Snapshot } from './cache';
import { Composing } from './composing';
import type { Connection } from './connection';
import { ContactBook, type Presence } from './contacts';
import { Conversations, type Conversation } from './conversations';
import { Devices } from './devices';
import { Drafts } from './drafts';
import type { Environment } from './environment';
import { Forwards } from './forwards';
import { Groups } from './groups';
import { History } from './history';
import { Joining } from './joining';
import { Lead } from './lead';
import { MediaStore } from './media';
import { Members } from './members';
import { MessageActions } from './message_actions';
import { USUAL_WINDOWS, type Windows } from './message_rights';
import { MomentNews } from './moment_news';
import { Moments } from './moments';
import { Names } from './names';
import { NotificationCentre } from './notifications';
import { followOpenness } from './openness';
import { Outbox } from './outbox';
import { People } from './people';
import { Reactions } from './reactions';
import { Receipts } from './receipts';
import { SyncEngine } from './sync';
import { Typing } from './typing';
import type { World } from './world';

export class UserStore {
  readonly me: Signal<Me | null>;
  readonly conversations: Conversations;
  readonly history: History;
  readonly contacts: ContactBook;
  readonly devices: Devices;
  readonly people: People;
  readonly members: Members;
  readonly groups: Groups;
  readonly joining: Joining;
  readonly names: Names;
  readonly notifications: NotificationCentre;
  readonly moments: Moments;
  readonly momentNews: MomentNews;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly media: MediaStore;
  readonly apart: Apart;
  readonly actions: MessageActions;
  readonly forwards: Forwards;
  readonly reactions: Reactions;
  readonly composing = new Composing();
  readonly typing: Typing;
  readonly connection: Connection;
  readonly environment: Environment;
  /* How many people and groups wait for an answer of mine. */
  readonly waiting = computed(
    () => this.contacts.pending.value + this.joining.invitations.value.length,
  );
  /* How long one may change one's mind about a message. */
  readonly windows: Signal<Windows> = signal(USUAL_WINDOWS);
  /* The newest row that came live from somebody else. */
  readonly arrival: Signal<Message | null> = signal(null);
  readonly #api: Api;
  readonly #cache: Cache;
  readonly #receipts: Receipts;
  readonly #engine: SyncEngine;
  #unfollow: () => void = () => undefined;

  constructor(
    readonly id: number,
    api: Api,
    world: World,
    cache: Cache,
  ) {
    const { timers, environment, room, newKey, exclusive } = world;
    const lead = new Lead({ name: `hichat.lead.${id}`, room, environment, timers });
    this.me = signal(null);
    this.connection = world.connection;
    this.environment = environment;
    this.#api = api;
    this.#cache = cache;
    this.conversations = new Conversations(id, cache);
    this.history = new History({ chat: api.chat, cache, conversations: this.conversations });
    this.contacts = new ContactBook({ me: this.me, social: api.social, cache });
    this.#receipts = new Receipts({ chat: api.chat, timers, lead });
    this.devices = new Devices(api);
    this.people = new People({ account: api.account, timers });
    this.members = new Members({ groups: api.groups, people: this.people, timers });
    this.groups = new Groups({
      me: id,
      groups: api.groups,
      chat: api.chat,
      conversations: this.conversations,
      members: this.members,
      receipts: this.#receipts,
      newKey,
    });
    this.joining = new Joining({ joining: api.joining, groups: this.groups });
    this.names = new Names(this, world.goneName);
    this.notifications = new NotificationCentre({
      social: api.social,
      timers,
      sync: () => {
        this.#engine.sync();
      },
      onNews: (notification) => {
        this.#news(notification);
      },
    });
    const outbox = (): Outbox => this.outbox;
    this.media = new MediaStore({ media: api.media, cache, timers, newKey, exclusive, outbox });
    const me = (): Me | null => this.me.peek();
    this.moments = new Moments({ me, api: api.moments, newKey, media: this.media });
    this.momentNews = new MomentNews(api.moments);
    this.drafts = new Drafts({
      chat: api.chat,
      cache,
      timers,
      onHead: (head) => {
        this.conversations.adoptOwn(head);
      },
    });
    const onSent = (message: Message): Promise<void> => this.#sent(message);
    const { uploads } = this.media;
    this.outbox = new Outbox({ lead, chat: api.chat, cache, timers, newKey, uploads, onSent });
    const { chat, messages } = api;
    this.forwards = new Forwards({ messages, newKey, onSent });
    const { conversations } = this;
    this.apart = new Apart({ me: id, chat, messages });
    this.actions = new MessageActions({ me: id, messages, conversations, timers });
    this.reactions = new Reactions({ me: id, messages, conversations, timers });
    this.typing = new Typing({
      timers,
      tell: (conversation) => {
        if (this.me.peek()?.sends_typing) this.#engine.typing(conversation);
      },
    });
    this.#engine = new SyncEngine({
      chat: api.chat,
      connection: world.connection,
      windows: this.windows,
      outbox: this.outbox,
      environment,
      timers,
      lead,
      openSocket: world.openSocket,
      context: {
        me: id,
        conversations: this.conversations,
        history: this.history,
        drafts: this.drafts,
        contacts: this.contacts,
        people: this.people,
        groups: this.groups,
        members: this.members,
        joining: this.joining,
        notifications: this.notifications,
        moments: this.moments,
        momentNews: this.momentNews,
        receipts: this.#receipts,
        typing: this.typing,
        onArrival: (message) => {
          this.arrival.value = message;
        },
      },
    });
  }

  start(me: Me, snapshot: Snapshot): void {
    this.#adopt(me);
    this.conversations.restore(snapshot.heads);
    if (snapshot.contacts) this.contacts.restore(snapshot.contacts);
    this.drafts.restore(snapshot.drafts);
    this.#engine.start();
    this.#unfollow = followOpenness({
      me: this.me,
      onReceipts: () => {
        this.#engine.sync();
      },
      onPresence: () => void this.contacts.refresh(),
    });
    this.media.restore(snapshot.uploads, snapshot.outbox);
    this.outbox.restore(snapshot.outbox);
  }

  /* Nothing is asked or told any more; what is cached goes when the person leaves for good. */
  async stop(forget: boolean): Promise<void> {
    this.#engine.stop();
    this.#unfollow();
    this.outbox.stop();
    this.media.stop();
    this.drafts.stop();
    this.#receipts.stop();
    this.notifications.stop();
    if (forget) await this.#cache.destroy();
  }

  /* The name this person uses for that one. */
  nameOf(user: User): string {
    return this.names.of(user);
  }

  /* Nothing while we are cut off: what was true then may not be any more. */
  presenceOf(userId: number): Presence | undefined {
    if (this.connection.state.value === 'offline') return undefined;
    return this.contacts.presence.value.get(userId);
  }

  /* The person has seen this conversation up to a row. */
  read(conversation: number, seq: number): void {
    if (this.conversations.read(conversation, seq)) this.#receipts.read(conversation, seq);
  }

  /* Changes something of a conversation for this person, on all their devices. */
  async change(conversation: number, change: ConversationChange): Promise<void> {
    this.conversations.adoptOwn(await this.#api.chat.change(conversation, change));
  }

  /* One that the list does not have. */
  async find(conversation: number): Promise<void> {
    this.conversations.adopt(await this.#api.chat.conversation(conversation));
  }

  /* All of it, without a look. */
  markRead(conversation: Conversation): void {
    this.read(conversation.id, conversation.head.peek().last_seq);
    this.unmark(conversation);
  }

  /* It is looked at: what marked it as unread by hand has done its work. */
  unmark(conversation: Conversation): void {
    if (!conversation.head.peek().marked_unread) return;
    void this.change(conversation.id, { marked_unread: false }).catch(() => undefined);
  }

  async openWith(user: User): Promise<Conversation> {
    const known = this.conversations.withUser(user.id);
    if (known && !known.head.peek().hidden) return known;
    return this.conversations.adopt(await this.#api.chat.open(user.id));
  }

  search(query: string): Promise<User[]> {
    return this.#api.account.search(query);
  }

  searchMessages(query: string, range: SearchRange): Promise<SearchPage> {
    return this.#api.chat.search(query, range);
  }

  /* Shows a message where it was said, in a conversation that may be hidden from the list. */
  async goTo(conversation: number, seq: number): Promise<void> {
    if (!this.conversations.get(conversation)) await this.find(conversation);
    this.history.place.value = { conversation, seq };
  }

  /* Who sees what of whose posts. */
  get privacy(): Pick<Api['moments'], 'privacy' | 'setWindow' | 'hidingOf'> {
    return this.#api.moments;
  }

  user(id: number): Promise<User> {
    return this.#api.account.user(id);
  }

  async changeProfile(change: ProfileChange): Promise<void> {
    this.#adopt(await this.#api.account.change(change));
  }

  /* The profile as the server has it, after a start from the cache. */
  async refreshMe(): Promise<void> {
    this.#adopt(await this.#api.account.me());
  }

  /* Brings what a notification is about; null: it could be anything. */
  #news(notification: Notification | null): void {
    if (notification === null || notification.kind.startsWith('friend_'))
      void this.contacts.refresh();
    this.joining.notified(notification);
  }

  #adopt(me: Me): void {
    this.me.value = me;
    this.#cache.putMe(me);
  }

  async #sent(message: Message): Promise<void> {
    if (this.conversations.receive(message) !== 'gap') return;
    const conversation = this.conversations.get(message.conversation_id);
    if (conversation) await this.history.catchUp(conversation);
  }
}
