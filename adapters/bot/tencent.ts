import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ClientConfig } from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/interface.js';
import type { SendResult } from '../../src/ports/channel.ts';
import { CloudError, toCloudError } from './cloud-error.ts';
import { toUnanswered } from './failures.ts';

/** What the services of Tencent Cloud share: one kind of key, one signature (TC3-HMAC-SHA256, by the SDK), one kind of answer. */

export type TencentAccess = {
  readonly secretId: string;
  readonly secretKey: string;
  readonly region: string;
  /** Where the service is reached, without a path. */
  readonly base: string;
  readonly caFile?: string;
  readonly timeoutMs: number;
};

/**
 * The SDK signs the name of the host that it is told to call, and takes the service's name from it: so it is told the
 * service's own, and only its connections go where the base address is.
 */
const agentTo = (base: string, caFile: string | undefined): HttpAgent | HttpsAgent => {
  const { hostname: host, port, protocol } = new URL(base);
  if (protocol === 'http:') {
    const agent = new HttpAgent({ keepAlive: true });
    return Object.assign(agent, { createConnection: () => connect({ host, port: Number(port || 80) }) });
  }
  const agent = new HttpsAgent({ keepAlive: true });
  const trusted = caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
  return Object.assign(agent, {
    createConnection: () => connectTls({ host, port: Number(port || 443), servername: host, ...trusted }),
  });
};

/** `endpoint`: the service's own name, such as sms.tencentcloudapi.com. */
export const toTencentConfig = (
  { secretId, secretKey, region, base, caFile, timeoutMs }: TencentAccess,
  endpoint: string,
): ClientConfig => ({
  credential: { secretId, secretKey },
  region,
  profile: {
    httpProfile: {
      endpoint,
      protocol: `${new URL(base).protocol}//`,
      reqTimeout: timeoutMs / 1_000,
      agent: agentTo(base, caFile),
    },
  },
});

/** Runs a call: answers what it says, throws CloudError and PlatformUnreachable. */
export const askTencent = async <A>(call: () => Promise<A>): Promise<A> => {
  try {
    return await call();
  } catch (thrown) {
    const { httpCode, code } = (thrown ?? {}) as { readonly httpCode?: unknown; readonly code?: unknown };
    // an answer with a code has the status 200, and the SDK keeps no other
    throw toCloudError('Tencent', thrown, httpCode ?? (code === undefined ? undefined : 200));
  }
};

/** Too often to one number, by how long that holds. */
const limitMs: { readonly [code: string]: number } = {
  'LimitExceeded.PhoneNumberThirtySecondLimit': 30_000,
  'LimitExceeded.PhoneNumberOneHourLimit': 3_600_000,
  'LimitExceeded.PhoneNumberDailyLimit': 86_400_000,
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 86_400_000,
  'LimitExceeded.DailyLimit': 3_600_000,
  'LimitExceeded.AppDailyLimit': 3_600_000,
};
const unnamedLimitMs = 60_000;
/** More numbers than a call takes: the same call will always be too large. */
const tooLarge = 'LimitExceeded.PhoneNumberCountLimit';
/** Of the interface, by the account or by everybody. */
const tooFast = /^RequestLimitExceeded(?:\..+)?$/;
/** Errors inside the cloud; those among them that speak of a signature stay. */
const passing =
  /^(?:InternalError(?:\.(?:Timeout|OtherError|UnknownError|RequestTimeException|SendAndRecvFail|JsonParseFail))?|FailedOperation\.AccessUpstreamTimeout)$/;

/**
 * What is to be done about a call, or about one number of it, that came to nothing. Sources: cloud.tencent.com, "SMS API
 * error codes" (382/59177) and "VMS error codes" (1128/37531).
 */
export const toTencentFailure = (error: unknown): SendResult => {
  if (!(error instanceof CloudError)) return toUnanswered(error);
  const { code } = error;
  if (tooFast.test(code)) return { status: 'transient', code, retryAfterMs: 1_000 };
  if (code.startsWith('LimitExceeded') && code !== tooLarge)
    return { status: 'transient', code, retryAfterMs: limitMs[code] ?? unnamedLimitMs, triesNext: true };
  return passing.test(code) ? { status: 'transient', code } : { status: 'permanent', code };
};
