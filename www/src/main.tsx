/* Where the page begins: puts the browser, the server and the store together, and shows them. */
import { render } from 'preact';
import './design/tokens.css';
import './design/base.css';
import { createApi } from './api';
import { t } from './i18n';
import {
  browserEnvironment,
  browserTabs,
  browserTimers,
  deviceName,
  exclusive,
  newKey,
  openBrowserSocket,
} from './platform/browser';
import { lastUser, startPreferences } from './platform/preferences';
import { browserRoom } from './platform/room';
import { Connection } from './store/connection';
import { openIndexedDb } from './store/indexeddb';
import { Session } from './store/session';
import { App } from './views/app/app';

startPreferences();
const connection = new Connection();
const session = new Session({
  world: {
    connect: (onEnded) =>
      createApi({
        base: new URL('.', document.baseURI).href,
        fetch: window.fetch.bind(window),
        now: () => Date.now(),
        exclusive,
        onReach: (reach) => {
          connection.reach.value = reach;
        },
        onEnded,
      }),
    connection,
    goneName: () => t('person.gone'),
    newKey,
    exclusive,
    environment: browserEnvironment(),
    room: browserRoom(),
    timers: browserTimers,
    openSocket: openBrowserSocket,
  },
  openCache: async (userId) => openIndexedDb(indexedDB, userId),
  tabs: browserTabs(),
  device: deviceName(),
  lastUser,
});

const root = document.getElementById('app');
if (root) render(<App session={session} />, root);
void session.start();
