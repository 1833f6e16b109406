import { type AliyunAccess, askAliyun, classIn, toAliyunConfig, toAliyunFailure } from '../bot/aliyun.ts';
import { CloudError } from '../bot/cloud-error.ts';
import type { SmsGateway, Texted, TextMessage } from './gateway.ts';
import { aliyunLimits } from './limits.ts';

/**
 * Text messages through Alibaba Cloud: one call says something else to each of up to a hundred numbers. It is refused
 * as a whole, so what one number is to blame for is tried once more number by number.
 * Sources: help.aliyun.com, "SendSms" (419273) and "SendBatchSms" (419274).
 */

/** Refusals that one number of many may be to blame for. */
const ofOneNumber: ReadonlySet<string> = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.MOBILE_COUNT_OVER_LIMIT',
  'isv.BUSINESS_LIMIT_CONTROL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.PARAM_LENGTH_LIMIT',
  'isv.SMS_CONTENT_ILLEGAL',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
]);

const toParam = ({ template, values }: TextMessage): { readonly [place: string]: string } =>
  Object.fromEntries(template.places.map((place, index) => [place, values[index] ?? '']));

const load = async (access: AliyunAccess) => {
  const [sdk, core] = await Promise.all([import('@alicloud/dysmsapi20170525'), import('@alicloud/openapi-core')]);
  return { sdk, client: new (classIn(sdk))(new core.$OpenApiUtil.Config(toAliyunConfig(access))) };
};

export const createAliyunSms = (access: AliyunAccess, signature: string): SmsGateway => {
  let opening: ReturnType<typeof load> | undefined;

  const open = (): ReturnType<typeof load> => {
    opening ??= load(access);
    return opening;
  };

  const sendOne = async (message: TextMessage): Promise<Texted> => {
    const { mobile, template } = message;
    try {
      const { sdk, client } = await open();
      const request = new sdk.SendSmsRequest({
        phoneNumbers: mobile,
        signName: signature,
        templateCode: template.id,
        templateParam: JSON.stringify(toParam(message)),
      });
      const { bizId } = await askAliyun(() => client.sendSms(request));
      return { result: { status: 'sent', isDelivered: false }, reportId: `${bizId}:${mobile}` };
    } catch (error) {
      return { result: toAliyunFailure(error) };
    }
  };

  const sendMany = async (messages: readonly TextMessage[]): Promise<readonly Texted[]> => {
    try {
      const { sdk, client } = await open();
      const request = new sdk.SendBatchSmsRequest({
        phoneNumberJson: JSON.stringify(messages.map(({ mobile }) => mobile)),
        signNameJson: JSON.stringify(messages.map(() => signature)),
        templateCode: messages[0]!.template.id,
        templateParamJson: JSON.stringify(messages.map(toParam)),
      });
      const { bizId } = await askAliyun(() => client.sendBatchSms(request));
      return messages.map(({ mobile }) => ({ result: { status: 'sent', isDelivered: false }, reportId: `${bizId}:${mobile}` }));
    } catch (error) {
      if (!(error instanceof CloudError) || !ofOneNumber.has(error.code)) {
        const result = toAliyunFailure(error);
        return messages.map(() => ({ result }));
      }
      const results: Texted[] = [];
      for (const message of messages) results.push(await sendOne(message));
      return results;
    }
  };

  return {
    name: 'aliyunSms',
    signature,
    limits: aliyunLimits,
    load: async () => {
      await open();
    },
    keyOf: ({ template }) => template.id,
    send: async (messages) => (messages.length === 1 ? [await sendOne(messages[0]!)] : sendMany(messages)),
  };
};
