import { BlockList, isIPv6 } from 'node:net';
import { isSame } from './envelope.ts';
import { hasOddLength } from './odd-length.ts';
import { type Door, type RawRequest, Refused } from './webhook-door.ts';

/**
 * A door for clouds that sign nothing of what they report: whoever knows the address may come in, so a part of the
 * address is a secret, and where the cloud names the machines that it calls from, only those are let in.
 */

export type CallbackDoorSettings = {
  /** The last part of the address. */
  readonly secret: string;
  /** Addresses and subnets that the cloud calls from; empty: anywhere. */
  readonly allowed: readonly string[];
};

const toList = (allowed: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const one of allowed) {
    const [address = '', bits] = one.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

/** As a door of both families sees it: an IPv4 address in an IPv6 one is that IPv4 address. */
const bareAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const readJson = (body: Buffer): unknown => {
  const text = body.toString('utf8');
  if (hasOddLength(text)) throw new Refused('malformed');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused('malformed');
  }
};

export const createCallbackDoor = ({
  name,
  path,
  maxBytes,
  secret,
  allowed,
  answer,
  hear,
}: CallbackDoorSettings & {
  readonly name: string;
  /** Without the secret. */
  readonly path: string;
  readonly maxBytes: number;
  /** What the cloud wants to hear once everything is kept. */
  readonly answer: object;
  /** Throws `Refused`, and ZG_STORE_AWAY where nothing could be kept. */
  readonly hear: (json: unknown) => Promise<void>;
}): Door => {
  const list = toList(allowed);
  const mayCome = ({ address }: RawRequest): boolean => {
    const bare = bareAddress(address);
    return allowed.length === 0 || list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  };
  return {
    name,
    path: `${path}/:secret`,
    methods: ['POST'],
    maxBytes,
    handle: async (request) => {
      if (!isSame(request.params['secret'] ?? '', secret)) throw new Refused('badSignature');
      if (!mayCome(request)) throw new Refused('foreign');
      await hear(readJson(request.body));
      return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(answer) };
    },
  };
};
