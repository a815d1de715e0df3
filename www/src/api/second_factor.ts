/* account: a code besides the password. */
import type { Authority } from './authority';

const PATH = '/account/me/second-factor';

export interface SecondFactorState {
  enabled: boolean;
  recovery_codes: number; // not used yet
}

/* For an authenticator app. */
export interface SecondFactorSecret {
  secret: string;
  uri: string; // what its camera reads
}

export class SecondFactorApi {
  constructor(private readonly authority: Authority) {}

  async state(): Promise<SecondFactorState> {
    const answer = await this.authority.send<{ second_factor: SecondFactorState }>({
      method: 'GET',
      path: PATH,
    });
    return answer.body.second_factor;
  }

  async begin(password: string): Promise<SecondFactorSecret> {
    const body = { password };
    const answer = await this.authority.send<SecondFactorSecret>({
      method: 'POST',
      path: PATH,
      body,
    });
    return answer.body;
  }

  /* The recovery codes, which are never to be had again. */
  async turnOn(code: string): Promise<string[]> {
    const answer = await this.authority.send<{ recovery_codes: string[] }>({
      method: 'PUT',
      path: PATH,
      body: { code },
    });
    return answer.body.recovery_codes;
  }

  async turnOff(password: string, code: string): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: PATH, body: { password, code } });
  }

  async renewCodes(password: string, code: string): Promise<string[]> {
    const answer = await this.authority.send<{ recovery_codes: string[] }>({
      method: 'POST',
      path: `${PATH}/recovery-codes`,
      body: { password, code },
    });
    return answer.body.recovery_codes;
  }
}
