import { isAbsolute } from 'node:path';
import type { RedisOptions } from 'ioredis';

export type RedisNode = { readonly host: string; readonly port: number };

export type Login = Pick<RedisOptions, 'username' | 'password' | 'db' | 'tls'>;

/** Where Redis is, taken from one line of text. */
export type RedisTarget =
  | { readonly kind: 'single'; readonly options: Login & Pick<RedisOptions, 'host' | 'port' | 'path'> }
  | {
      readonly kind: 'sentinel';
      readonly options: Login & Pick<RedisOptions, 'name' | 'sentinels' | 'sentinelPassword' | 'enableTLSForSentinelMode' | 'sentinelTLS'>;
    }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[]; readonly options: Login };

const forms =
  'redis://host:6379/0, rediss://user:password@host:6380, redis+sentinel://host:26379,host:26379/master?db=0, ' +
  'redis+cluster://host:6379,host:6379, or the path of a unix socket';

const refuse = (problem: string): never => {
  throw new Error(`ZG_REDIS_URL: ${problem}. Known forms: ${forms}`);
};

const urlPattern = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/;

const parsePort = (text: string): number => {
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : refuse(`'${text}' is not a port`);
};

/** `host`, `host:port`, `[::1]:port`. */
const parseNode = (text: string, defaultPort: number): RedisNode => {
  const [, ipv6, host, port] = /^(?:\[([\da-f:.]+)\]|([^:[\]\s]+))(?::(\d+))?$/i.exec(text) ?? [];
  const name = ipv6 ?? host;
  return name === undefined ? refuse(`'${text}' is not a host and port`) : { host: name, port: port ? parsePort(port) : defaultPort };
};

const parseDb = (text: string): { db?: number } => {
  if (text === '') return {};
  return /^\d{1,5}$/.test(text) ? { db: Number(text) } : refuse(`'${text}' is not the number of a database`);
};

/** Percent signs stand for what an address can't hold, such as `@` in a password. */
const parseLogin = (text: string): { username?: string; password?: string } => {
  if (text === '') return {};
  const colon = text.indexOf(':');
  const username = decodeURIComponent(colon < 0 ? text : text.slice(0, colon));
  return { ...(username && { username }), ...(colon >= 0 && { password: decodeURIComponent(text.slice(colon + 1)) }) };
};

const parseSocket = (text: string): RedisTarget => {
  const [path = '', query = ''] = text.replace(/^unix:\/\//, '').split('?');
  if (!isAbsolute(path)) return refuse(`the path '${path}' of the socket is not absolute`);
  return { kind: 'single', options: { path, ...parseDb(new URLSearchParams(query).get('db') ?? '') } };
};

/**
 * Reads `redis://`, `rediss://`, `redis+sentinel://`, `redis+cluster://` (both with `rediss+` too) or the path of a unix socket.
 * Throws `ZG_REDIS_URL` with what is wrong; the password is never in the message.
 */
export const parseRedisTarget = (text: string): RedisTarget => {
  if (text.startsWith('/') || text.startsWith('unix://')) return parseSocket(text);
  const [, scheme, mode, login = '', hosts = '', path = '', query = ''] = urlPattern.exec(text) ?? [];
  if (scheme === undefined) return refuse("the address can't be read");
  const parameters = new URLSearchParams(query);
  const tls = scheme === 'rediss' ? { tls: {} } : {};
  const common: Login = { ...parseLogin(login), ...parseDb(parameters.get('db') ?? ''), ...tls };
  const nodes = hosts.split(',').map((host) => parseNode(host, mode === 'sentinel' ? 26_379 : 6379));

  if (mode === 'cluster') return { kind: 'cluster', nodes, options: common };
  if (mode === 'sentinel') {
    const name = decodeURIComponent(path) || refuse('the name of the master is missing');
    const sentinelPassword = parameters.get('sentinelPassword');
    return {
      kind: 'sentinel',
      options: {
        ...common,
        name,
        sentinels: nodes.map((node) => ({ ...node })),
        ...(sentinelPassword && { sentinelPassword }),
        ...(scheme === 'rediss' && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
      },
    };
  }
  const [node, ...others] = nodes;
  if (!node || others.length > 0) return refuse('several hosts need redis+sentinel:// or redis+cluster://');
  return { kind: 'single', options: { ...common, ...parseDb(path), ...node } };
};
