/* The announcement of a group: read by all, written by its owner and administrators. */
import { useEffect, useState } from 'preact/hooks';
import type { Group, GroupHead } from '../../api/groups';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Field } from '../../design/field';
import { errorText, t } from '../../i18n';
import { pastTime } from '../../i18n/format';
import { may } from '../../store/group_rights';
import { useAction } from '../action';
import { minute } from '../clock';
import { whoIn } from '../conversation/names';
import { useUser } from '../session';
import { useGroup } from './use_group';

export function Announcement({ group: head }: { group: GroupHead }) {
  const { groups } = useUser();
  const { group, failure } = useGroup(head);
  const [editing, setEditing] = useState(false);
  const { id, announcement_unread: unread } = head;
  const shown = group !== null && group.announcement !== '' && !editing;
  useEffect(() => {
    if (shown && unread) void groups.readAnnouncement(id).catch(() => undefined);
  }, [id, shown, unread]);
  if (!group) {
    return failure ? (
      <Empty icon="megaphone" title={t('announcement.title')} text={errorText(failure)} />
    ) : (
      <Waiting label={t('common.loading')} />
    );
  }
  const writes = may(head.role, 'announce') && head.dissolved_at === null;
  if (editing)
    return (
      <AnnouncementForm
        group={group}
        onDone={() => {
          setEditing(false);
        }}
      />
    );
  return (
    <>
      {group.announcement ? (
        <Text group={group} />
      ) : (
        <Empty
          icon="megaphone"
          title={t('announcement.none')}
          text={writes ? t('announcement.hint') : ''}
        />
      )}
      {writes && (
        <Button
          icon="edit"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t(group.announcement ? 'announcement.edit' : 'announcement.add')}
        </Button>
      )}
    </>
  );
}

function Text({
  group: { id, announcement, announced_by, announced_at, changed_seq },
}: {
  group: Group;
}) {
  const user = useUser();
  useEffect(() => {
    if (announced_by !== null) user.members.need(id, changed_seq, [announced_by]);
  }, [id, announced_by, changed_seq]);
  return (
    <article class="announcement">
      {announced_by !== null && announced_at !== null && (
        <p class="announcement__by">
          {t(
            'announcement.by',
            whoIn(user, id)(announced_by),
            pastTime(announced_at, minute.value),
          )}
        </p>
      )}
      <p class="announcement__text">{announcement}</p>
    </article>
  );
}

function AnnouncementForm({ group, onDone }: { group: Group; onDone: () => void }) {
  const { groups } = useUser();
  const action = useAction();
  const [text, setText] = useState(group.announcement);
  const save = async (): Promise<void> => {
    await groups.announce(group.id, text.trim());
    onDone();
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(save);
      }}
    >
      <Field
        label={t('announcement.text')}
        hint={t('announcement.hint')}
        value={text}
        onInput={setText}
        rows={8}
        maxLength={2000}
        autoFocus
        error={action.problem?.text}
      />
      <div class="form__end">
        <Button type="submit" kind="primary" busy={action.busy}>
          {t('announcement.submit')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
