import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Addresses that no endpoint may lead to, whatever its own list says: cloud metadata and the like, "any", multicast. */
const NEVER = new BlockList();
for (const [net, prefix] of [
  ['169.254.0.0', 16],
  ['0.0.0.0', 8],
  ['224.0.0.0', 3],
] as const)
  NEVER.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['fe80::', 10],
  ['ff00::', 8],
  ['::', 128],
] as const)
  NEVER.addSubnet(net, prefix, 'ipv6');

export type Resolved =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'refused' | 'unresolved'; readonly detail: string };

/**
 * The address that a host name leads to, if it lies in one of the endpoint's own networks ("10.1.0.0/16" or a single address). The
 * connection then goes to this address: the name is not asked a second time, so that it cannot answer differently.
 */
export async function allowedAddress(host: string, allowed: readonly string[], resolve = addressesOf): Promise<Resolved> {
  const list = new BlockList();
  for (const network of allowed) {
    const [net = '', prefix] = network.split('/');
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(net) === 0) return { kind: 'refused', detail: `the network ${network} cannot be read` };
    if (prefix === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(prefix), family);
  }
  let addresses: readonly string[];
  try {
    addresses = isIP(host) ? [host] : await resolve(host);
  } catch {
    return { kind: 'unresolved', detail: 'the name could not be resolved' };
  }
  const address = addresses.find((one) => within(list, one) && !within(NEVER, one));
  return address ? { kind: 'address', address } : { kind: 'refused', detail: 'the name leads outside the networks of the endpoint' };
}

function within(list: BlockList, address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return list.check(mapped, 'ipv4') || list.check(address, 'ipv6');
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}
