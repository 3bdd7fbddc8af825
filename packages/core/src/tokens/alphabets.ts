const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Big-endian bytes as base62 digits, padded to `length`, which must be enough for the largest value. */
export function toBase62(bytes: Uint8Array, length: number): string {
  let rest = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let digits = '';
  for (let place = 0; place < length; place += 1) {
    digits = base62.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}

/** One character of Crockford's base32 (no I, L, O, U) for each byte, from its five low bits. */
export function toCrockford(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => crockford.charAt(byte & 31)).join('');
}
