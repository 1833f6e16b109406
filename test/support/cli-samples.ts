import type { RehearsalReport } from '../../src/app/rehearsal/report.ts';
import type { ImportOutcome } from '../../src/app/roster/import-outcome.ts';
import type { WebhookView } from '../../src/app/webhooks/view-webhooks.ts';

/** What the product answers to commands, where only the command line is tried. */

export const rehearsed: RehearsalReport = {
  ok: true,
  campaign: '演练',
  from: '2021-09-01T08:30:00+08:00',
  to: '2021-09-02T08:30:00+08:00',
  days: 1,
  seed: 7,
  silent: 0.25,
  totals: { posts: 1, people: 1, questions: 5, messages: 12, nightMessages: 2, groupMessages: 1, answers: 9, ledgerRows: 40 },
  people: [{ name: '姜洋', unit: '历下区', part: 'punctual', day: 10, night: 2, questions: 5, mostInADay: 12 }],
  posts: [{ post: '历下区', unit: '历下区', questions: 5, perDay: 5, late: 0, missed: 0, steps: 6 }],
  gaps: [],
  thin: [],
  weakLadders: [],
  endsWithNobody: [],
  kinds: [],
  leftOpen: [],
  channels: [],
};

export const subscriberView: WebhookView = {
  name: 'archive',
  host: 'archive.example.cn',
  events: 'all',
  state: 'failing',
  seq: 7,
  behind: 3,
  failures: 2,
  failingSince: '2021-08-27T02:00:00Z',
  lastCode: '500',
  lastTakenAt: null,
  nextTryAt: null,
};

export const good: ImportOutcome = { ok: true, counts: { units: 21 }, errors: [], warnings: [] };
export const bad: ImportOutcome = {
  ok: false,
  counts: {},
  errors: [
    { sheet: '区县值班汇总', row: 12, cell: 'O12', code: 'ZG_POST_EMPTY', message: '空岗24小时', date: '2021-09-05', unit: '南部山区' },
  ],
  warnings: [],
};

export const shiftOnDuty = {
  from: '2021-08-26T08:30:00+08:00',
  to: '2021-08-27T08:30:00+08:00',
  shiftLeader: null,
  onDuty: [{ name: '姜洋', mobile: '13800005106' }],
  coDuty: [],
  landline: null,
};
