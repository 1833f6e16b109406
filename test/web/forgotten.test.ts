import { expect, it } from 'vitest';
import type { Row } from '../../src/web/data/types.ts';
import { forgottenOf } from '../../src/web/logic/forgotten.ts';

const row = (seq: number, event: string, data: Row['data'] = {}): Row => ({ seq, at: `2021-08-27T10:0${seq}:00+08:00`, event, data });

it('tells of what is over what its rows tell: what it was, about whom, from when, until when, and its end', () => {
  const answerBy = Date.parse('2021-08-27T10:10:00+08:00');
  const end = row(4, 'AnswerRecorded', { subject: 'p1' });
  const rows = [row(1, 'CheckOpened', { kind: 'check', subject: 'p1', answerBy }), row(2, 'StepFired'), end, row(5, 'NoticeDelivered')];
  expect(forgottenOf(rows)).toEqual({
    kind: 'check',
    subject: 'p1',
    openedAt: '2021-08-27T10:01:00+08:00',
    limit: '2021-08-27T10:10:00.000Z',
    end,
  });
});

it('knows no end where none is told, and nothing at all where nothing was opened', () => {
  expect(forgottenOf([row(1, 'ObligationOpened', { kind: 'help', subject: 'p1' })])).toMatchObject({
    kind: 'help',
    limit: null,
    end: undefined,
  });
  expect([forgottenOf([]), forgottenOf([row(2, 'NoticeSent')])]).toEqual([undefined, undefined]);
});
