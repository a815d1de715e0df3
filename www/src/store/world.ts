/* What the store needs of the browser and the server, for one login. */
import type { Api } from '../api';
import type { Connection } from './connection';
import type { Environment, Timers } from './environment';
import type { Room } from './lead';
import type { OpenSocket } from './live';

export interface World {
  /* A connection to the server for one login; told when the server has ended it. */
  connect: (onEnded: () => void) => Api;
  environment: Environment;
  room: Room | null; // with the other tabs
  timers: Timers;
  openSocket: OpenSocket;
  newKey: () => string;
  exclusive: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  connection: Connection;
  /* What somebody is called who is gone. */
  goneName: () => string;
}
