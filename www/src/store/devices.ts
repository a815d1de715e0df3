/* Where this person is logged in, and the password that all of it hangs on. */
import { signal, type Signal } from '@preact/signals-core';
import type { Api } from '../api';
import type { AccountApi, Device } from '../api/account';
import { SecondFactor } from './second_factor';

export class Devices {
  /* Latest log in first; null: not known yet. */
  readonly all: Signal<readonly Device[] | null> = signal(null);
  readonly secondFactor: SecondFactor;
  readonly #account: AccountApi;

  constructor({ account, secondFactor }: Pick<Api, 'account' | 'secondFactor'>) {
    this.#account = account;
    this.secondFactor = new SecondFactor(secondFactor);
  }

  async load(): Promise<void> {
    this.all.value = await this.#account.devices();
  }

  async rename(id: number, name: string): Promise<void> {
    const renamed = await this.#account.renameDevice(id, name);
    this.#keep((device) => [device.id === id ? renamed : device]);
  }

  async end(id: number): Promise<void> {
    await this.#account.endDevice(id);
    this.#keep((device) => (device.id === id ? [] : [device]));
  }

  async endOthers(): Promise<void> {
    await this.#account.endOtherDevices();
    this.#keepOwn();
  }

  /* Every other device has to log in again. */
  async changePassword(old: string, wanted: string): Promise<void> {
    await this.#account.changePassword(old, wanted);
    this.#keepOwn();
  }

  #keepOwn(): void {
    this.#keep((device) => (device.current ? [device] : []));
  }

  #keep(as: (device: Device) => Device[]): void {
    this.all.value = this.all.peek()?.flatMap(as) ?? null;
  }
}
