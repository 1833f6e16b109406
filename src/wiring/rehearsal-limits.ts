import { limits as dingtalk } from '../../adapters/dingtalk/limits.ts';
import { limits as feishu } from '../../adapters/feishu/limits.ts';
import type { SmsGateway } from '../../adapters/sms/gateway.ts';
import * as sms from '../../adapters/sms/limits.ts';
import { limits as teams } from '../../adapters/teams/limits.ts';
import * as voice from '../../adapters/voice/limits.ts';
import { limits as wecom } from '../../adapters/wecom/limits.ts';
import type { PlatformLimit } from '../app/rehearsal/load.ts';

type Rates = readonly { readonly count: number; readonly perMs: number }[];

const of = (
  platform: string,
  scope: PlatformLimit['scope'],
  rates: Rates,
  channel: PlatformLimit['channel'] = 'chat',
): readonly PlatformLimit[] => rates.map(({ count, perMs }) => ({ platform, channel, scope, count, perMs }));

/** Whatever is said to a number. */
const ofEach = ({ perNumber }: SmsGateway['limits']): Rates => perNumber.flatMap(({ by, rules }) => (by === 'number' ? rules : []));

/** What the platforms document, in the words of a rehearsal: one message counts as one call, which batches only better. */
export const platformLimits: readonly PlatformLimit[] = [
  ...of('wecom', 'person', wecom.perRecipient),
  ...of('wecom', 'all', wecom.perInterface),
  ...of('wecom', 'group', wecom.perRobot),
  ...of('feishu', 'person', feishu.perRecipient),
  ...of('feishu', 'all', feishu.perInterface),
  ...of('dingtalk', 'person', dingtalk.perRecipient),
  ...of('dingtalk', 'all', dingtalk.perInterface),
  ...of('dingtalk', 'group', dingtalk.perGroupRobot),
  ...of('teams', 'person', teams.perConversation),
  ...of('teams', 'all', [teams.perTenant]),
  ...of('aliyunSms', 'person', ofEach(sms.aliyunLimits), 'sms'),
  ...of('aliyunSms', 'all', sms.aliyunLimits.perChannel, 'sms'),
  ...of('tencentSms', 'person', ofEach(sms.tencentLimits), 'sms'),
  ...of('tencentSms', 'all', sms.tencentLimits.perChannel, 'sms'),
  ...of('aliyunVoice', 'person', voice.aliyunLimits.perRecipient, 'voice'),
  ...of('aliyunVoice', 'all', voice.aliyunLimits.perChannel, 'voice'),
  ...of('tencentVoice', 'all', voice.tencentLimits.perChannel, 'voice'),
];
