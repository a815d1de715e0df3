/* A store around a small server, with live connections that the tests hold in their hands. */
import { signal } from '@preact/signals-core';
import type { GroupApi } from '../src/api/groups';
import type { JoiningApi } from '../src/api/joining';
import type { MomentsApi } from '../src/api/moments';
import type { SocialApi } from '../src/api/social';
import { Connection } from '../src/store/connection';
import { ContactBook } from '../src/store/contacts';
import { Conversations } from '../src/store/conversations';
import { Drafts } from '../src/store/drafts';
import { Groups } from '../src/store/groups';
import { History } from '../src/store/history';
import { Joining } from '../src/store/joining';
import { Lead, type Room } from '../src/store/lead';
import { USUAL_WINDOWS } from '../src/store/message_rights';
import { Members } from '../src/store/members';
import { MomentNews } from '../src/store/moment_news';
import { Moments } from '../src/store/moments';
import { NotificationCentre } from '../src/store/notifications';
import { Outbox } from '../src/store/outbox';
import { People } from '../src/store/people';
import { Receipts } from '../src/store/receipts';
import { SyncEngine } from '../src/store/sync';
import { Typing } from '../src/store/typing';
import type { Uploads } from '../src/store/uploads';
import {
  FakeEnvironment,
  FakeServer,
  FakeSockets,
  FakeTimers,
  MemoryCache,
  noNetwork,
  refusal,
} from './fakes';
import { NO_UPLOADS } from './fake_media';

const ME = 1;
const EMPTY_SOCIAL = {
  friends: () => Promise.resolve([]),
  requests: () => Promise.resolve([]),
  blocks: () => Promise.resolve([]),
  notifications: () => Promise.resolve({ notifications: [], unread: 0, more: false }),
} as unknown as SocialApi;

const NO_GROUPS = {
  members: () => Promise.resolve({ members: [], more: false }),
} as unknown as GroupApi;

export type World = ReturnType<typeof makeWorld>;

/* A web server's file that changes with every row; `offered` says whether there is one. */
class FakePollFile {
  offered = false;
  missing = false;
  polls = 0;
  constructor(readonly server: FakeServer) {
    const { sync } = server.chat;
    server.chat.sync = async (etag) => {
      const answer = await sync(etag);
      if (answer) answer.sync.poll_url = this.offered ? '/poll/abc' : null;
      return answer;
    };
  }
  ask(url: string, etag: string | null): Promise<string | null> {
    this.polls += 1;
    if (this.server.down) throw this.server.down;
    if (this.missing || url !== '/poll/abc') throw refusal(404, 'not_found');
    const now = `"${this.server.rows.length}"`;
    return Promise.resolve(etag === now ? null : now);
  }
}

export function makeWorld(
  groupApi: GroupApi = NO_GROUPS,
  server = new FakeServer(ME),
  { room = null, timers = new FakeTimers() }: { room?: Room | null; timers?: FakeTimers } = {},
) {
  const pollFile = new FakePollFile(server);
  server.clock = () => timers.now();
  const sockets = new FakeSockets();
  const environment = new FakeEnvironment();
  const cache = new MemoryCache();
  const lead = new Lead({ name: 'lead', room, environment, timers });
  const connection = new Connection();
  const conversations = new Conversations(ME, cache);
  const history = new History({ chat: server.chat, cache, conversations });
  const drafts = new Drafts({
    chat: server.chat,
    cache,
    timers,
    onHead: (head) => {
      conversations.adoptOwn(head);
    },
  });
  const contacts = new ContactBook({ me: signal(null), social: EMPTY_SOCIAL, cache });
  const receipts = new Receipts({ chat: server.chat, timers, lead });
  const people = new People({ account: { users: () => Promise.resolve([]) }, timers });
  const members = new Members({ groups: groupApi, people, timers });
  let keys = 0;
  const groups = new Groups({
    me: ME,
    groups: groupApi,
    chat: server.chat,
    conversations,
    members,
    receipts,
    newKey: () => `group-${++keys}`,
  });
  const asked = { invitations: 0 };
  const joining = new Joining({
    joining: {
      invitations: () => {
        asked.invitations += 1;
        return Promise.resolve([]);
      },
    } as unknown as JoiningApi,
    groups,
  });
  const notifications = new NotificationCentre({
    social: EMPTY_SOCIAL,
    timers,
    sync: () => {
      engine.sync();
    },
    onNews: () => undefined,
  });
  const momentNews = new MomentNews({} as MomentsApi);
  const moments = new Moments({
    me: () => null,
    api: {} as MomentsApi,
    media: { uploadsApart: () => ({}) as Uploads },
    newKey: () => 'key',
  });
  const arrivals: number[] = [];
  const typing = new Typing({ timers, tell: () => undefined });
  const outbox = new Outbox({
    lead,
    chat: server.chat,
    cache,
    timers,
    newKey: () => `mine-${++keys}`,
    uploads: NO_UPLOADS,
    onSent: async (sent) => {
      const conversation = conversations.get(sent.conversation_id);
      if (conversations.receive(sent) === 'gap' && conversation)
        await history.catchUp(conversation);
    },
  });
  // As the HTTP client does, the world is told whether the server was reached.
  const watched =
    <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        const answer = await work(...args);
        connection.reach.value = 'ok';
        return answer;
      } catch (error) {
        connection.reach.value = error === noNetwork ? 'offline' : 'unavailable';
        throw error;
      }
    };
  const engine = new SyncEngine({
    chat: {
      sync: watched((etag: string | null) => server.chat.sync(etag)),
      liveTicket: watched(() => server.chat.liveTicket()),
      poll: watched((url: string, etag: string | null) => pollFile.ask(url, etag)),
    },
    connection,
    windows: signal(USUAL_WINDOWS),
    outbox,
    environment,
    timers,
    openSocket: sockets.open,
    lead,
    context: {
      me: ME,
      conversations,
      history,
      drafts,
      contacts,
      people,
      members,
      groups,
      joining,
      notifications,
      moments,
      momentNews,
      receipts,
      typing,
      onArrival: ({ seq }) => {
        arrivals.push(seq);
      },
    },
  });
  const live = (seq: number): void => {
    sockets.last.frame({ event: 'message', ...server.rows[seq - 1] });
  };
  const open = async () => {
    const conversation = conversations.get(7);
    if (!conversation) throw new Error('conversation 7 is not known');
    await history.open(conversation);
    return conversation;
  };
  const shown = (): number[] => conversations.get(7)?.stream.value.rows.map(({ seq }) => seq) ?? [];
  return {
    timers,
    server,
    pollFile,
    sockets,
    environment,
    cache,
    connection,
    lead,
    conversations,
    history,
    drafts,
    people,
    members,
    groups,
    joining,
    asked,
    outbox,
    engine,
    arrivals,
    typing,
    notifications,
    live,
    open,
    shown,
  };
}

/* Started, live, and told everything that there is. */
export async function connect(world: World): Promise<void> {
  world.engine.start();
  await world.timers.advance(0);
  world.sockets.last.welcome();
  await world.timers.advance(0);
}
