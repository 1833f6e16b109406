import { readFileSync } from 'node:fs';
import type { $OpenApiUtil } from '@alicloud/openapi-core';
import type { SendResult } from '../../src/ports/channel.ts';
import { CloudError, toCloudError } from './cloud-error.ts';
import { toUnanswered } from './failures.ts';

/** What the services of Alibaba Cloud share: one kind of key, one signature (ACS3-HMAC-SHA256, by the SDK), one kind of answer. */

export type AliyunAccess = {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Without a path: the SDK knows none. */
  readonly base: string;
  readonly caFile?: string;
  readonly timeoutMs: number;
};

type Config = ConstructorParameters<typeof $OpenApiUtil.Config>[0] & object;

export const toAliyunConfig = ({ accessKeyId, accessKeySecret, base, caFile, timeoutMs }: AliyunAccess): Config => {
  const { host, protocol } = new URL(base);
  return {
    accessKeyId,
    accessKeySecret,
    endpoint: host,
    protocol: protocol.slice(0, -1),
    readTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
  };
};

/** The client of an SDK: its class is the default of what Node takes for the default, and bundlers do not. */
export const classIn = <C>({ default: loaded }: { readonly default: { readonly default: C } }): C =>
  'default' in loaded ? loaded.default : loaded;

/** Runs a call: answers its body, throws CloudError for a code other than `OK`, and PlatformUnreachable. */
export const askAliyun = async <B extends { readonly code?: string }>(call: () => Promise<{ readonly body?: B }>): Promise<B> => {
  const { body } = await call().catch((thrown: unknown) => {
    throw toCloudError('Aliyun', thrown, (thrown as { readonly statusCode?: unknown } | null)?.statusCode);
  });
  if (body?.code !== 'OK') throw new CloudError('Aliyun', body?.code ?? 'noCode');
  return body;
};

/** Busy, or errors inside the cloud. */
const passing =
  /^(?:Throttling.*|ServiceUnavailable|SystemBusy|InternalError|SignatureNonceUsed|isp\.(?:SYSTEM_ERROR|GATEWAY_ERROR|UNKNOWN\w*)|isv\.(?:ACCOUNT_ABNORMAL|VOICE_CALL_FAIL))$/;
/** Too often to one number; how long that holds is said in words alone, a minute at the least. */
const tooOften = /^isv\.BUSINESS_LIMIT_CONTROL$/;
const tooOftenMs = 60_000;
/** The customer's own limit for a day or a month, or hours in which nobody may be called. */
const closed = /^isv\.(?:DAY_LIMIT_CONTROL|MONTH_LIMIT_CONTROL|VOICE_ROBOT_NOT_PERIOD|VOICE_CALL_PERIOD_ERROR)$/;
const closedMs = 3_600_000;

/**
 * What is to be done about a call that came to nothing. Everything else (numbers, templates, signatures, an account
 * without money or rights) stays so however often it is tried. Sources: help.aliyun.com, "API error codes" of the short
 * message service (101346) and of the voice service (178344).
 */
export const toAliyunFailure = (error: unknown): SendResult => {
  if (!(error instanceof CloudError)) return toUnanswered(error);
  const { code, retryAfterMs } = error;
  if (tooOften.test(code)) return { status: 'transient', code, retryAfterMs: tooOftenMs, triesNext: true };
  if (closed.test(code)) return { status: 'transient', code, retryAfterMs: closedMs, triesNext: true };
  if (!passing.test(code)) return { status: 'permanent', code };
  return { status: 'transient', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
};
