/* The server as the store sees it: one object per program. */
import { AccountApi } from './account';
import { Authority, type AuthorityOptions } from './authority';
import { ChatApi } from './chat';
import { GroupApi } from './groups';
import { Http, type HttpOptions } from './http';
import { JoiningApi } from './joining';
import { MediaApi } from './media';
import { MessageApi } from './messages';
import { MomentsApi } from './moments';
import { SecondFactorApi } from './second_factor';
import { SocialApi } from './social';

export interface Api {
  authority: Authority;
  account: AccountApi;
  social: SocialApi;
  groups: GroupApi;
  joining: JoiningApi;
  chat: ChatApi;
  messages: MessageApi;
  media: MediaApi;
  moments: MomentsApi;
  secondFactor: SecondFactorApi;
}

export function createApi(options: HttpOptions & Omit<AuthorityOptions, 'http'>): Api {
  const http = new Http(options);
  const authority = new Authority({ ...options, http });
  return {
    authority,
    account: new AccountApi(http, authority),
    social: new SocialApi(authority),
    groups: new GroupApi(authority),
    joining: new JoiningApi(http, authority),
    chat: new ChatApi(authority),
    messages: new MessageApi(authority),
    media: new MediaApi(authority),
    moments: new MomentsApi(authority),
    secondFactor: new SecondFactorApi(authority),
  };
}
