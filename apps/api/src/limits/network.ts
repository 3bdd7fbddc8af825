import ipaddr from 'ipaddr.js';

/** How much of an IPv6 address names the network: what one customer is given, who may use any address in it. */
const prefix = 64;

/**
 * What counts as one place: an IPv4 address, however it is written, or an IPv6 network.
 *
 * @param address `null` and whatever is no address are places too.
 */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return address ?? '';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${String(prefix)}`).toString();
}
