/* The head of a conversation: with whom, whether they are here, and the way to more of them. */
import { useEffect, useState } from 'preact/hooks';
import type { User } from '../../api/account';
import type { GroupHead } from '../../api/groups';
import { Avatar } from '../../design/avatar';
import { IconButton } from '../../design/button';
import { Link } from '../../design/link';
import type { Place } from '../../design/overlay';
import { BackButton } from '../../design/screen';
import { t } from '../../i18n';
import { go } from '../../platform/router';
import { ConversationMenu, placeAt } from '../chats/conversation_menu';
import { minute } from '../clock';
import { GroupAvatar } from '../groups/group_avatar';
import { presenceText } from '../person/presence';
import { useUser } from '../session';
import { whoIn } from './names';
import { useTalk } from './talk';

interface TalkHeadProps {
  id: number;
  name: string;
  peer: User | null;
  group: GroupHead | null;
  about: boolean; // it is shown
}

export function TalkHead({ id, name, peer, group, about }: TalkHeadProps) {
  const user = useUser();
  const talk = useTalk();
  const [menu, setMenu] = useState<Place | null>(null);
  const conversation = user.conversations.get(id);
  const online = peer ? (user.presenceOf(peer.id)?.online ?? false) : false;
  const toggle = (): void => {
    go({ screen: about ? 'conversation' : 'about', id });
  };
  return (
    <header class="talk__head">
      <BackButton above={{ screen: 'chats' }} />
      <Link to={{ screen: 'about', id }} open={toggle} class="talk__peer">
        {peer && <Avatar user={peer} size="m" online={online} />}
        {group && <GroupAvatar group={group} />}
        <h1 class="talk__name">{name}</h1>
        {peer && <PeerState id={id} peer={peer} />}
        {group && <GroupState id={id} group={group} />}
      </Link>
      <IconButton
        icon="search"
        name={t('search.inside')}
        onClick={() => {
          go({ screen: 'search', id });
        }}
      />
      <IconButton
        icon="dots"
        name={t('chats.menu', name)}
        expanded={menu !== null}
        onClick={({ currentTarget }) => {
          setMenu(placeAt(currentTarget.getBoundingClientRect()));
        }}
      />
      <IconButton
        icon="more"
        name={t('conversation.about', name)}
        pressed={about}
        onClick={toggle}
      />
      {menu !== null && conversation && (
        <ConversationMenu
          conversation={conversation}
          at={menu}
          onDate={() => {
            setMenu(null);
            talk.asked.value = Date.now();
          }}
          onClose={() => {
            setMenu(null);
          }}
        />
      )}
    </header>
  );
}

function PeerState({ id, peer }: { id: number; peer: User }) {
  const user = useUser();
  const presence = user.presenceOf(peer.id);
  if (user.typing.now.value.get(id) === peer.id) return <Typing text={t('presence.typing')} />;
  return (
    <span class="talk__presence">
      {presence ? presenceText(presence) : peer.deleted ? '' : `@${peer.username}`}
    </span>
  );
}

function GroupState({ id, group }: { id: number; group: GroupHead }) {
  const user = useUser();
  const online = useOnline(id, group);
  const typing = user.typing.now.value.get(id);
  if (typing !== undefined) return <Typing text={t('group.typing', whoIn(user, id)(typing))} />;
  if (group.dissolved_at !== null)
    return <span class="talk__presence">{t('group.dissolved')}</span>;
  return (
    <span class="talk__presence">
      {t('group.members', group.member_count)}
      {online > 0 && ` · ${t('group.online', online)}`}
    </span>
  );
}

function Typing({ text }: { text: string }) {
  return <span class="talk__presence talk__presence--typing">{text}</span>;
}

/* How many are here; asked for now and then, as nobody is told of strangers coming and going. */
function useOnline(id: number, group: GroupHead): number {
  const user = useUser();
  const [count, setCount] = useState(0);
  const here = user.connection.state.value !== 'offline' && group.dissolved_at === null;
  useEffect(() => {
    let current = here;
    if (here)
      user.groups.presence(id).then(
        (answer) => {
          if (current) setCount(answer.count);
        },
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [id, here, group.member_count, minute.value]);
  return here ? count : 0;
}
