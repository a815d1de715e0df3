/* The frames of the live connection, subprotocol hichat.v1. */
import type { User } from './account';
import type { ConversationHead, Message } from './chat';
import type { SharedGroup } from './groups';
import type { MomentNotification } from './moments';
import type { FriendNote, Notification } from './social';

export const LIVE_PROTOCOL = 'hichat.v1';

export type ClientFrame =
  | { op: 'hello'; ticket: string; resume?: { session: string; received: number } }
  | { op: 'ack'; received: number }
  | { op: 'pong' }
  | { op: 'typing'; conversation: number };

export type ServerFrame =
  { op: 'welcome'; session: string; resumed: boolean; heartbeat: number } | { op: 'ping' };

export type LiveEvent =
  | ({ event: 'message' } & Message)
  | {
      event: 'receipt';
      conversation_id: number;
      user_id: number;
      read_seq: number;
      delivered_seq: number;
    }
  /* A friend tells what they read, or does so no longer. */
  | { event: 'receipt'; user_id: number; shown: boolean }
  | { event: 'typing'; conversation_id: number; user_id: number }
  | { event: 'presence'; user_id: number; online: boolean; last_seen_at: number | null }
  | ({ event: 'notification' } & Notification)
  | ({ event: 'notification' } & MomentNotification)
  | MomentChanged
  /* own: I changed something of it for myself, here or on another device. */
  | { event: 'conversation'; conversation: ConversationHead; shared?: false; own?: true }
  | { event: 'conversation'; conversation: ChangedGroup; shared: true }
  | { event: 'conversation'; conversation: LeftConversation; shared?: false }
  | { event: 'conversation'; conversation: HiddenRows; shared?: false }
  | NotificationsRead
  | ListChanged
  /* friend, blocked: what I keep about them, changed on a device of mine. */
  | { event: 'profile'; user: User; friend?: FriendNote; blocked?: boolean }
  | { event: 'resync' };

/* A post came or went, or I looked at what is new on another device. */
export type MomentChanged = { event: 'moment' } & (
  { post_id: number; author_id: number; deleted: boolean } | { new: boolean } | { unread: number }
);

/* A group changed, in the same way for all its members. */
export interface ChangedGroup {
  id: number;
  kind: 'group';
  group: SharedGroup;
}

/* I am in it no longer. */
export interface LeftConversation {
  id: number;
  kind: 'group';
  removed: true;
  changed_seq: number; // as of this row of its stream
}

/* I deleted rows of it for myself. */
export interface HiddenRows {
  id: number;
  hidden_seqs: number[];
}

/* Another device of mine (or this one) has seen notifications. */
export interface NotificationsRead {
  event: 'notification';
  read_up_to: number;
  unread: number;
}

/* What waits for somebody's answer is something else now. */
export interface ListChanged {
  event: 'notification';
  changed: 'friend_requests' | 'group_invitations' | 'join_requests';
  group_id?: number; // whose join requests
}

export type Frame = ServerFrame | LiveEvent;

/* null for what is not a frame; unknown names pass, their readers ignore them. */
export function readFrame(text: unknown): Frame | null {
  if (typeof text !== 'string') return null;
  try {
    const frame = JSON.parse(text) as unknown;
    return typeof frame === 'object' && frame !== null && ('op' in frame || 'event' in frame)
      ? (frame as Frame)
      : null;
  } catch {
    return null;
  }
}

/* Where the web server says its live connections are, as a WebSocket address. */
export function liveAddress(url: string, location: string): string {
  const address = new URL(url, location);
  if (address.protocol === 'http:') address.protocol = 'ws:';
  if (address.protocol === 'https:') address.protocol = 'wss:';
  return address.href;
}
