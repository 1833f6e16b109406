import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses that nobody outside has: of this machine, of private networks, of clouds' own services, and of no one. */

const subnets = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  // IPv4 inside IPv6, by which any of the above could be meant
  '64:ff9b::/96',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

const list = new BlockList();
for (const subnet of subnets) {
  const [address = '', bits] = subnet.split('/');
  list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Also of what is no address at all. An IPv4 address in an IPv6 one is looked at as that. */
export const isPrivate = (address: string): boolean => {
  const family = isIP(address);
  return family === 0 || list.check(address, family === 6 ? 'ipv6' : 'ipv4');
};
