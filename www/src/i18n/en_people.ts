/* English: friends and what one keeps about them, blocks, privacy, and what happened. */

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

export const enPeople = {
  'contacts.doors': 'People and groups',
  'contacts.letters': 'Jump to a letter',
  'contacts.letter': (letter: string) => `Jump to ${letter}`,
  'contacts.other': 'Other names',
  'contacts.no_match': 'No friend has this name.',
  'contacts.waiting': (count: number) =>
    counted(count, 'request or invitation', 'requests and invitations'),
  'contacts.blocked': 'Blocked',

  'tags.title': 'Tags',
  'tags.all': 'All',
  'tags.filter': 'Friends with a tag',
  'tags.edit': 'Edit tags',
  'tags.count': (count: number) => counted(count, 'friend', 'friends'),
  'tags.add': 'Add a tag',
  'tags.add.submit': 'Add',
  'tags.hint': (most: number) => `Up to ${most}, for you alone: “family”, “work” …`,
  'tags.known': 'Tags that you use',
  'tags.remove': (tag: string) => `Remove the tag ${tag}`,
  'tags.rename': 'Rename',
  'tags.rename.name': (tag: string) => `Rename the tag ${tag}`,
  'tags.rename.title': (tag: string) => `Rename “${tag}”`,
  'tags.name': 'Name of the tag',
  'tags.delete': 'Delete',
  'tags.delete.name': (tag: string) => `Delete the tag ${tag}`,
  'tags.delete.title': (tag: string) => `Delete the tag “${tag}”?`,
  'tags.delete.text': 'Your friends stay; only the tag is taken from them.',
  'tags.none.title': 'No tags yet',
  'tags.none.text': 'Give a friend a tag on their profile, to find them together with others.',

  'person.remark': 'Remark',
  'person.tags': 'Tags',
  'person.note': 'Edit remark and tags',
  'person.note.title': (name: string) => `What you keep about ${name}`,
  'person.note.hint': 'The name that you see. Nobody else does.',
  'person.actions': 'More',
  'person.blocked': (name: string) =>
    `You blocked ${name}. They can neither write to you nor see whether you are online.`,
  'person.block': 'Block',
  'person.block.title': (name: string) => `Block ${name}?`,
  'person.block.text':
    'They can neither write to you, nor ask you, nor see whether you are online. They are not told.',
  'person.unblock': 'Unblock',
  'person.unblock.name': (name: string) => `Unblock ${name}`,
  'person.delete': 'Delete friend',
  'person.delete.title': (name: string) => `Delete ${name} from your friends?`,
  'person.delete.text':
    'You are gone from their friends, too, and cannot write to each other. What was written stays.',
  'person.me': 'Edit my profile',

  'blocks.title': 'Blocked people',
  'blocks.since': (when: string) => `Blocked: ${when}`,
  'blocks.none.title': 'Nobody is blocked',
  'blocks.none.text': 'Block somebody on their profile. They are not told.',

  'profile.phone': 'Phone number',
  'profile.email': 'Email',
  'profile.private': 'Only you see it. Others may find you by it, if you let them.',
  'privacy.title': 'Privacy',
  'privacy.findable_by_username': 'Others find me by my username or nickname',
  'privacy.findable_by_phone': 'Others find me by my phone number',
  'privacy.findable_by_email': 'Others find me by my email',
  'privacy.takes_requests': 'Strangers can send me friend requests',

  'nav.activity': 'Activity',
  'nav.news': (count: number) => counted(count, 'notification', 'notifications'),
  'activity.title': 'Activity',
  'activity.list': 'Notifications',
  'activity.new': 'New',
  'activity.older': 'Show earlier ones',
  'activity.failed': 'The notifications could not be loaded.',
  'activity.none.title': 'Nothing yet',
  'activity.none.text': 'Requests, invitations, announcements and mentions appear here.',
  'activity.choose.title': 'What happened',
  'activity.choose.text': 'Choose a notification to go where it happened.',
  'activity.someone': 'Somebody',
  'activity.friend_request': (who: string) => `${who} would like to be your friend`,
  'activity.post_removed': 'The administrator has removed a post of yours',
  'activity.report.removed': 'The post that you reported was removed. Thank you.',
  'activity.report.kept': 'The post that you reported was looked at, and stays',
  'activity.friend_accepted': (who: string) => `${who} accepted your friend request`,
  'activity.group_request': (who: string, group: string) => `${who} asks to join ${group}`,
  'activity.group_request.accepted': (who: string, group: string) =>
    `${who} accepted the request to join ${group}`,
  'activity.group_request.declined': (who: string, group: string) =>
    `${who} declined the request to join ${group}`,
  'activity.group_invitation': (who: string, group: string) => `${who} invites you to ${group}`,
  'activity.group_added': (who: string, group: string) => `${who} added you to ${group}`,
  'activity.group_removed': (who: string, group: string) => `${who} removed you from ${group}`,
  'activity.group_role.owner': (who: string, group: string) => `${who} handed ${group} over to you`,
  'activity.group_role.admin': (who: string, group: string) =>
    `${who} made you an administrator of ${group}`,
  'activity.group_role.member': (who: string, group: string) =>
    `${who} took the administrator role of ${group} from you`,
  'activity.group_announcement': (who: string, group: string) =>
    `${who} posted an announcement in ${group}`,
  'activity.mention': (who: string) => `${who} mentioned you`,
  'activity.mention.group': (who: string, group: string) => `${who} mentioned you in ${group}`,
  'activity.other': (who: string) => `${who} did something that this version cannot show`,

  'error.invalid_field.remark': 'At most 32 characters',
  'error.invalid_field.tags': 'At most 10 tags of 1 to 16 characters each',
  'error.invalid_field.phone': 'A phone number with its country code, such as +8613800138000',
  'error.invalid_field.email': 'An email address, such as name@example.org',
};
