/* What each live event means: one row of the table per name.  Unknown names are ignored, so that
 * an older page goes on working beside a newer server. */
import type { ListChanged, LiveEvent } from '../api/live';
import type { ContactBook } from './contacts';
import { isChange } from './changes';
import type { Conversations } from './conversations';
import type { Drafts } from './drafts';
import type { Groups } from './groups';
import type { History } from './history';
import type { Joining } from './joining';
import type { Members } from './members';
import type { MomentNews } from './moment_news';
import type { Moments } from './moments';
import type { People } from './people';
import type { NotificationCentre } from './notifications';
import type { Receipts } from './receipts';
import { isCounted } from './stream';
import type { Typing } from './typing';

export interface EventContext {
  me: number;
  conversations: Conversations;
  history: History;
  drafts: Drafts;
  contacts: ContactBook;
  people: People;
  groups: Groups;
  members: Members;
  joining: Joining;
  notifications: NotificationCentre;
  moments: Moments;
  momentNews: MomentNews;
  receipts: Receipts;
  typing: Typing;
  /* Something is not as expected: ask the server how things are. */
  sync: () => void;
  /* A row by somebody else arrived, live. */
  onArrival: (event: Extract<LiveEvent, { event: 'message' }>) => void;
}

type Handler<Name extends LiveEvent['event']> = (
  context: EventContext,
  event: Extract<LiveEvent, { event: Name }>,
) => void;

const HANDLERS: { [Name in LiveEvent['event']]: Handler<Name> } = {
  message(context, event) {
    const { conversations, history, receipts, me } = context;
    const conversation = conversations.get(event.conversation_id);
    if (!conversation) return context.sync();
    const { last_seq } = conversation.head.peek();
    const isNew = event.seq > last_seq;
    if (event.seq === last_seq + 1) context.members.apply(event);
    if (conversations.receive(event) === 'gap') void history.catchUp(conversation);
    if (isChange(event)) {
      // It says nothing of what was missed before it.
      if (event.seq > last_seq + 1) context.sync();
      return;
    }
    context.typing.ended(event.conversation_id, event.sender_id);
    if (!isNew || event.sender_id === me) return;
    receipts.delivered(event.conversation_id, event.seq);
    if (isCounted(event)) context.onArrival(event);
  },
  typing(context, event) {
    context.typing.heard(event.conversation_id, event.user_id);
  },
  receipt(context, event) {
    if ('shown' in event) context.conversations.showReading(event.user_id, event.shown);
    else context.conversations.receipt(event);
  },
  presence(context, event) {
    context.contacts.setPresence(event.user_id, event.online, event.last_seen_at);
  },
  notification(context, event) {
    if ('read_up_to' in event) context.notifications.seenUpTo(event.read_up_to, event.unread);
    else if ('changed' in event) listChanged(context, event);
    else if ('post_id' in event) context.momentNews.arrived(event);
    else context.notifications.arrived(event);
  },
  moment(context, event) {
    if ('post_id' in event) context.moments.told(event.post_id, event.author_id, event.deleted);
    else if ('unread' in event) context.momentNews.synced(event.unread);
    else context.moments.synced(event.new);
  },
  conversation(context, event) {
    if (event.shared) return void context.groups.changed(event.conversation.group);
    const own = 'own' in event;
    if ('removed' in event.conversation) {
      const { id, changed_seq } = event.conversation;
      if (context.groups.left(id, changed_seq)) context.drafts.forget(id);
      return;
    }
    if ('hidden_seqs' in event.conversation) {
      const { id, hidden_seqs } = event.conversation;
      return context.conversations.hide(id, hidden_seqs);
    }
    if (context.conversations.departures.isPast(event.conversation)) return;
    const known = context.conversations.get(event.conversation.id) !== undefined;
    const conversation = own
      ? context.conversations.adoptOwn(event.conversation)
      : context.conversations.adopt(event.conversation);
    context.drafts.adopt(event.conversation);
    if (conversation.stream.peek().loaded) void context.history.catchUp(conversation);
    // A direct conversation changes when somebody becomes a friend, or is one no more.
    if (event.conversation.kind === 'direct' && !own) void context.contacts.refresh();
    if (!known) context.receipts.delivered(conversation.id, event.conversation.last_seq);
  },
  profile(context, event) {
    context.conversations.profile(event.user);
    context.contacts.profile(event.user);
    context.people.profile(event.user);
    if (event.user.deleted) context.moments.gone(event.user.id);
    if (event.blocked !== undefined) {
      context.contacts.blocked(event.user, event.blocked);
      context.joining.invitationsChanged();
    }
    if (event.friend) context.contacts.noted(event.user.id, event.friend);
  },
  resync(context) {
    context.sync();
  },
};

function listChanged(
  { contacts, joining }: EventContext,
  { changed, group_id }: ListChanged,
): void {
  if (changed === 'friend_requests') void contacts.refresh();
  if (changed === 'group_invitations') joining.invitationsChanged();
  if (changed === 'join_requests' && group_id !== undefined) joining.requestsChanged(group_id);
}

export function applyEvent(context: EventContext, event: LiveEvent): void {
  const handler = HANDLERS[event.event] as
    ((context: EventContext, event: LiveEvent) => void) | undefined;
  handler?.(context, event);
}
