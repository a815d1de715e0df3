import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Lead, type TabMessage } from '../src/store/lead';
import { FakeTabs, leadAlone, type FakeTab } from './fake_room';
import { FakeEnvironment, FakeTimers } from './fakes';

let timers: FakeTimers;
let tabs: FakeTabs;
beforeEach(() => {
  timers = new FakeTimers();
  tabs = new FakeTabs();
});

interface Page {
  tab: FakeTab;
  lead: Lead;
  environment: FakeEnvironment;
  log: string[];
}

/* A tab whose one duty is to answer whoever asks. */
async function open(): Promise<Page> {
  const environment = new FakeEnvironment();
  const tab = tabs.open();
  const lead = new Lead({ name: 'lead', room: tab, environment, timers });
  const log: string[] = [];
  lead.join({
    led: () => log.push('led'),
    followed: () => log.push('followed'),
    heard: (message: TabMessage) => {
      if (message.kind === 'ask' && lead.leads)
        lead.tell({ kind: 'here', state: 'ready', session: null });
      else log.push(message.kind);
    },
  });
  lead.start();
  await timers.advance(0);
  return { tab, lead, environment, log };
}

const leaders = (...pages: Page[]): boolean[] => pages.map(({ lead }) => lead.leads);

test('where a page knows of no others, it leads at once', () => {
  assert.equal(leadAlone(timers).leads, true);
});

test('one leads; when it is closed, the next does at once', async () => {
  const [one, two, three] = [await open(), await open(), await open()];
  assert.deepEqual(leaders(one, two, three), [true, false, false]);
  one.tab.close();
  await timers.advance(0);
  assert.deepEqual(leaders(two, three), [true, false]);
  await timers.advance(60_000);
  assert.deepEqual(leaders(two, three), [true, false], 'nobody takes it from who answers');
});

test('from one that was stopped it is taken, by a tab that is looked at', async () => {
  const [one, two, three] = [await open(), await open(), await open()];
  two.environment.isVisible = false;
  one.tab.stop();
  await timers.advance(30_000);
  assert.deepEqual(leaders(two, three), [false, true]);
  one.tab.wake();
  await timers.advance(0);
  assert.deepEqual(leaders(one, two, three), [false, false, true]);
  assert.ok(one.log.includes('followed'));
  await timers.advance(60_000);
  assert.deepEqual(leaders(one, two, three), [false, false, true]);
});

test('whoever needs it now does not wait for the next look', async () => {
  const [one, two] = [await open(), await open()];
  one.tab.stop();
  two.lead.ask();
  await timers.advance(4000);
  assert.equal(two.lead.leads, true);
});

test('a page that is about to be stopped hands over, if there is somebody', async () => {
  const one = await open();
  one.tab.goAway(true);
  assert.equal(one.lead.leads, true, 'it is alone');
  const two = await open();
  one.tab.goAway(true);
  await timers.advance(0);
  assert.deepEqual(leaders(one, two), [false, true]);
  one.tab.goAway(false);
  two.tab.close();
  await timers.advance(0);
  assert.equal(one.lead.leads, true, 'it came back, and is next');
});

test('one that has stopped leading hears and holds nothing', async () => {
  const [one, two] = [await open(), await open()];
  one.lead.stop();
  await timers.advance(0);
  assert.deepEqual(leaders(one, two), [false, true]);
  const heard = one.log.length;
  two.lead.tell({ kind: 'nudge' });
  await timers.advance(0);
  assert.equal(one.log.length, heard);
});
