import { channelVariables, wecomNeeds } from './channels.ts';
import { dingtalkNeeds } from './dingtalk.ts';
import { emailNeeds } from './email.ts';
import { feishuNeeds } from './feishu.ts';
import { phoneNeeds } from './phones.ts';

/** One variable of a channel: by its name, and whether it is given; what it says is nobody's business here. */
export type VariableState = { readonly name: string; readonly isSet: boolean };

export type ChannelVariables = {
  readonly channel: string;
  /** Without any of these it is not used. */
  readonly needs: readonly VariableState[];
  /** What makes it do more, or go elsewhere. */
  readonly others: readonly VariableState[];
};

const withPrefix = (prefix: keyof typeof phoneNeeds): readonly string[] => phoneNeeds[prefix].map((name) => `${prefix}${name}`);

const table: readonly { readonly channel: string; readonly prefix: string; readonly needs: readonly string[] }[] = [
  { channel: 'wecom', prefix: 'WECOM_', needs: wecomNeeds },
  { channel: 'feishu', prefix: 'FEISHU_', needs: feishuNeeds },
  { channel: 'dingtalk', prefix: 'DINGTALK_', needs: dingtalkNeeds },
  { channel: 'teams', prefix: 'MicrosoftApp', needs: ['MicrosoftAppId', 'MicrosoftAppPassword'] },
  { channel: 'aliyunSms', prefix: 'ALIYUN_SMS_', needs: withPrefix('ALIYUN_SMS_') },
  { channel: 'tencentSms', prefix: 'TENCENT_SMS_', needs: withPrefix('TENCENT_SMS_') },
  { channel: 'aliyunVoice', prefix: 'ALIYUN_VOICE_', needs: withPrefix('ALIYUN_VOICE_') },
  { channel: 'tencentVoice', prefix: 'TENCENT_VOICE_', needs: withPrefix('TENCENT_VOICE_') },
  { channel: 'email', prefix: 'SMTP_', needs: emailNeeds },
];

const bots = ['MicrosoftAppType', 'MicrosoftAppTenantId'];

/** Which variables each channel has, and which of them are given. An empty one counts as left out. */
export const channelVariablesIn = (env: { readonly [name: string]: string | undefined }): readonly ChannelVariables[] =>
  table.map(({ channel, prefix, needs }) => {
    const state = (name: string): VariableState => ({ name, isSet: (env[name] ?? '').trim() !== '' });
    const all = [...Object.keys(channelVariables), ...bots].filter((name) => name.startsWith(prefix) && !needs.includes(name));
    return { channel, needs: needs.map(state), others: all.map(state) };
  });
