/* A group: what it is, who is in it, and what this member may do. */
import { useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import { Badge } from '../../design/badge';
import { IconButton } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Menu, MenuButton, MenuLink } from '../../design/menu';
import { errorText, t } from '../../i18n';
import { copy } from '../../platform/clipboard';
import { may } from '../../store/group_rights';
import { useUser } from '../session';
import { GroupAvatar } from './group_avatar';
import { LeaveDialog } from './leave_dialog';
import { MemberPreview } from './member_list';
import { NicknameDialog } from './nickname_dialog';
import { useGroup } from './use_group';
import './group_about.css';

export function GroupAbout({ group: head }: { group: GroupHead }) {
  const { group, failure } = useGroup(head);
  const alive = head.dissolved_at === null;
  if (!group && failure)
    return <Empty icon="group" title={errorText(failure)} text={t('common.retry')} />;
  return (
    <>
      <section class="group-about">
        <GroupAvatar group={head} size="xl" />
        <h2 class="group-about__name">{head.name}</h2>
        <p class="group-about__more">
          {t('group.members', head.member_count)}
          {!alive && ` · ${t('group.dissolved')}`}
        </p>
        <GroupNumber id={head.id} />
      </section>
      {!group && <Waiting label={t('common.loading')} />}
      {group?.description && <p class="group-about__description">{group.description}</p>}
      <Pages head={head} announcement={group?.announcement ?? ''} />
      {alive && <MemberPreview group={head} />}
      <Ends head={head} />
    </>
  );
}

/* By it others find the group. */
export function GroupNumber({ id }: { id: number }) {
  const [copied, setCopied] = useState(false);
  return (
    <p class="group-number">
      <span>
        {t('group.number')} {id}
      </span>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        size={16}
        name={t('group.number.copy')}
        onClick={() => {
          void copy(String(id)).then(setCopied);
        }}
      />
      <span class="visually-hidden" role="status">
        {copied && t('group.copied')}
      </span>
    </p>
  );
}

function Pages({ head, announcement }: { head: GroupHead; announcement: string }) {
  const { joining } = useUser();
  const [naming, setNaming] = useState(false);
  const { id, role, nickname } = head;
  const waiting = joining.requests.value.get(id)?.length ?? 0;
  const alive = head.dissolved_at === null;
  const showsAnnouncement = announcement !== '' || (alive && may(role, 'announce'));
  return (
    <>
      <Menu label={t('group.about')}>
        {showsAnnouncement && (
          <MenuLink to={{ screen: 'announcement', id }} icon="megaphone" value={announcement}>
            {t('announcement.title')}
          </MenuLink>
        )}
        <MenuLink to={{ screen: 'gallery', id }} icon="image">
          {t('gallery.title')}
        </MenuLink>
        {alive && (
          <>
            <MenuLink to={{ screen: 'invite', id }} icon="groupAdd">
              {t(may(role, 'add') ? 'invite.title' : 'invite.title.member')}
            </MenuLink>
            {may(role, 'answer_requests') && (
              <MenuLink
                to={{ screen: 'joining', id }}
                icon="bell"
                value={<Badge count={waiting} label={t('joining.count', waiting)} />}
              >
                {t('joining.title')}
              </MenuLink>
            )}
            {may(role, 'keep_links') && (
              <MenuLink to={{ screen: 'links', id }} icon="link">
                {t('links.title')}
              </MenuLink>
            )}
            {may(role, 'change_profile') && (
              <MenuLink to={{ screen: 'manage', id }} icon="sliders">
                {t('manage.title')}
              </MenuLink>
            )}
            <MenuButton
              icon="edit"
              value={nickname || t('manage.nickname.none')}
              onClick={() => {
                setNaming(true);
              }}
            >
              {t('manage.nickname')}
            </MenuButton>
          </>
        )}
      </Menu>
      {naming && (
        <NicknameDialog
          group={head}
          onClose={() => {
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

/* What ends it, for me or for all. */
function Ends({ head }: { head: GroupHead }) {
  const [ending, setEnding] = useState<'leave' | 'dissolve' | null>(null);
  const alive = head.dissolved_at === null;
  return (
    <>
      <Menu label={t('manage.leave')}>
        {(may(head.role, 'leave') || !alive) && (
          <MenuButton
            icon="leave"
            danger
            onClick={() => {
              setEnding('leave');
            }}
          >
            {t('manage.leave')}
          </MenuButton>
        )}
        {alive && may(head.role, 'dissolve') && (
          <MenuButton
            icon="trash"
            danger
            onClick={() => {
              setEnding('dissolve');
            }}
          >
            {t('manage.dissolve')}
          </MenuButton>
        )}
      </Menu>
      {ending && (
        <LeaveDialog
          group={head}
          ending={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </>
  );
}
