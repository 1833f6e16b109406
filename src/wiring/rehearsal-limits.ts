import { limits as dingtalk } from '../../adapters/dingtalk/limits.ts';
import { limits as feishu } from '../../adapters/feishu/limits.ts';
import { limits as teams } from '../../adapters/teams/limits.ts';
import { limits as wecom } from '../../adapters/wecom/limits.ts';
import type { PlatformLimit } from '../app/rehearsal/load.ts';

type Rates = readonly { readonly count: number; readonly perMs: number }[];

const of = (platform: string, scope: PlatformLimit['scope'], rates: Rates): readonly PlatformLimit[] =>
  rates.map(({ count, perMs }) => ({ platform, channel: 'chat', scope, count, perMs }));

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
];
