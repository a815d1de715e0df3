/* Whether logging in takes a code besides the password. */
import { signal, type Signal } from '@preact/signals-core';
import type { SecondFactorApi, SecondFactorSecret, SecondFactorState } from '../api/second_factor';

export class SecondFactor {
  /* null: not known yet. */
  readonly state: Signal<SecondFactorState | null> = signal(null);
  readonly #api: SecondFactorApi;

  constructor(api: SecondFactorApi) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.state.value = await this.#api.state();
  }

  begin(password: string): Promise<SecondFactorSecret> {
    return this.#api.begin(password);
  }

  async turnOn(code: string): Promise<string[]> {
    return this.#with(await this.#api.turnOn(code));
  }

  async renewCodes(password: string, code: string): Promise<string[]> {
    return this.#with(await this.#api.renewCodes(password, code));
  }

  async turnOff(password: string, code: string): Promise<void> {
    await this.#api.turnOff(password, code);
    this.state.value = { enabled: false, recovery_codes: 0 };
  }

  #with(codes: string[]): string[] {
    this.state.value = { enabled: true, recovery_codes: codes.length };
    return codes;
  }
}
