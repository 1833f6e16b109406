import { describe, expect, it } from 'vitest';
import { understand } from '../../../src/domain/command/understand.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';
import { handoverAccepted, handoverDelayed, handoverEdges, handoverLog } from '../../../src/messages/vocabulary-handover.ts';
import * as invented from '../../support/invented.ts';

const { units, people } = invented.organisation;
const hear = (text: string) =>
  understand(text, { now: invented.at('2021-08-28T08:20'), timeZone: 'Asia/Shanghai', units, people }, vocabulary);
const plain = (text: string): string => text.normalize('NFKC').replaceAll(handoverEdges, '');

describe('what is said at a change of shift', () => {
  it.each([
    '接班',
    '我接班了',
    '已接班',
    '我来接班',
    '确认接班',
    '接班完毕。',
    '交接完毕',
    '交接班完成',
    'taking over',
    "I'm taking over the shift",
  ])('%s accepts', (text) => {
    expect(hear(text).intent).toBe('handover');
    expect(plain(text)).toMatch(handoverAccepted);
  });

  it.each([
    '还没接班',
    '没有接班',
    '谁接班',
    '接班了吗',
    '十分钟后接班',
    '明天接班',
    '不接班',
    '接班人是谁',
    '张三接班',
    '等他接班',
    '接班表',
    'take over?',
  ])('%s never accepts', (text) => {
    const isAccepting = hear(text).intent === 'handover' && handoverAccepted.test(plain(text));
    expect(isAccepting).toBe(false);
  });

  it.each(['暂时不能接班', '不能按时接班', '我赶不到接班', '现在无法接班'])('%s asks those who leave to stay', (text) => {
    expect(hear(text).intent).toBe('handover');
    expect(plain(text)).toMatch(handoverDelayed);
  });

  it.each(['交接记录', '东城区交接记录', '昨天的交接班记录', '交接日志', 'handover log'])('%s asks for the log', (text) => {
    expect(hear(text).intent).toBe('handover');
    expect(plain(text)).toMatch(handoverLog);
  });

  it('keeps a note whole, whatever it speaks of', () => {
    expect(hear('交接备注：昨夜求援一次，已解除；收到请回复1')).toMatchObject({
      intent: 'handover',
      note: '昨夜求援一次，已解除；收到请回复1',
    });
    expect(hear('交班备注 D2SD202108260001 待签收')).toMatchObject({ intent: 'handover', note: 'D2SD202108260001 待签收' });
    expect(hear('handover note: camera broken')).toMatchObject({ intent: 'handover', note: 'camera broken' });
    expect(hear('交接备注').note).toBeUndefined();
  });

  it('tells of which unit and which day the log is meant', () => {
    expect(hear('8月27日东城区交接记录')).toMatchObject({
      intent: 'handover',
      unit: { id: 'u2' },
      fromAt: invented.at('2021-08-27T00:00'),
      toAt: invented.at('2021-08-28T00:00'),
    });
  });
});
