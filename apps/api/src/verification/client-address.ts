import type { IncomingMessage } from 'node:http';
import proxyaddr from 'proxy-addr';

/** Tells the address of a client, by the word of trusted hops alone. */
export type AddressOf = (request: IncomingMessage) => string;

/** Makes it. @param trustedProxies `LATCHKEY_TRUSTED_PROXIES`. */
export function makeAddressOf(trustedProxies: string[]): AddressOf {
  const isTrusted = proxyaddr.compile(trustedProxies);
  return (request) => proxyaddr(request, isTrusted);
}
