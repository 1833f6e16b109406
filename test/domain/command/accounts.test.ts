import { describe, expect, it } from 'vitest';
import { understand } from '../../../src/domain/command/understand.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';
import { context } from './context.ts';

const hear = (text: string) => {
  const { intent, accounts, person } = understand(text, context, vocabulary);
  return { intent, ...accounts, ids: person?.ids.join(',') };
};

describe('words about accounts', () => {
  it.each<[string, object]>([
    ['绑定码 赵明', { act: 'code', ids: 'm3' }],
    ['给赵明一个绑定码', { act: 'code', ids: 'm3' }],
    ['赵明的绑定码', { act: 'code', ids: 'm3' }],
    ['绑定码 李强', { act: 'code', ids: 'm2,m5' }],
    ['绑定码 张三', { act: 'code', ids: 'm1' }],
    ['绑定码 王五', { act: 'code', name: '王五' }],
    ['绑定码', { act: 'code' }],
    ['binding code for Ann Lee', { act: 'code', ids: 'm6' }],
    ['绑定 赵明 企业微信 zhaoming', { act: 'bind', channel: 'wecom', account: 'zhaoming', ids: 'm3' }],
    ['绑定 赵明 企业微信 ZhaoMing@JN', { act: 'bind', channel: 'wecom', account: 'ZhaoMing@JN', ids: 'm3' }],
    ['把赵明的飞书账号绑定为 ou_7D8a6e', { act: 'bind', channel: 'feishu', account: 'ou_7D8a6e', ids: 'm3' }],
    ['绑定 赵明 Teams 29:1AbC-d_e', { act: 'bind', channel: 'teams', account: '29:1AbC-d_e', ids: 'm3' }],
    ['@在岗 绑定 赵明 钉钉 manager1', { act: 'bind', channel: 'dingtalk', account: 'manager1', ids: 'm3' }],
    ['绑定 王五 企业微信 wangwu', { act: 'bind', channel: 'wecom', account: 'wangwu', name: '王五' }],
    ['绑定 赵明', { act: 'bind', ids: 'm3' }],
    ['bind Ann Lee wecom annlee', { act: 'bind', channel: 'wecom', account: 'annlee', ids: 'm6' }],
    ['解绑 赵明 企业微信', { act: 'revoke', channel: 'wecom', ids: 'm3' }],
    ['把赵明的企业微信解绑。', { act: 'revoke', channel: 'wecom', ids: 'm3' }],
    ['unbind Ann Lee wecom', { act: 'revoke', channel: 'wecom', ids: 'm6' }],
    ['绑定情况', { act: 'list' }],
    ['赵明的绑定情况', { act: 'list', ids: 'm3' }],
    ['飞书绑定情况', { act: 'list', channel: 'feishu' }],
    ['测试通道 飞书', { act: 'test', channel: 'feishu' }],
    ['测试飞书通道', { act: 'test', channel: 'feishu' }],
    ['测试通道 邮件 赵明', { act: 'test', channel: 'email', ids: 'm3' }],
    ['测试通道', { act: 'test' }],
    ['test channel feishu', { act: 'test', channel: 'feishu' }],
  ])('%s', (text, heard) => {
    expect(hear(text)).toEqual({ intent: 'accounts', ids: undefined, ...heard });
  });

  it.each(['收到，账号已绑定', '绑定码怎么获取？', '我还没绑定', '收到绑定码了', '在岗', '如果绑定赵明会怎样？', '“绑定 赵明 企业微信 a”'])(
    'hears none of it in %s',
    (text) => {
      expect(hear(text).intent).not.toBe('accounts');
    },
  );
});
