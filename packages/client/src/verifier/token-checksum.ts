import { crc32 } from 'node:zlib';

const form = /^[a-z][a-z0-9]{0,15}_[0-9A-Za-z]{49}$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumLength = 6;

/** Whether a text can be a token at all: its last six base62 digits are the CRC-32 of the rest. What is not need not be asked about. */
export function isWellFormedToken(text: string): boolean {
  if (!form.test(text)) return false;
  let checksum = 0;
  for (const digit of text.slice(-checksumLength)) {
    checksum = checksum * digits.length + digits.indexOf(digit);
  }
  return checksum === crc32(text.slice(0, -checksumLength));
}
