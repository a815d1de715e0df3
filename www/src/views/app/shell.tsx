/* Inside: the rail of sections, the list of the current one, and what was chosen from it, side by
 * side where there is room, one at a time on a phone. */
import { useEffect } from 'preact/hooks';
import type { VNode } from 'preact';
import { t } from '../../i18n';
import { back, route, type Route } from '../../platform/router';
import { ActivityList } from '../activity/activity_list';
import { ChooseActivity } from '../activity/choose_activity';
import { ChatList } from '../chats/chat_list';
import { ChooseChat } from '../chats/choose_chat';
import { ConnectionBar } from '../connection/connection_bar';
import { Blocks } from '../contacts/blocks';
import { ContactList } from '../contacts/contact_list';
import { ChooseContact } from '../contacts/choose_contact';
import { Tags } from '../contacts/tags';
import { ConversationScreen } from '../conversation/conversation';
import { Find } from '../find/find';
import { FindGroup } from '../groups/find_group';
import { GroupScreen } from '../groups/group_card';
import { MyGroups } from '../groups/my_groups';
import { NewGroup } from '../groups/new_group';
import { Join } from '../join/join';
import { Album } from '../moments/album';
import { Compose } from '../moments/compose';
import { Feed } from '../moments/feed';
import { MomentsMenu } from '../moments/moments_menu';
import { MomentsPrivacy } from '../moments/moments_privacy';
import { News } from '../moments/news';
import { PostScreen } from '../moments/post_screen';
import { MeMenu } from '../me/me_menu';
import { DevicesScreen } from '../me/devices';
import { Preferences } from '../me/preferences';
import { Profile } from '../me/profile';
import { PersonScreen } from '../person/person';
import { Requests } from '../requests/requests';
import { useUser } from '../session';
import { Announcer } from './announcer';
import { useFocus } from './focus';
import { Rail, sectionOf, type Section } from './rail';
import { useTitle } from './title';

const LISTS: Record<Section, () => VNode> = {
  chats: () => <ChatList />,
  contacts: () => <ContactList />,
  moments: () => <MomentsMenu />,
  activity: () => <ActivityList />,
  me: () => <MeMenu />,
};

function detailOf(current: Route): VNode | null {
  switch (current.screen) {
    case 'conversation':
      return <ConversationScreen key={current.id} id={current.id} part={null} />;
    case 'about':
    case 'members':
    case 'invite':
    case 'links':
    case 'joining':
    case 'announcement':
    case 'manage':
    case 'search':
    case 'gallery':
      return <ConversationScreen key={current.id} id={current.id} part={current.screen} />;
    case 'join':
      return <Join key={current.token} token={current.token} />;
    case 'new_group':
      return <NewGroup />;
    case 'find_group':
      return <FindGroup />;
    case 'group':
      return <GroupScreen key={current.id} id={current.id} />;
    case 'person':
      return <PersonScreen key={current.id} id={current.id} />;
    case 'find':
      return <Find />;
    case 'requests':
      return <Requests />;
    case 'blocks':
      return <Blocks />;
    case 'tags':
      return <Tags />;
    case 'groups':
      return <MyGroups />;
    case 'moments_new':
      return <Compose />;
    case 'moments_news':
      return <News />;
    case 'moments_privacy':
      return <MomentsPrivacy />;
    case 'album':
      return <Album key={current.id} id={current.id} />;
    case 'post':
      return <PostScreen key={current.id} id={current.id} />;
    case 'profile':
      return <Profile />;
    case 'preferences':
      return <Preferences />;
    case 'devices':
      return <DevicesScreen />;
    default:
      return null;
  }
}

const INVITATIONS: Record<Section, () => VNode> = {
  chats: () => <ChooseChat />,
  contacts: () => <ChooseContact />,
  moments: () => <Feed />,
  activity: () => <ChooseActivity />,
  me: () => <Profile />,
};

/* The screen above this one. */
export function above(current: Route): Route {
  switch (current.screen) {
    case 'about':
    case 'search':
    case 'gallery':
      return { screen: 'conversation', id: current.id };
    case 'members':
    case 'invite':
    case 'links':
    case 'joining':
    case 'announcement':
    case 'manage':
      return { screen: 'about', id: current.id };
    case 'new_group':
    case 'find_group':
    case 'group':
      return { screen: 'groups' };
    default:
      return { screen: sectionOf(current) };
  }
}

export function Shell() {
  const user = useUser();
  const current = route.value;
  const section = sectionOf(current);
  const detail = detailOf(current);
  // The feed is what one comes for: on a phone, too, where there is room for one pane.
  const open = current.screen === 'moments';
  const panes = useFocus(current, detail !== null || open);
  useTitle(user);
  useEscape();
  return (
    <div class="app">
      <ConnectionBar />
      <div class={`shell ${detail ? 'shell--detail' : 'shell--root'} ${open ? 'shell--open' : ''}`}>
        <Rail />
        <main class="shell__panes">
          <section
            ref={panes.list}
            tabIndex={-1}
            class="shell__list"
            aria-label={t(`nav.${section}`)}
          >
            {LISTS[section]()}
          </section>
          <div ref={panes.detail} tabIndex={-1} class="shell__detail">
            {detail ?? INVITATIONS[section]()}
          </div>
        </main>
      </div>
      <Announcer user={user} />
    </div>
  );
}

/* Esc goes back, unless something on top took it: they stop it, or mark it as handled. */
function useEscape(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const here = route.peek();
      if (here.screen === sectionOf(here)) return;
      event.preventDefault();
      back(above(here));
    };
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('keydown', pressed);
    };
  }, []);
}
