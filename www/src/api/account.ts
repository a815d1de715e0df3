/* account: people, their sessions and profiles. */
import type { Authority, Tokens } from './authority';
import type { Http } from './http';

export type Gender = '' | 'male' | 'female' | 'other';

export interface User {
  id: number;
  username: string;
  nickname: string;
  avatar: string | null; // "emoji:🦊"
  bio: string;
  gender: Gender;
  region: string;
  deleted?: boolean; // then nothing else of them is left
}

/* Who may find me, and ask me. */
export interface Privacy {
  findable_by_username: boolean; // and by nickname
  findable_by_phone: boolean;
  findable_by_email: boolean;
  takes_requests: boolean;
}

/* What others see of me, and therefore I of them. */
export interface Openness {
  sends_read_receipts: boolean;
  shows_presence: boolean;
  sends_typing: boolean;
}

export interface Me extends User, Privacy, Openness {
  phone: string | null;
  email: string | null;
}

export interface Registration {
  username: string;
  password: string;
  nickname?: string;
  device?: string;
}

export type ProfileChange = Partial<
  Pick<Me, 'nickname' | 'bio' | 'gender' | 'region' | 'avatar' | 'phone' | 'email'> &
    Privacy &
    Openness
>;

/* A session of mine. */
export interface Device {
  id: number;
  device: string; // what it is called
  address: string;
  created_at: number;
  last_used_at: number;
  current: boolean; // this one
}

export interface Credentials {
  login: string; // username, phone or mail address
  password: string;
  code?: string; // of the second factor, once the server has asked for it
  device: string;
}

export interface Welcome extends Tokens {
  user: Me;
  erasing_cancelled?: boolean; // the account was to be erased, and is not
}

export class AccountApi {
  constructor(
    private readonly http: Http,
    private readonly authority: Authority,
  ) {}

  async register(registration: Registration): Promise<Me> {
    return (await this.#adopt('/account/users', registration)).user;
  }

  logIn(credentials: Credentials): Promise<Welcome> {
    return this.#adopt('/account/sessions', credentials);
  }

  async logOut(): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: '/account/sessions/current' });
  }

  /* When it will be erased, for a while; null: it is. */
  async erase(password: string): Promise<number | null> {
    const answer = await this.authority.send<{ erase_at: number } | undefined>({
      method: 'DELETE',
      path: '/account/me',
      body: { password },
    });
    return answer.body?.erase_at ?? null;
  }

  async me(): Promise<Me> {
    const answer = await this.authority.send<{ user: Me }>({ method: 'GET', path: '/account/me' });
    return answer.body.user;
  }

  async change(profile: ProfileChange): Promise<Me> {
    const answer = await this.authority.send<{ user: Me }>({
      method: 'PATCH',
      path: '/account/me',
      body: profile,
    });
    return answer.body.user;
  }

  /* Where I am logged in, latest first. */
  async devices(): Promise<Device[]> {
    const all: Device[] = [];
    for (;;) {
      const answer = await this.authority.send<{ sessions: Device[]; more: boolean }>({
        method: 'GET',
        path: '/account/sessions',
        query: { limit: 100, before: all.at(-1)?.id },
      });
      all.push(...answer.body.sessions);
      if (!answer.body.more || answer.body.sessions.length === 0) return all;
    }
  }

  async renameDevice(id: number, device: string): Promise<Device> {
    const answer = await this.authority.send<{ session: Device }>({
      method: 'PATCH',
      path: `/account/sessions/${id}`,
      body: { device },
    });
    return answer.body.session;
  }

  async endDevice(id: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: `/account/sessions/${id}` });
  }

  async endOtherDevices(): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: '/account/sessions' });
  }

  async changePassword(old: string, wanted: string): Promise<void> {
    await this.authority.send({
      method: 'PUT',
      path: '/account/me/password',
      body: { old_password: old, new_password: wanted },
    });
  }

  async user(id: number): Promise<User> {
    const answer = await this.authority.send<{ user: User }>({
      method: 'GET',
      path: `/account/users/${id}`,
    });
    return answer.body.user;
  }

  /* At most 100; of those who are gone only that they are. */
  async users(ids: readonly number[]): Promise<User[]> {
    const answer = await this.authority.send<{ users: User[] }>({
      method: 'GET',
      path: '/account/users',
      query: { ids: ids.join(',') },
    });
    return answer.body.users;
  }

  async search(query: string): Promise<User[]> {
    const answer = await this.authority.send<{ users: User[] }>({
      method: 'GET',
      path: '/account/users',
      query: { query },
    });
    return answer.body.users;
  }

  async #adopt(path: string, body: unknown): Promise<Welcome> {
    const answer = await this.http.send<Welcome>({ method: 'POST', path, body });
    this.authority.adopt(answer.body);
    return answer.body;
  }
}
