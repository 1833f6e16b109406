import { type AliyunAccess, askAliyun, classIn, toAliyunConfig, toAliyunFailure } from '../bot/aliyun.ts';
import { CloudError } from '../bot/cloud-error.ts';
import type { VoiceCall, VoiceGateway } from './gateway.ts';
import { aliyunLimits, limits } from './limits.ts';

/**
 * Calls through Alibaba Cloud, with a menu of keys where something is asked. Its SDK for calls is not on npm in a form
 * that is kept up; the general client, which every SDK of the cloud stands on, signs and sends the same.
 * Sources: help.aliyun.com, "IvrCall" (393521) and "SingleCallByTts" (393519).
 */

type Answer = { readonly code?: string; readonly callId?: string };

export type AliyunVoiceSettings = {
  /** The number that shows on the telephone; bought from the cloud. Empty: one of the cloud's own. */
  readonly showNumber: string;
  /** A template that is said after a key was pressed; empty: nothing is. */
  readonly thanksId: string;
};

/** Of the general client the body comes as the cloud wrote it. */
const toAnswer = (body: unknown): Answer => {
  const { Code, CallId } = (body ?? {}) as { readonly Code?: unknown; readonly CallId?: unknown };
  return { ...(typeof Code === 'string' ? { code: Code } : {}), ...(typeof CallId === 'string' ? { callId: CallId } : {}) };
};

const toQuery = ({ number, template, values, keys }: VoiceCall, { showNumber, thanksId }: AliyunVoiceSettings) => {
  const params = JSON.stringify(Object.fromEntries(template.places.map((place, index) => [place, values[index] ?? ''])));
  const shared = { CalledNumber: number, PlayTimes: limits.timesPlayed, ...(showNumber === '' ? {} : { CalledShowNumber: showNumber }) };
  if (keys.length === 0) return { action: 'SingleCallByTts', query: { ...shared, TtsCode: template.id, TtsParam: params } };
  const thanks = thanksId === '' ? {} : { ByeCode: thanksId };
  const MenuKeyMap = keys.map((Key) => ({ Key, ...(thanksId === '' ? {} : { Code: thanksId }) }));
  const query = { ...shared, StartCode: template.id, StartTtsParams: params, Timeout: limits.keyWithinMs, MenuKeyMap, ...thanks };
  return { action: 'IvrCall', query };
};

const load = async (access: AliyunAccess) => {
  const sdk = await import('@alicloud/openapi-core');
  return { sdk, client: new (classIn(sdk))(new sdk.$OpenApiUtil.Config(toAliyunConfig(access))) };
};

export const createAliyunVoice = (access: AliyunAccess, settings: AliyunVoiceSettings): VoiceGateway => {
  let opening: ReturnType<typeof load> | undefined;

  const open = (): ReturnType<typeof load> => {
    opening ??= load(access);
    return opening;
  };

  return {
    name: 'aliyunVoice',
    limits: aliyunLimits,
    load: async () => {
      await open();
    },
    toFailure: toAliyunFailure,
    call: async (wanted) => {
      const { sdk, client } = await open();
      const { action, query } = toQuery(wanted, settings);
      const params = new sdk.$OpenApiUtil.Params({
        action,
        version: '2017-05-25',
        protocol: 'HTTPS',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      });
      const request = new sdk.$OpenApiUtil.OpenApiRequest({ query: sdk.OpenApiUtil.query(query) });
      const { callId } = await askAliyun(async () => {
        const { body } = (await client.callApi(params, request, {} as Parameters<typeof client.callApi>[2])) as { readonly body?: unknown };
        return { body: toAnswer(body) };
      });
      if (callId === undefined) throw new CloudError('Aliyun', 'noCallId');
      return callId;
    },
  };
};
