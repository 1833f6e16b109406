import type { PageTexts } from '../../messages/page-texts.ts';
import type { Row } from '../data/types.ts';
import { timeOf } from './format-time.ts';
import { numberOf } from './item-number.ts';
import { put } from './put.ts';

export type Names = ReadonlyMap<string, string>;
export type Tone = 'good' | 'waiting' | 'escalated' | 'missed' | 'empty' | 'plain';

export type ToldRow = {
  readonly seq: number;
  readonly time: string;
  readonly phrase: string;
  /** Post, unit or person it is about. */
  readonly about: string;
  /** Who did it, where it is somebody else. */
  readonly who: string;
  readonly channel: string;
  readonly tone: Tone;
  readonly isHighlight: boolean;
};

const tones: { readonly [event: string]: Tone } = {
  CheckOpened: 'waiting',
  ObligationOpened: 'escalated',
  StepFired: 'escalated',
  ObligationMissed: 'missed',
  MassFailureFound: 'missed',
  ChannelFailed: 'missed',
  ChannelRecovered: 'good',
  DecisionFailed: 'missed',
  NoticeFailed: 'missed',
  AccessRefused: 'missed',
  SignInRefused: 'missed',
  AppealAsked: 'waiting',
  AppealUpheld: 'good',
  AnswerRecorded: 'good',
  ObligationTakenOver: 'good',
  ObligationWithdrawn: 'plain',
  StandInRecorded: 'escalated',
};

/** Book-keeping: true, sealed, and of no interest to somebody who watches. */
const quiet = new Set([
  'WatchMoved',
  'WatchStarted',
  'WatchEnded',
  'CalendarAdvanced',
  'RosterAudited',
  'SeedSealed',
  'SeedRevealed',
  'NoticeSent',
  'NoticeDelivered',
  'RoundAsked',
  'StepSkipped',
]);

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** Of a report `to` is an instant. */
const personIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

/** Ids of the house, which tell nobody anything. */
const innerId = /^[a-z]\d+$/;

/** Whoever is out of the reader's sight has no name for them. */
const nameIn = (names: Names, id: string): string => names.get(id) ?? (innerId.test(id) ? '' : id);

export const tellRow = (row: Row, names: Names, texts: PageTexts): ToldRow => {
  const { data } = row;
  const subject = text(data['subject']) || text(data['unitId']) || personIn(data['to']) || text(data['holder']);
  // a message about a post, or about an item, has reached somebody
  const reached = row.event === 'NoticeDelivered' ? personIn(data['to']) : '';
  const by = row.actor ?? (text(data['by']) || reached);
  // what is told of an item alone is told by its number
  const about = nameIn(names, subject) || (subject === '' ? numberOf(row.itemId ?? '') : '');
  const who = by === subject ? '' : nameIn(names, by);
  return {
    seq: row.seq,
    time: timeOf(row.at, true),
    phrase: phraseOf(row, names, texts),
    about,
    who,
    channel: row.channel === undefined ? '' : (texts.channels[row.channel] ?? row.channel),
    tone: toneOf(row),
    isHighlight: !quiet.has(keyOf(row)),
  };
};

/** The first card is the question itself; only what goes further is climbing. */
const toneOf = (row: Row): Tone => {
  const { event, data } = row;
  if (isClockOpened(row)) return 'plain';
  if (event === 'StepFired' && list(data['roles']).every((role) => role === 'onDuty')) return 'waiting';
  if (event === 'ObligationOpened' && data['kind'] === 'postEmpty') return 'empty';
  return tones[event] ?? 'plain';
};

/** Until an item's clock runs out nobody is late, and nothing has been done: its kind alone would read as if it had. */
const isClockOpened = ({ event, itemId }: Row): boolean => event === 'ObligationOpened' && itemId?.startsWith('i') === true;

const keyOf = (row: Row): string => {
  const { event, data } = row;
  if (isClockOpened(row)) return 'ClockOpened';
  if ((event === 'NoticeSent' || event === 'NoticeDelivered') && typeof data['lateMs'] === 'number') return `${event}Late`;
  if (event !== 'AnswerRecorded') return event;
  // what was owed has been done with its own button: that says nothing of a post
  if (data['proof'] === 'action') return data['isLate'] === true ? 'DoneLate' : 'Done';
  if (data['proves'] === 'contact') return data['isLate'] === true ? 'AnswerByPhoneLate' : 'AnswerByPhone';
  if (data['isLate'] === true) return 'AnswerLate';
  if (data['proof'] === 'landline') return 'AnswerByLandline';
  return data['role'] === 'coDuty' ? 'AnswerByCoDuty' : event;
};

const phraseOf = (row: Row, names: Names, texts: PageTexts): string => {
  const { data } = row;
  const pattern = texts.events[keyOf(row)];
  // an event that this page does not know yet is still an event
  if (pattern === undefined) return row.event;
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  return put(pattern, {
    kind: kinds[text(data['kind'])] ?? text(data['kind']),
    report: texts.reportNames[text(data['kind'])] ?? '',
    step: Number(data['stepNo'] ?? 0) + 1,
    via: texts.vias[list(data['callers']).length > 0 ? 'officeCall' : text(data['via'])] ?? '',
    roles: rolesOf(row)
      .map((role) => texts.roles[role] ?? role)
      .join(texts.comma),
    notified: list(data['notified'])
      .map((to) => names.get(to) ?? texts.groupChat)
      .join(texts.comma),
    result: texts.callResults[text(data['result'])] ?? text(data['result']),
    reason: texts.reasons[text(data['reason'])] ?? text(data['reason']),
    asked: text(data['asked']),
    silent: text(data['silent']),
    gaps: text(data['gaps']),
    channelName: texts.channels[text(data['channel'])] ?? text(data['channel']),
    failures: text(data['failures']),
    failed: text(data['failed']),
    minutes: text(data['minutes']),
    late: put(texts.minutes, { n: Math.round(Number(data['lateMs'] ?? 0) / 60_000) }),
    nextCheck: typeof data['nextCheckAt'] === 'number' ? clockOf(data['nextCheckAt'], row.at) : '',
  });
};

/** Somebody who is checked without a post is asked as themselves. */
const rolesOf = ({ data }: Row): string[] =>
  list(data['roles']).map((role) => (role === 'onDuty' && text(data['subject']).startsWith('m') ? 'self' : role));

/** Instants inside `data` are epoch ms; they are shown in the offset of the row's own. */
const clockOf = (atMs: number, rowIso: string): string => {
  const offset = /[+-]\d{2}:\d{2}$/.exec(rowIso)?.[0] ?? '+00:00';
  const sign = offset.startsWith('-') ? -1 : 1;
  const shiftMs = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;
  return new Date(atMs + shiftMs).toISOString().slice(11, 16);
};
