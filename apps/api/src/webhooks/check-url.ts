import type { CheckUrl } from '@latchkey/core';
import ipaddr from 'ipaddr.js';
import { hostOf, isPublic } from './addresses.ts';

/** Names that the public DNS never resolves (RFC 6761, RFC 6762, RFC 8375) or that lead to the machine itself. */
const privateNames = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/;

/**
 * Makes what says of a URL at once why it cannot be a webhook's. A name that leads to a private address is found out when it is called.
 *
 * @param allowsPrivate whether it may be plain http, and lead into a private network.
 */
export function makeCheckUrl(allowsPrivate: boolean): CheckUrl {
  return (text) => {
    if (!URL.canParse(text)) return 'This is no URL.';
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) {
      return 'A webhook is called by https only.';
    }
    if (url.username !== '' || url.password !== '') {
      return 'A URL with a user or a password cannot be kept: what is sent is signed instead.';
    }
    if (url.hash !== '') return 'What follows the # is never sent. Leave it out.';
    const host = hostOf(url);
    if (allowsPrivate) return undefined;
    return (ipaddr.isValid(host) ? !isPublic(host) : privateNames.test(host))
      ? 'This leads to a private address.'
      : undefined;
  };
}
