/* What a notification says, and where it leads. */
import type { Notification } from '../../api/social';
import type { IconName } from '../../design/icons';
import { t } from '../../i18n';
import type { Route } from '../../platform/router';
import type { UserStore } from '../../store/user_store';

/* Names stand between these, which also keep them from turning the sentence around them. */
const OPEN = '\u2068';
const CLOSE = '\u2069';

function named(name: string): string {
  return OPEN + name.replace(/[\u2066-\u2069]/g, '') + CLOSE;
}

export interface Part {
  text: string;
  isName: boolean;
}

export function partsOf(sentence: string): Part[] {
  return sentence
    .split(/(\u2068[^\u2069]*\u2069)/)
    .filter((text) => text !== '')
    .map((text) => ({ text, isName: text.startsWith(OPEN) }));
}

export function sentenceOf(notification: Notification, whoever: string | null): string {
  const { kind, subject } = notification;
  const who = named(whoever ?? t('activity.someone'));
  const group = named(subject?.name ?? '');
  switch (kind) {
    case 'friend_request':
    case 'friend_accepted':
      return t(`activity.${kind}`, who);
    case 'group_request':
    case 'group_removed':
    case 'group_announcement':
      return t(`activity.${kind}`, who, group);
    case 'group_request_answered':
      return subject?.status === 'accepted'
        ? t('activity.group_request.accepted', who, group)
        : t('activity.group_request.declined', who, group);
    case 'group_invitation':
      return t(
        subject?.request_id ? 'activity.group_invitation' : 'activity.group_added',
        who,
        group,
      );
    case 'group_role':
      return t(`activity.group_role.${subject?.role ?? 'member'}`, who, group);
    case 'mention':
      return subject?.name ? t('activity.mention.group', who, group) : t('activity.mention', who);
    case 'post_removed':
      return t('activity.post_removed');
    case 'report_answered':
      return t(subject?.removed ? 'activity.report.removed' : 'activity.report.kept');
    default:
      return t('activity.other', who);
  }
}

const ICONS: Record<string, IconName> = {
  friend_request: 'add',
  friend_accepted: 'check',
  group_request: 'groupAdd',
  group_request_answered: 'group',
  group_invitation: 'groupAdd',
  group_removed: 'leave',
  group_role: 'shield',
  group_announcement: 'megaphone',
  mention: 'at',
  post_removed: 'trash',
  report_answered: 'flag',
};

export function iconOf({ kind }: Notification): IconName {
  return ICONS[kind] ?? 'bell';
}

/* Told by whoever runs the server, not by a person. */
export function isOfAdministrator(kind: string): boolean {
  return kind === 'post_removed' || kind === 'report_answered';
}

/* Where it happened, or where it is answered. */
export function placeOf(user: UserStore, { kind, actor, subject }: Notification): Route {
  const { conversations, joining } = user;
  const id = subject?.conversation_id ?? subject?.group_id;
  if (id !== undefined) {
    const group = conversations.all.value.get(id)?.head.value.group;
    const invited = joining.invitations.value.some((invitation) => invitation.group.id === id);
    if (!conversations.all.value.has(id))
      return invited ? { screen: 'groups' } : { screen: 'group', id };
    if (kind === 'group_request' && group && group.role !== 'member')
      return { screen: 'joining', id };
    if (kind === 'group_announcement') return { screen: 'announcement', id };
    return { screen: 'conversation', id };
  }
  if (kind === 'friend_accepted' && actor) {
    const conversation = conversations.withUser(actor.id);
    return conversation
      ? { screen: 'conversation', id: conversation.id }
      : { screen: 'person', id: actor.id };
  }
  if (kind === 'report_answered' && !subject?.removed && subject?.post_id)
    return { screen: 'post', id: subject.post_id };
  if (isOfAdministrator(kind)) return { screen: 'moments' };
  if (kind === 'friend_request') return { screen: 'requests' };
  return actor ? { screen: 'person', id: actor.id } : { screen: 'activity' };
}
