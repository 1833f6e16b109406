import type { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { z } from 'zod';
import { CloudError } from '../bot/cloud-error.ts';
import { toE164 } from '../bot/phone-number.ts';
import { askTencent, type TencentAccess, toTencentConfig, toTencentFailure } from '../bot/tencent.ts';
import type { VoiceGateway } from './gateway.ts';
import { limits, tencentLimits } from './limits.ts';

/**
 * Calls through Tencent Cloud. Which keys are listened to is a matter of the template, and told in its words.
 * Source: cloud.tencent.com, "SendTtsVoice" (1128/51558).
 */

const endpoint = 'vms.tencentcloudapi.com';
const Answer = z.looseObject({ SendStatus: z.looseObject({ CallId: z.string().min(1) }) });

export const createTencentVoice = (access: TencentAccess, appId: string): VoiceGateway => {
  let opening: Promise<CommonClient> | undefined;

  const open = (): Promise<CommonClient> => {
    opening ??= import('tencentcloud-sdk-nodejs-common').then(
      (sdk) => new sdk.CommonClient(endpoint, '2020-09-02', toTencentConfig(access, endpoint)),
    );
    return opening;
  };

  return {
    name: 'tencentVoice',
    limits: tencentLimits,
    load: async () => {
      await open();
    },
    toFailure: toTencentFailure,
    call: async ({ number, template, values }) => {
      const client = await open();
      const answer: unknown = await askTencent(() =>
        client.request('SendTtsVoice', {
          TemplateId: template.id,
          CalledNumber: toE164(number),
          VoiceSdkAppid: appId,
          TemplateParamSet: [...values],
          PlayTimes: limits.timesPlayed,
        }),
      );
      const parsed = Answer.safeParse(answer);
      if (!parsed.success) throw new CloudError('Tencent', 'noCallId');
      return parsed.data.SendStatus.CallId;
    },
  };
};
