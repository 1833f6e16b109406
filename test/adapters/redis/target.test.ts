import { describe, expect, it } from 'vitest';
import { parseRedisTarget } from '../../../adapters/redis/target.ts';

describe('parseRedisTarget', () => {
  it('reads one server, with and without TLS', () => {
    expect(parseRedisTarget('redis://localhost')).toEqual({ kind: 'single', options: { host: 'localhost', port: 6379 } });
    expect(parseRedisTarget('rediss://me:p%40ss@redis.example:6380/2')).toEqual({
      kind: 'single',
      options: { host: 'redis.example', port: 6380, username: 'me', password: 'p@ss', db: 2, tls: {} },
    });
    expect(parseRedisTarget('redis://:only@[::1]:7000')).toEqual({
      kind: 'single',
      options: { host: '::1', port: 7000, password: 'only' },
    });
  });

  it('reads a unix socket', () => {
    expect(parseRedisTarget('/run/r.sock')).toEqual({ kind: 'single', options: { path: '/run/r.sock' } });
    expect(parseRedisTarget('unix:///run/r.sock?db=3')).toEqual({ kind: 'single', options: { path: '/run/r.sock', db: 3 } });
  });

  it('reads Sentinel and Cluster', () => {
    expect(parseRedisTarget('redis+sentinel://u:p@a:1,b/main?db=4&sentinelPassword=s')).toEqual({
      kind: 'sentinel',
      options: {
        username: 'u',
        password: 'p',
        db: 4,
        name: 'main',
        sentinels: [
          { host: 'a', port: 1 },
          { host: 'b', port: 26379 },
        ],
        sentinelPassword: 's',
      },
    });
    expect(parseRedisTarget('rediss+cluster://a:7001,b:7002')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7001 },
        { host: 'b', port: 7002 },
      ],
      options: { tls: {} },
    });
  });

  it.each([
    ['http://host', 'address'],
    ['redis://', "''"],
    ['redis://host:notaport', "'host:notaport'"],
    ['redis://host:70000', "'70000'"],
    ['redis://a,b', 'several hosts'],
    ['redis://host/first', "'first'"],
    ['redis+sentinel://a:1', 'master'],
    ['unix://relative.sock', 'absolute'],
    ['relative.sock', 'address'],
  ])('refuses %s and says what is wrong', (text, problem) => {
    expect(() => parseRedisTarget(text)).toThrow(/^ZG_REDIS_URL: .*Known forms/);
    expect(() => parseRedisTarget(text)).toThrow(problem);
  });

  it('keeps the password out of the message', () => {
    expect(() => parseRedisTarget('redis://u:secret@host:99999')).toThrow(expect.not.stringContaining('secret'));
  });
});
