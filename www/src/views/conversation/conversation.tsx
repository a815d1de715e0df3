/* A conversation: with whom, what was said, and where to answer; beside it, where there is room,
 * who the others are. */
import { useMemo } from 'preact/hooks';
import { Empty, Waiting } from '../../design/empty';
import { Menu, MenuLink } from '../../design/menu';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import type { ConversationPart } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import { ForwardDialog } from '../forward/forward_dialog';
import { GroupBars } from '../groups/group_bars';
import { GroupPart } from '../groups/group_part';
import { GalleryPart } from '../media/gallery';
import { Viewer } from '../media/viewer';
import { PersonCard } from '../person/person';
import { Unblock } from '../person/unblock';
import { SearchPart } from '../search/search_part';
import { useUser } from '../session';
import { Aside } from './aside';
import { Compose } from './compose';
import { DateQuestion } from './date_dialog';
import { MessageList } from './message_list';
import { MessagePanel } from './message_menu';
import { MergedReader } from './merged_reader';
import { MessageQuestion } from './message_questions';
import { PinBar, PinsDialog } from './pin_bar';
import { useSelecting } from './selection';
import { SelectionBar } from './selection_bar';
import { GoneComposer, SilentComposer, useSilence } from './silence';
import { Talk, TalkContext, useTalk } from './talk';
import { TalkHead } from './talk_head';
import { useConversation } from './use_conversation';
import './conversation.css';

interface ConversationScreenProps {
  id: number;
  part: ConversationPart | null;
}

export function ConversationScreen({ id, part }: ConversationScreenProps) {
  const { names } = useUser();
  const { conversation, waiting } = useConversation(id);
  const head = conversation?.head.value;
  const name = head ? names.ofConversation(head) : null;
  if (!conversation || name === null) {
    return (
      <>
        <PaneHead title={t('nav.chats')} above={{ screen: 'chats' }} />
        {waiting ? (
          <Waiting label={t('common.loading')} />
        ) : (
          <Empty
            icon="chats"
            title={t('conversation.missing.title')}
            text={t('conversation.missing.text')}
          />
        )}
      </>
    );
  }
  return <TalkScreen conversation={conversation} name={name} part={part} />;
}

interface TalkScreenProps {
  conversation: Conversation;
  name: string;
  part: ConversationPart | null;
}

/* What is asked and shown in front of both panes stands in neither: one of them may be hidden. */
function TalkScreen({ conversation, name, part }: TalkScreenProps) {
  const user = useUser();
  const talk = useMemo(() => new Talk(user, conversation), [user, conversation]);
  return (
    <TalkContext.Provider value={talk}>
      <div class={`conversation ${part ? 'conversation--about' : ''}`}>
        <TalkPane conversation={conversation} name={name} about={part !== null} />
        {part && <Beside conversation={conversation} part={part} />}
      </div>
      <MergedReader />
      <Viewer />
      <MessageQuestion />
      <ForwardDialog />
    </TalkContext.Provider>
  );
}

interface TalkPaneProps {
  conversation: Conversation;
  name: string;
  about: boolean;
}

function TalkPane({ conversation, name, about }: TalkPaneProps) {
  const { id, head } = conversation;
  const user = useUser();
  const talk = useTalk();
  const { peer = null, group = null } = head.value;
  const silence = useSilence(group);
  const selecting = useSelecting(talk);
  const { blocks } = user.contacts;
  return (
    <section class="talk" aria-label={name}>
      <TalkHead id={id} name={name} peer={peer} group={group} about={about} />
      {group && <GroupBars group={group} />}
      <PinBar />
      <MessageList conversation={conversation} />
      {selecting ? (
        <SelectionBar />
      ) : silence ? (
        <SilentComposer silence={silence} />
      ) : peer?.deleted ? (
        <GoneComposer />
      ) : peer && blocks.value.has(peer.id) ? (
        <div class="composer">
          <Unblock person={peer} />
        </div>
      ) : (
        <Compose key={id} name={name} />
      )}
      <MessagePanel />
      <PinsDialog />
      <DateQuestion />
    </section>
  );
}

function Beside({ conversation, part }: { conversation: Conversation; part: ConversationPart }) {
  const { peer, group } = conversation.head.value;
  if (part === 'search') return <SearchPart conversation={conversation} />;
  if (part === 'gallery') return <GalleryPart conversation={conversation} />;
  if (group) return <GroupPart group={group} part={part} />;
  return (
    <Aside conversation={conversation.id} title={t('person.title')}>
      {peer && (
        <>
          <Menu label={t('person.title')}>
            <MenuLink to={{ screen: 'gallery', id: conversation.id }} icon="image">
              {t('gallery.title')}
            </MenuLink>
          </Menu>
          <PersonCard person={peer} />
        </>
      )}
    </Aside>
  );
}
