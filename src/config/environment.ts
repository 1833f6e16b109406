import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { botFaults, demoFaults, type Given, isLoopback, productionFaults, secretLength, unknownFaults } from './environment-rules.ts';
import { arrangeChannels, channelFaults, type ChannelSettings, channelVariables } from './channels.ts';
import { ConfigurationError, type Fault, faultsOf } from './faults.ts';
import { bureauName, textField } from './fields.ts';
import { arrangeSignIn, signInFaults, type SignInSettings, signInVariables } from './sign-in.ts';

const within = (text: string, from: number, to: number): number | undefined => {
  const value = text === '' ? Number.NaN : Number(text);
  return value >= from && value <= to ? value : undefined;
};

const wholeWithin = (text: string, from: number, to: number): number | undefined =>
  /^\d+$/.test(text) ? within(text, from, to) : undefined;

const oneOf = <const T extends string>(values: readonly T[]) =>
  textField(`one of ${values.join(', ')}`, values[0] ?? '', (text) => values.find((value) => value === text));

/** Of a page that people open: with `/` at its end, so that paths can be put behind it. */
const readPublicUrl = (text: string): string | undefined => {
  const url = new URL(text);
  const isPlain = (url.protocol === 'https:' || url.protocol === 'http:') && url.search === '' && url.hash === '' && url.username === '';
  return isPlain ? `${url.origin}${url.pathname.replace(/\/*$/, '/')}` : undefined;
};

/** An address that is called; what stands in it is often the only key to it. */
const outside = (example: string) =>
  textField(
    'an address that begins with https:// or http://',
    example,
    (text) => (/^https?:$/.test(new URL(text).protocol) ? new URL(text).href : undefined),
    { isSecret: true },
  );

const addressPattern = /^(?:rediss?(?:\+(?:sentinel|cluster))?:\/\/[^\s/]+\S*|(?:unix:\/\/)?\/\S+)$/;
const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Every variable there is; `.env.example` describes each, and a test holds the two together. */
const variables = {
  ZAIGANG_MODE: oneOf(['demo', 'production']).optional(),
  ZAIGANG_BUREAU: bureauName.optional(),
  HOST: textField('a host name or an address', '127.0.0.1', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined)).optional(),
  PORT: textField('a port from 0 to 65535', '3978', (text) => wholeWithin(text, 0, 65_535)).optional(),
  PUBLIC_URL: textField('an address that begins with https:// or http://', 'https://zaigang.example.cn/', readPublicUrl).optional(),
  DRAIN_SECONDS: textField('a number from 0 to 60', '5', (text) => within(text, 0, 60)).optional(),
  WORKERS: textField('a whole number from 1 to 64', '2', (text) => wholeWithin(text, 1, 64)).optional(),
  REDIS_URL: textField(
    'the address of a Redis',
    'redis://127.0.0.1:6379 (or rediss://, redis+sentinel://, redis+cluster://, or the path of a unix socket)',
    (text) => (addressPattern.test(text) ? text : undefined),
    { isSecret: true },
  ).optional(),
  DATA_DIR: textField('a folder', './data', (text) => resolve(text)).optional(),
  CAMPAIGN_FILE: textField('the path of a JSON file', './campaign.json', (text) => resolve(text)).optional(),
  CLOCK_SCALE: textField('a number from 0.1 to 3600', '60', (text) => within(text, 0.1, 3600)).optional(),
  CLOCK_START: textField(
    'a moment with its offset',
    '2021-08-27T09:55+08:00',
    (text) => Temporal.Instant.from(text).epochMilliseconds,
  ).optional(),
  LOG_LEVEL: oneOf(['info', 'fatal', 'error', 'warn', 'debug', 'trace', 'silent']).optional(),
  DIRECTLINE_SECRET: textField(
    `a secret of at least ${secretLength} characters without spaces`,
    'the output of: openssl rand -base64 36',
    (text) => (text.length >= secretLength && !/\s/.test(text) ? text : undefined),
    { isSecret: true },
  ).optional(),
  HEARTBEAT_URL: outside('https://hc.example.cn/ping/0123').optional(),
  WEBHOOKS_FILE: textField('the path of a JSON file', './webhooks.json', (text) => resolve(text)).optional(),
  WATCH_WEBHOOK: outside('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123').optional(),
  WATCH_COMMAND: textField('a command', '/usr/local/bin/send-sms 138-0000-0001', (text) => text).optional(),
  MicrosoftAppId: textField('the id of an application', '00000000-0000-0000-0000-000000000000', (text) =>
    uuidPattern.test(text) ? text : undefined,
  ).optional(),
  MicrosoftAppPassword: textField('a client secret', 'as shown once by the portal', (text) => text || undefined, {
    isSecret: true,
  }).optional(),
  MicrosoftAppType: oneOf(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).optional(),
  MicrosoftAppTenantId: textField('the id of a tenant', '00000000-0000-0000-0000-000000000000', (text) =>
    uuidPattern.test(text) ? text : undefined,
  ).optional(),
  ...signInVariables,
  ...channelVariables,
};

export const variableNames: readonly string[] = Object.keys(variables);

