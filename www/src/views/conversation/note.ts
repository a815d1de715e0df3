/* What the programs wrote into a stream, as sentences. */
import type { Message } from '../../api/chat';
import type { JoinPolicy } from '../../api/groups';
import { t } from '../../i18n';
import { untilTime } from '../../i18n/format';
import { enclosedIn } from '../../store/enclosed';
import { enclosedText } from '../media/words';
import { contactOf, mergedOf, titleOf } from './cards';
import { namesOf, type Who } from './names';

/* What stands in the place of a message that has no text to show. */
export function noteOf(message: Message, who: Who, recalledBy: number | null = null): string {
  if (message.hidden) return t('message.hidden');
  if (message.body === null) return recalled(message, who, recalledBy);
  const enclosed = enclosedIn(message);
  if (enclosed) return enclosedText(enclosed);
  if (message.kind !== 'system') return cardNote(message, who);
  const sentence = SENTENCES[String(message.body['event'])];
  return sentence?.(row(message, message.body, who)) ?? t('message.system');
}

function cardNote(message: Message, who: Who): string {
  const [contact, merged] = [contactOf(message), mergedOf(message)];
  if (contact !== null) return t('card.preview', who(contact, 'own'));
  return merged ? titleOf(merged) : t('message.unsupported');
}

function recalled({ sender_id }: Message, who: Who, by: number | null): string {
  if (by === null) return t('message.recalled');
  if (by === sender_id) return t('message.recalled.by', who(by));
  return t('message.recalled.of', who(by), who(sender_id, 'object'));
}

/* The text of an announcement that this row made. */
export function announcementOf({ kind, body }: Message): string | null {
  const text = kind === 'system' && body?.['event'] === 'announcement' ? body['text'] : null;
  return typeof text === 'string' && text !== '' ? text : null;
}

interface Row {
  by: string;
  byOwnName: string;
  whom: () => string; // the one it was done to
  people: (as: 'subject' | 'object') => string; // all of them
  byThemselves: boolean;
  get: (name: string) => unknown;
  text: (name: string) => string;
}

function row(message: Message, body: Record<string, unknown>, who: Who): Row {
  const listed = body['user_ids'];
  const ids = Array.isArray(listed) ? listed.map(Number) : [];
  const count = typeof body['count'] === 'number' ? body['count'] : ids.length;
  return {
    by: who(message.sender_id),
    byOwnName: who(message.sender_id, 'own'),
    whom: () => who(Number(body['user_id']), 'object'),
    people: (as) => namesOf(ids, count, (id) => who(id, as)),
    byThemselves: count === 1 && ids[0] === message.sender_id,
    get: (name) => body[name],
    text: (name) => String(body[name] ?? ''),
  };
}

const SENTENCES: Record<string, (row: Row) => string> = {
  friends: () => t('message.friends'),
  group_created: ({ by, people, get }) =>
    Number(get('count') ?? 0) > 0
      ? t('row.group_created.with', by, people('object'))
      : t('row.group_created', by),
  renamed: ({ by, text }) => t('row.renamed', by, text('name')),
  avatar: ({ by }) => t('row.avatar', by),
  description: ({ by }) => t('row.description', by),
  policy: ({ by, text }) =>
    t('row.policy', by, t('group.policy.name', text('join_policy') as JoinPolicy)),
  mute_all: ({ by, get }) => t(get('on') ? 'row.mute_all' : 'row.mute_all.off', by),
  dissolved: ({ by }) => t('row.dissolved', by),
  role: ({ by, whom, get }) =>
    t(get('role') === 'admin' ? 'row.role.admin' : 'row.role.member', by, whom()),
  muted: ({ by, whom, get }) => {
    const until = Number(get('until'));
    return until > 0 ? t('row.muted', by, whom(), untilTime(until)) : t('row.unmuted', by, whom());
  },
  nickname: ({ byOwnName, text }) =>
    text('nickname')
      ? t('row.nickname', byOwnName, text('nickname'))
      : t('row.nickname.none', byOwnName),
  owner: ({ by, whom }) => t('row.owner', by, whom()),
  announcement: ({ by, text }) =>
    text('text') ? t('row.announcement', by, text('text')) : t('row.announcement.none', by),
  removed: ({ by, people }) => t('row.removed', by, people('object')),
  left: ({ people }) => t('row.left', people('subject')),
  joined: ({ by, people, byThemselves, get }) => {
    const via = get('via');
    if (via === 'link') return t('row.joined.link', people('subject'));
    if (via === 'invitation') return t('row.joined.invitation', people('subject'));
    if (byThemselves || via === 'open') return t('row.joined', people('subject'));
    return via === 'request'
      ? t('row.joined.request', by, people('object'))
      : t('row.joined.added', by, people('object'));
  },
};
