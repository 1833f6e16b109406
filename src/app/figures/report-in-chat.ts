import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { officeGroup } from '../../domain/escalation/resolve.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { addDays, instantOf, localDay } from '../../domain/local-time.ts';
import { appointedAt } from '../../domain/organisation/directory.ts';
import { reportChatTextsFor, reportWords } from '../../messages/report-chat-texts.ts';
import type { ReportKind } from '../../messages/report-texts.ts';
import type { Button } from '../../ports/channel.ts';
import type { ReportPaper } from '../../ports/report.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';
import { applyAll } from '../change.ts';
import type { FiguresAsk } from './figures-period.ts';
import type { ReadFigures } from './read-figures.ts';
import type { ReportDoor, ShownReport } from './report-door.ts';

/** Reports are drafted by us and sent by a person: the office asks, looks, and sends with one tap. */

export type ReportMaker = {
  readonly reports: Pick<ReportDoor, 'read' | 'tokenOf'>;
  readonly readFigures: ReadFigures;
  /** Ends with `/`. */
  readonly baseUrl: () => string;
};

const whole = { units: 'all', seesLeague: true } as const;
const withoutLeague = { units: 'all', seesLeague: false } as const;

const put = (pattern: string, values: { readonly [name: string]: string }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');

type Wanted = { readonly kind: ReportKind; readonly ask: FiguresAsk };

/** The days that were said; today where nothing was said, the last seven for a week, all of it for the campaign. */
const wantedIn = ({ world, change, message }: Turn, { fromAt, toAt }: Understood): Wanted => {
  const { timeZone, fromAt: beginsAt, toAt: endsAt } = world.settings;
  const today = localDay(timeZone, change.now);
  const text = message.text ?? '';
  const of = (kind: ReportKind, from: number, to: number): Wanted => ({ kind, ask: { fromAt: from, toAt: to, unitIds: [] } });
  if (fromAt !== undefined) {
    const to = toAt ?? localDay(timeZone, fromAt).endAt;
    return of(to - fromAt <= 25 * 3_600_000 ? 'daily' : reportWords.weekly.test(text) ? 'weekly' : 'period', fromAt, to);
  }
  if (reportWords.campaign.test(text)) return of('campaign', beginsAt, Math.max(beginsAt + 1, Math.min(endsAt, today.endAt)));
  if (reportWords.weekly.test(text)) return of('weekly', instantOf(timeZone, addDays(today.date, -6), 0), today.endAt);
  return of('daily', today.startAt, today.endAt);
};

const keyLines = ({ subtitle, keys, sections, source }: ReportPaper): readonly string[] => [
  subtitle,
  ...keys.map(({ name, value, detail }) => `${name} ${value} (${detail})`),
  ...sections.flatMap(({ heading, lines }) => [heading, ...lines]),
  source,
];

const fileLines = (turn: Turn, { reports, baseUrl }: ReportMaker, shown: ShownReport, hasLeague: boolean): readonly string[] => {
  const texts = reportChatTextsFor(turn.message.locale);
  return (['pdf', 'xlsx', 'png'] as const).map((format) =>
    put(texts.files, { kind: texts.kinds[format], url: `${baseUrl()}report/${reports.tokenOf(shown, format, hasLeague)}` }),
  );
};

const say = (turn: Turn, heading: string, lines: readonly string[], buttons: readonly Button[] = []): Notice =>
  reply(turn, 'reply.links', { heading, lines, buttons: buttons.map((one) => JSON.stringify(one)) });

/** Undefined for whoever is not of the office: to them the words mean something else. */
export const hearReport = async (turn: Turn, said: Understood, maker: ReportMaker | undefined): Promise<readonly Notice[] | undefined> => {
  const { world, person, change, message } = turn;
  if (!maker || message.isGroup || !isOfOffice(world.directory, person.id, change.now)) return undefined;
  const texts = reportChatTextsFor(message.locale);
  if (said.isDateUnreadable) return [say(turn, texts.dates, [])];
  const { kind, ask } = wantedIn(turn, said);
  const { paper, shown } = await maker.reports.read(kind, ask, whole);
  const data = { kind, from: ask.fromAt, to: ask.toAt, seq: shown.seq };
  applyAll(world, change, [{ at: change.now, event: 'ReportDrafted', actor: person.id, channel: message.channel, data }]);
  const pressed = {
    action: 'sendReport',
    kind,
    from: String(ask.fromAt),
    to: String(ask.toAt),
    seq: String(shown.seq),
    at: String(shown.now),
  };
  const lines = [...keyLines(paper), ...fileLines(turn, maker, shown, true)];
  return [say(turn, put(texts.draft, { title: paper.title }), lines, [{ title: texts.send, value: pressed, style: 'positive' }])];
};

const kinds: readonly ReportKind[] = ['daily', 'weekly', 'campaign', 'period'];

const shownIn = (value: { readonly [key: string]: unknown }): ShownReport | undefined => {
  const kind = kinds.find((one) => one === value['kind']);
  const [fromAt, toAt, seq, now] = ['from', 'to', 'seq', 'at'].map((name) => Number(value[name]));
  const isWhole = [fromAt, toAt, seq, now].every((one) => Number.isFinite(one) && one! >= 0);
  if (kind === undefined || !isWhole || toAt! <= fromAt!) return undefined;
  return { kind, ask: { fromAt: fromAt!, toAt: toAt!, unitIds: [] }, seq: Math.trunc(seq!), now: now! };
};

/** The head of the office, and the group's chat; how units compare goes to neither. */
const recipientsOf = ({ world, person, change }: Turn): readonly string[] => {
  const { directory } = world;
  const heads = directory.officeId === undefined ? [] : appointedAt(directory, 'groupLeader', directory.officeId, change.now);
  return [...heads.filter((id) => id !== person.id), officeGroup];
};

/** Undefined for a press of something else. What was shown is what is sent. */
export const pressReport = async (turn: Turn, value: unknown, maker: ReportMaker | undefined): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null || (value as { readonly action?: unknown }).action !== 'sendReport') return undefined;
  const { world, person, change, message } = turn;
  const texts = reportChatTextsFor(message.locale);
  if (!maker || !isOfOffice(world.directory, person.id, change.now)) return [say(turn, texts.office, [])];
  const shown = shownIn(value as { readonly [key: string]: unknown });
  if (!shown) return [say(turn, texts.gone, [])];
  const { paper } = await maker.reports.read(shown.kind, shown.ask, withoutLeague, shown);
  const to = recipientsOf(turn);
  const { kind, ask, seq } = shown;
  const data = { kind, from: ask.fromAt, to: ask.toAt, seq, recipients: to };
  applyAll(world, change, [{ at: change.now, event: 'ReportSent', actor: person.id, channel: message.channel, data }]);
  const lines = [...keyLines(paper), ...fileLines(turn, maker, shown, false), ...paper.sign];
  const notices = to.map((one): Notice => ({ to: one, via: 'card', template: 'reply.links', params: { heading: paper.title, lines } }));
  const names = to.map((one) => (one === officeGroup ? texts.group : nameOf(world, one))).join(' ');
  return [...notices, say(turn, texts.sentTitle, [paper.title, put(texts.sentTo, { names })])];
};
