/* Addresses of files that are in this page.  Whoever shows one holds it; what takes its place at
 * once finds the same address, so that nothing flickers. */

interface Held {
  address: string;
  holders: number;
}

const LINGERS_MS = 1000;

const held = new Map<Blob, Held>();

export function holdAddress(blob: Blob): string {
  let one = held.get(blob);
  if (!one) held.set(blob, (one = { address: URL.createObjectURL(blob), holders: 0 }));
  one.holders += 1;
  return one.address;
}

export function releaseAddress(blob: Blob): void {
  const one = held.get(blob);
  if (!one) return;
  one.holders -= 1;
  setTimeout(() => {
    if (one.holders > 0 || held.get(blob) !== one) return;
    held.delete(blob);
    URL.revokeObjectURL(one.address);
  }, LINGERS_MS);
}
