// What an authenticator app does: RFC 6238, HMAC-SHA-1, 6 digits, 30 s.
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(base32) {
	const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
}

/** The code of now, or of so many steps later.
 * @param {string} secret base32 */
export function totp(secret, later = 0) {
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
	const hash = createHmac('sha1', bytesOf(secret)).update(step).digest();
	const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
	return String(number % 1_000_000).padStart(6, '0');
}
