import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { PlatformHttp } from '../bot/platform-http.ts';
import { FeishuError } from './errors.ts';

const AnswerShape = z.looseObject({ code: z.number() });
const methods = ['GET', 'POST', 'PUT', 'PATCH'] as const;

const unused = (): Promise<never> => Promise.reject(new Error('ZG_INTERNAL: the SDK is known to call `request` alone'));

/** Seconds until the limit is over. Source: open.feishu.cn, "频控策略". */
const retryAfterOf = (headers: Pick<Headers, 'get'>): number | undefined => {
  const seconds = Number(headers.get('x-ogw-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
};

/**
 * Our way of calling platforms, put under the SDK: certificates of one's own, a time limit, and errors that hold no
 * secret. What Feishu refuses is thrown as `FeishuError`.
 */
export const createSdkHttp = (http: PlatformHttp, base: string): HttpInstance => {
  const root = base.replace(/\/+$/, '');
  const request = async <R>({
    url = '',
    method = 'GET',
    headers = {},
    params = {},
    data,
  }: {
    readonly url?: string;
    readonly method?: string;
    readonly headers?: { readonly [name: string]: string };
    readonly params?: { readonly [name: string]: string | undefined };
    readonly data?: unknown;
  }): Promise<R> => {
    const verb = methods.find((one) => one === method.toUpperCase());
    if (verb === undefined || !url.startsWith(root)) throw new Error(`ZG_INTERNAL: the SDK asks for ${method} elsewhere than at Feishu`);
    const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const answer = await http({
      method: verb,
      path: url.slice(root.length),
      query: Object.fromEntries(given),
      headers,
      ...(data === undefined ? {} : { body: data }),
    });
    const { code } = AnswerShape.parse(answer.json);
    if (code !== 0) throw new FeishuError(code, retryAfterOf(answer.headers));
    return answer.json as R;
  };
  return { request, get: unused, delete: unused, head: unused, options: unused, post: unused, put: unused, patch: unused };
};