const addressFaults = (given: Given, checkRedisUrl: (url: string) => unknown): readonly Fault[] => {
  const url = given['REDIS_URL'];
  if (url === undefined || !addressPattern.test(url)) return [];
  try {
    checkRedisUrl(url);
    return [];
  } catch (error) {
    return [{ name: 'REDIS_URL', problem: error instanceof Error ? error.message.replace(/^ZG_\w+: /, '') : String(error) }];
  }
};

export type BotCredentials = {
  readonly appId: string;
  readonly password: string | null;
  readonly type: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly tenantId: string | null;
};

export type Environment = {
  readonly mode: 'demo' | 'production';
  readonly host: string;
  readonly port: number;
  /** Where people reach the service, with `/` at its end; null: where it listens. */
  readonly publicUrl: string | null;
  /** How long it still serves after it was told to end, with /readyz saying that it is not ready, real ms. */
  readonly drainMs: number;
  /** Processes of the service behind the one port. */
  readonly workers: number;
  /** Null: the embedded one. */
  readonly redisUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute; null: the built-in demo. */
  readonly campaignFile: string | null;
  /** Null: the campaign says. */
  readonly bureau: string | null;
  /** In a demo only; `startAt` in epoch ms. */
  readonly clock: { readonly scale: number; readonly startAt: number } | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Never null in production. */
  readonly directLineSecret: string | null;
  /** Called every 20 seconds while everything works; null: nobody is. */
  readonly heartbeatUrl: string | null;
  /** Absolute; null: no system outside hears of events. */
  readonly webhooksFile: string | null;
  /** How the watchdog tells the office. */
  readonly watch: { readonly webhook: string | null; readonly command: string | null };
  /** Null: no Teams. */
  readonly bot: BotCredentials | null;
  readonly signIn: SignInSettings;
  readonly channels: ChannelSettings;
};

/**
 * One core is for Redis: with as many processes as cores each answer cost more than it gained. Beyond four one Redis is
 * what keeps everybody waiting. Elsewhere than on Linux processes can't share a port.
 */
const unaskedWorkers = process.platform === 'linux' ? Math.max(1, Math.min(availableParallelism() - 1, 4)) : 1;

const demoStart = '2021-08-27T09:55+08:00';

const arrange = (read: z.output<z.ZodObject<typeof variables>>): Environment => {
  const mode = read.ZAIGANG_MODE ?? 'demo';
  return {
    mode,
    host: read.HOST ?? '127.0.0.1',
    port: read.PORT ?? 3978,
    publicUrl: read.PUBLIC_URL ?? null,
    drainMs: (read.DRAIN_SECONDS ?? 0) * 1_000,
    workers: read.WORKERS ?? (mode === 'demo' ? 1 : unaskedWorkers),
    redisUrl: read.REDIS_URL ?? null,
    dataDir: read.DATA_DIR ?? resolve('data'),
    campaignFile: read.CAMPAIGN_FILE ?? null,
    bureau: read.ZAIGANG_BUREAU ?? null,
    clock:
      mode === 'demo'
        ? { scale: read.CLOCK_SCALE ?? 60, startAt: read.CLOCK_START ?? Temporal.Instant.from(demoStart).epochMilliseconds }
        : null,
    logLevel: read.LOG_LEVEL ?? 'info',
    directLineSecret: read.DIRECTLINE_SECRET ?? null,
    heartbeatUrl: read.HEARTBEAT_URL ?? null,
    webhooksFile: read.WEBHOOKS_FILE ?? null,
    watch: { webhook: read.WATCH_WEBHOOK ?? null, command: read.WATCH_COMMAND ?? null },
    bot:
      read.MicrosoftAppId === undefined
        ? null
        : {
            appId: read.MicrosoftAppId,
            password: read.MicrosoftAppPassword ?? null,
            type: read.MicrosoftAppType ?? 'MultiTenant',
            tenantId: read.MicrosoftAppTenantId ?? null,
          },
    signIn: arrangeSignIn(read),
    channels: arrangeChannels(read),
  };
};

/**
 * Reads the environment once. An empty variable counts as left out. Throws ConfigurationError with everything that is wrong.
 * `checkRedisUrl` is the connection's own reader, which throws for an address that it can't use.
 */
export const readEnvironment = (
  env: { readonly [name: string]: string | undefined },
  checkRedisUrl: (url: string) => unknown = () => undefined,
): Environment => {
  const given: Given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const read = z.object(variables).safeParse(given);
  const mode = given['ZAIGANG_MODE'] ?? 'demo';
  const faults = [
    ...unknownFaults(given, variableNames),
    ...(read.success ? [] : faultsOf(read.error)),
    ...(mode === 'demo' ? demoFaults(given) : []),
    ...(mode === 'production' ? productionFaults(given) : []),
    ...botFaults(given),
    ...signInFaults(given),
    ...channelFaults(given),
    ...addressFaults(given, checkRedisUrl),
  ];
  if (!read.success || faults.length > 0) throw new ConfigurationError('the environment', faults);
  return arrange(read.data);
};

/** What a start should say though nothing keeps it from starting. */
export const warningsOf = ({ mode, host, publicUrl }: Environment): readonly string[] =>
  mode === 'production' && publicUrl === null && !isLoopback(host)
    ? [
        `PUBLIC_URL is not set: links to calendars, duty sheets and the page that the chat gives begin with the address that the service listens at (HOST is ${host}), which people may not be able to open. Set it to the address under which people reach the service, for example https://zaigang.example.cn/`,
      ]
    : [];
