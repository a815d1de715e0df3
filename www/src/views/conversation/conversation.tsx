/* A conversation: with whom, what was said, and where to answer; beside it, where there is room,
 * who the other one is. */
import { Avatar } from '../../design/avatar';
import { IconButton } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Link } from '../../design/link';
import { BackButton, PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { back, go } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import type { User } from '../../api/account';
import { PersonCard } from '../person/person';
import { presenceText } from '../person/presence';
import { useUser } from '../session';
import { Composer } from './composer';
import { MessageList } from './message_list';
import './conversation.css';

export function ConversationScreen({ id, about }: { id: number; about: boolean }) {
  const { conversations } = useUser();
  const conversation = conversations.all.value.get(id);
  const peer = conversation?.head.value.peer;
  if (!conversation || !peer) {
    return (
      <>
        <PaneHead title={t('nav.chats')} above={{ screen: 'chats' }} />
        {conversations.known.value ? (
          <Empty
            icon="chats"
            title={t('conversation.missing.title')}
            text={t('conversation.missing.text')}
          />
        ) : (
          <Waiting label={t('common.loading')} />
        )}
      </>
    );
  }
  return (
    <div class={`conversation ${about ? 'conversation--about' : ''}`}>
      <Talk conversation={conversation} peer={peer} about={about} />
      {about && <About conversation={conversation} peer={peer} />}
    </div>
  );
}

interface PartProps {
  conversation: Conversation;
  peer: User;
}

function Talk({ conversation, peer, about }: PartProps & { about: boolean }) {
  const user = useUser();
  const { id } = conversation;
  const name = user.nameOf(peer);
  const presence = user.presenceOf(peer.id);
  const typing = user.typing.now.value.get(id) === peer.id;
  const toggle = (): void => {
    if (about) back({ screen: 'conversation', id });
    else go({ screen: 'about', id });
  };
  return (
    <section class="talk" aria-label={name}>
      <header class="talk__head">
        <BackButton above={{ screen: 'chats' }} />
        <Link to={{ screen: 'about', id }} open={toggle} class="talk__peer">
          <Avatar user={peer} size="m" online={presence?.online ?? false} />
          <h1 class="talk__name">{name}</h1>
          <span class={`talk__presence ${typing ? 'talk__presence--typing' : ''}`}>
            {typing
              ? t('presence.typing')
              : presence
                ? presenceText(presence)
                : `@${peer.username}`}
          </span>
        </Link>
        <IconButton
          icon="more"
          name={t('conversation.about', name)}
          pressed={about}
          onClick={toggle}
        />
      </header>
      <MessageList conversation={conversation} />
      <Composer key={id} conversation={id} name={name} />
    </section>
  );
}

function About({ conversation, peer }: PartProps) {
  const above = { screen: 'conversation', id: conversation.id } as const;
  return (
    <section class="about" aria-label={t('person.title')}>
      <header class="pane-head">
        <BackButton above={above} />
        <h1 class="pane-head__title">{t('person.title')}</h1>
        <IconButton
          icon="close"
          name={t('common.close')}
          class="about__close"
          onClick={() => {
            back(above);
          }}
        />
      </header>
      <div class="about__body scroll">
        <PersonCard person={peer} />
      </div>
    </section>
  );
}
