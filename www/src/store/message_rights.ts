/* What this person can do to a message, as the server has it: for what is offered, never for what
 * is allowed.  Pure. */
import type { Message } from '../api/chat';
import type { GroupHead, Role } from '../api/groups';
import { may } from './group_rights';

export type MessageAction =
  | 'react'
  | 'reply'
  | 'copy'
  | 'forward'
  | 'select'
  | 'sticker'
  | 'edit'
  | 'pin'
  | 'unpin'
  | 'reactions'
  | 'readers'
  | 'history'
  | 'recall'
  | 'hide';

/* How long after sending one may change one's mind, in seconds; 0: always. */
export interface Windows {
  edit: number;
  recall: number;
}

/* Members of a group that is small enough to be told who reads what. */
const MOST_READERS = 200;

/* What can become a sticker of mine. */
const PICTURES = ['image', 'sticker'];

export const USUAL_WINDOWS: Windows = { edit: 86_400, recall: 120 };

export interface Standing {
  me: number;
  group: GroupHead | null;
  receipts: boolean; // it is told what others have read
  writes: boolean; // may send here
  roleOf: (user: number) => Role | undefined;
  windows: Windows;
  now: number;
}

export function actionsOn(message: Message, standing: Standing): Set<MessageAction> {
  const { me, group, writes, windows, now } = standing;
  if (message.body === null) return new Set(['hide']);
  const mine = message.sender_id === me;
  const said = message.kind === 'text';
  const open = group === null || group.dissolved_at === null;
  const offered: Record<MessageAction, boolean> = {
    react: writes,
    reply: writes,
    copy: said,
    forward: isForwardable(message),
    select: true,
    sticker: PICTURES.includes(message.kind),
    edit: said && mine && writes && isWithin(message, windows.edit, now),
    pin: message.pinned_at === null && mayPin(standing),
    unpin: message.pinned_at !== null && mayPin(standing),
    reactions: message.reactions.length > 0,
    readers: mine && standing.receipts && tellsReaders(group),
    history: message.edited_at !== null && (mine || keepsOrder(group)),
    recall: open && mayRecall(message, standing),
    hide: true,
  };
  const all = Object.keys(offered) as MessageAction[];
  return new Set(all.filter((action) => offered[action]));
}

/* What a person said, not what happened. */
export function isForwardable({ kind, body }: Message): boolean {
  return body !== null && kind !== 'system';
}

function isWithin({ created_at }: Message, seconds: number, now: number): boolean {
  return seconds === 0 || now - created_at < seconds * 1000;
}

function keepsOrder(group: GroupHead | null): boolean {
  return group !== null && may(group.role, 'recall');
}

/* In a conversation of two the message itself says it. */
function tellsReaders(group: GroupHead | null): boolean {
  return group !== null && group.member_count > 1 && group.member_count <= MOST_READERS;
}

function mayPin({ group, writes }: Standing): boolean {
  return group ? group.dissolved_at === null && may(group.role, 'pin') : writes;
}

/* Whoever left the group counts as a member. */
function mayRecall(message: Message, { me, group, roleOf, windows, now }: Standing): boolean {
  const { sender_id } = message;
  if (sender_id === me) return keepsOrder(group) || isWithin(message, windows.recall, now);
  return keepsOrder(group) && (group?.role === 'owner' || roleOf(sender_id) !== 'owner');
}
