import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { Watch } from '../../src/domain/contact/watch.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Obligation } from '../../src/domain/escalation/obligation.ts';
import type { Item } from '../../src/domain/items/item.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import type { Transition, Write } from '../../src/ports/store.ts';

/** 2021-08-27 10:00 in Shanghai. */
export const friday10 = Date.UTC(2021, 7, 27, 2);

export const sampleWatch = (subject: string, over: Partial<Watch> = {}): Watch => ({
  subject,
  startedAt: friday10,
  lastContactAt: null,
  lastPresenceAt: null,
  nextCheckAt: null,
  cause: 'silence',
  openObligationId: null,
  ...over,
});

export const sampleObligation = (over: Partial<Obligation> = {}): Obligation => ({
  id: `ocp1.${friday10.toString(36)}`,
  kind: 'check',
  subject: 'p1',
  policy: 'check',
  openedAt: friday10,
  answerBy: friday10 + 600_000,
  status: 'open',
  baseAt: friday10,
  throughMs: -1,
  stepNo: 0,
  reminders: [],
  asked: [],
  told: [],
  ...over,
});

export const sampleItem = (over: Partial<Item> = {}): Item => ({
  id: 'iD2SD202108270001',
  kind: 'petition',
  number: 'D2SD202108270001',
  text: '工地夜间施工扬尘，"群众反复投诉"\n已多次反映。',
  pollution: ['大气'],
  isSpecial: false,
  isUrgent: false,
  handedOverAt: friday10,
  parts: [{ unitId: 'u2', isLead: true }],
  limits: [],
  status: 'handedOver',
  statusAt: friday10,
  receiptDueAt: friday10 + 7_200_000,
  subtasks: [],
  reports: [],
  versions: [],
  extensions: [],
  outerMoves: [],
  rechecks: [],
  reopened: 0,
  corrections: 0,
  ...over,
});

export const sampleEvent = (label: string, over: Partial<LedgerEvent> = {}): LedgerEvent => ({
  at: friday10,
  event: 'WatchMoved',
  data: { label },
  ...over,
});

export const sampleNotice = (to: string, over: Partial<Notice> = {}): Notice => ({ to, via: 'card', template: 'check.ask', ...over });

export const writeWatch = (subject: string, expected: number, dueAt: number | null, over: Partial<Watch> = {}): Write => ({
  id: `w${subject}`,
  expected,
  aggregate: { type: 'watch', state: sampleWatch(subject, over) },
  dueAt,
});

export const transition = (writes: readonly Write[], rest: Partial<Transition> = {}): Transition => ({
  writes,
  events: [],
  notices: [],
  ...rest,
});

export const sampleLetter = (id: string): InboundMessage => ({
  id,
  channel: 'webchat',
  conversation: 'c1',
  isGroup: false,
  from: 'm1',
  receivedAt: friday10,
});
