import type { sms } from 'tencentcloud-sdk-nodejs-sms';
import { CloudError } from '../bot/cloud-error.ts';
import { toE164 } from '../bot/phone-number.ts';
import { askTencent, type TencentAccess, toTencentConfig, toTencentFailure } from '../bot/tencent.ts';
import type { SmsGateway, Texted } from './gateway.ts';
import { tencentLimits } from './limits.ts';

/**
 * Text messages through Tencent Cloud: one call says the same to up to two hundred numbers, and answers for each.
 * Source: cloud.tencent.com, "SendSms" (382/55981).
 */

type Client = InstanceType<typeof sms.v20210111.Client>;

const endpoint = 'sms.tencentcloudapi.com';

export const createTencentSms = (access: TencentAccess, appId: string, signature: string): SmsGateway => {
  let opening: Promise<Client> | undefined;

  const open = (): Promise<Client> => {
    opening ??= import('tencentcloud-sdk-nodejs-sms').then((sdk) => new sdk.sms.v20210111.Client(toTencentConfig(access, endpoint)));
    return opening;
  };

  return {
    name: 'tencentSms',
    signature,
    limits: tencentLimits,
    load: async () => {
      await open();
    },
    keyOf: ({ template, values }) => JSON.stringify([template.id, values]),
    send: async (messages) => {
      const { template, values } = messages[0]!;
      try {
        const client = await open();
        const { SendStatusSet = [] } = await askTencent(() =>
          client.SendSms({
            PhoneNumberSet: messages.map(({ mobile }) => toE164(mobile)),
            SmsSdkAppId: appId,
            SignName: signature,
            TemplateId: template.id,
            TemplateParamSet: [...values],
          }),
        );
        const byNumber = new Map(SendStatusSet.map((status) => [status.PhoneNumber, status]));
        return messages.map(({ mobile }): Texted => {
          const { Code = 'noStatus', SerialNo } = byNumber.get(toE164(mobile)) ?? {};
          if (Code !== 'Ok') return { result: toTencentFailure(new CloudError('Tencent', Code)) };
          return { result: { status: 'sent', isDelivered: false }, ...(SerialNo ? { reportId: SerialNo } : {}) };
        });
      } catch (error) {
        const result = toTencentFailure(error);
        return messages.map(() => ({ result }));
      }
    },
  };
};
