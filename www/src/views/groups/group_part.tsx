/* Beside a group's conversation: the group itself, or one page of what belongs to it. */
import type { VNode } from 'preact';
import type { GroupHead } from '../../api/groups';
import { t } from '../../i18n';
import type { ConversationPart } from '../../platform/router';
import { may } from '../../store/group_rights';
import { Aside } from '../conversation/aside';
import { Announcement } from './announcement';
import { GroupAbout } from './group_about';
import { Invite } from './invite';
import { JoinRequests } from './join_requests';
import { Links } from './links';
import { Manage } from './manage';
import { MemberList } from './member_list';
import './groups.css';

interface Page {
  title: (group: GroupHead) => string;
  body: (group: GroupHead) => VNode;
}

type GroupPage = Exclude<ConversationPart, 'search' | 'gallery'>;

const PAGES: Record<GroupPage, Page> = {
  about: {
    title: () => t('group.about'),
    body: (group) => <GroupAbout group={group} />,
  },
  members: {
    title: () => t('members.title'),
    body: (group) => <MemberList group={group} />,
  },
  invite: {
    title: ({ role }) => t(may(role, 'add') ? 'invite.title' : 'invite.title.member'),
    body: (group) => <Invite group={group} />,
  },
  links: {
    title: () => t('links.title'),
    body: (group) => <Links group={group} />,
  },
  joining: {
    title: () => t('joining.title'),
    body: (group) => <JoinRequests group={group} />,
  },
  announcement: {
    title: () => t('announcement.title'),
    body: (group) => <Announcement group={group} />,
  },
  manage: {
    title: () => t('manage.title'),
    body: (group) => <Manage group={group} />,
  },
};

export function GroupPart({ group, part }: { group: GroupHead; part: GroupPage }) {
  const { title, body } = PAGES[part];
  return (
    <Aside key={part} conversation={group.id} title={title(group)} deep={part !== 'about'}>
      <div class="group-part">{body(group)}</div>
    </Aside>
  );
}
