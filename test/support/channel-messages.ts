import type { Card, OutgoingMessage } from '../../src/ports/channel.ts';

/** What the contract suites of the platforms send. */

export const card: Card = {
  title: '查岗',
  tone: 'asking',
  lines: ['历下区，请应答。', '10:10 前有效。'],
  facts: [{ name: '岗位', value: '历下区' }],
  buttons: [
    { title: '在岗', value: { action: 'acknowledge', obligationId: 'ocp1.x' }, style: 'positive' },
    { title: '不在岗', value: { action: 'notOnPost', obligationId: 'ocp1.x' }, style: 'destructive' },
  ],
};
export const message = (to: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: `j1.${to}`,
  to,
  text: '查岗：历下区，请应答。',
  ...more,
});
export const asking = (to: string): OutgoingMessage => message(to, { card, cardKey: `k.${to}` });
