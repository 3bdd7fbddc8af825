import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** Of IPv6 only what is given out: whatever else there is, or will be, leads nowhere or somewhere of its own. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** An address that a connection can be made to. */
export interface Address {
  address: string;
  family: number;
}

/** Finds the addresses of a host. @throws when there are none. */
export type Resolve = (hostname: string) => Promise<Address[]>;

/** Asks the machine's own resolver. */
export const resolve: Resolve = async (hostname) => lookup(hostname, { all: true });

/** Whether an address is on the public internet: of no private network, of this machine, of no tunnel into either. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
