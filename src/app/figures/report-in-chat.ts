import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { officeGroup } from '../../domain/escalation/resolve.ts';
import {
  isReportId,
  mayBeSent,
  reportIdOf,
  reportKinds,
  wasShown,
  type ReportDraft,
  type ReportKind,
  type ReportPeriod,
} from '../../domain/figures/report-draft.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { addDays, instantOf, localDay } from '../../domain/local-time.ts';
import { appointedAt } from '../../domain/organisation/directory.ts';
import { reportChatTextsFor, reportWords } from '../../messages/report-chat-texts.ts';
import type { Button } from '../../ports/channel.ts';
import type { ReportPaper } from '../../ports/report.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';
import { put } from '../roster-change/change-card.ts';
import { isZero, toldIn } from './build-report.ts';
import { noteDraft, readReport, recordDropped, recordSent } from './keep-report.ts';
import type { ReadFigures } from './read-figures.ts';
import { nameReport, sendButton, sentText } from './render-report.ts';
import type { ReportDoor, ShownReport } from './report-door.ts';
import type { FiguresView } from './view-figures.ts';

/** Reports are drafted by us and sent by a person: the office asks, looks, and sends with one tap. */

export type ReportMaker = {
  readonly reports: Pick<ReportDoor, 'read' | 'tokenOf'>;
  readonly readFigures: ReadFigures;
  /** Ends with `/`. */
  readonly baseUrl: () => string;
};

const whole = { units: 'all', answers: 'ranked' } as const;
const withoutLeague = { units: 'all', answers: 'own' } as const;

/** The days that were said; today where nothing was said, the last seven for a week, all of it for the campaign. */
const wantedIn = ({ world, change, message }: Turn, { fromAt, toAt }: Understood): ReportPeriod => {
  const { timeZone, fromAt: beginsAt, toAt: endsAt } = world.settings;
  const today = localDay(timeZone, change.now);
  const text = message.text ?? '';
  if (fromAt !== undefined) {
    const to = toAt ?? localDay(timeZone, fromAt).endAt;
    const kind = to - fromAt <= 25 * 3_600_000 ? 'daily' : reportWords.weekly.test(text) ? 'weekly' : 'period';
    return { kind, fromAt, toAt: to };
  }
  if (reportWords.campaign.test(text))
    return { kind: 'campaign', fromAt: beginsAt, toAt: Math.max(beginsAt + 1, Math.min(endsAt, today.endAt)) };
  if (reportWords.weekly.test(text)) return { kind: 'weekly', fromAt: instantOf(timeZone, addDays(today.date, -6), 0), toAt: today.endAt };
  return { kind: 'daily', fromAt: today.startAt, toAt: today.endAt };
};

const keyLines = ({ subtitle, keys, sections, source }: ReportPaper): readonly string[] => [
  subtitle,
  ...keys.map(({ name, value, detail }) => `${name} ${value} (${detail})`),
  ...sections.flatMap(({ heading, lines }) => [heading, ...lines]),
  source,
];

const fileLines = (locale: unknown, { reports, baseUrl }: ReportMaker, shown: ShownReport, hasLeague: boolean): readonly string[] => {
  const texts = reportChatTextsFor(locale);
  return (['pdf', 'xlsx', 'png'] as const).map((format) =>
    put(texts.files, { kind: texts.kinds[format], url: `${baseUrl()}report/${reports.tokenOf(shown, format, hasLeague)}` }),
  );
};

/** What the office sees before it sends: the figures, and the files with how units compare. */
export const draftLines = (locale: unknown, maker: ReportMaker, paper: ReportPaper, shown: ShownReport): readonly string[] => [
  ...keyLines(paper),
  ...fileLines(locale, maker, shown, true),
];

const say = (turn: Turn, heading: string, lines: readonly string[], buttons: readonly Button[] = []): Notice =>
  reply(turn, 'reply.links', { heading, lines, buttons: buttons.map((one) => JSON.stringify(one)) });

const senderOf = ({ person, message }: Turn) => ({ personId: person.id, channel: message.channel });
const isOffice = ({ world, person, change }: Turn): boolean => isOfOffice(world.directory, person.id, change.now);

/** Whoever asked for a zero report hears what there is to tell. */
const whyNotZero = ({ message }: Turn, view: FiguresView): readonly string[] => {
  if (!reportWords.zero.test(message.text ?? '') || isZero(view)) return [];
  const texts = reportChatTextsFor(message.locale);
  const told = Object.entries(toldIn(view)).filter(([, count]) => count > 0);
  const list = told.map(([name, count]) => put(texts.told[name as keyof typeof texts.told], { count })).join(texts.comma);
  return [put(texts.notZero, { list: list || texts.unwatched })];
};

/** Where this period has been reported already, a second one is a correction. */
const correctingLines = (turn: Turn, { sent }: ReportDraft): readonly string[] => {
  const texts = reportChatTextsFor(turn.message.locale);
  const last = sent.at(-1);
  return last ? [put(texts.correcting, { sent: sentText(turn.world, last, texts) })] : [];
};

const showDraft = async (turn: Turn, period: ReportPeriod, maker: ReportMaker): Promise<readonly Notice[]> => {
  const texts = reportChatTextsFor(turn.message.locale);
  const { kind, fromAt, toAt } = period;
  const { paper, shown, view } = await maker.reports.read(kind, { fromAt, toAt, unitIds: [] }, whole);
  const report = await noteDraft(turn.world, turn.change, { ...period, seq: shown.seq }, senderOf(turn));
  const sent = report.sent.length;
  const lines = [...whyNotZero(turn, view), ...correctingLines(turn, report), ...draftLines(turn.message.locale, maker, paper, shown)];
  const send = sendButton(sent > 0 ? texts.correct : texts.send, { ...period, seq: shown.seq, at: shown.now, sent });
  return [say(turn, put(texts.draft, { title: paper.title }), lines, [send])];
};

/** Undefined for whoever is not of the office: to them the words mean something else. */
export const hearReport = async (turn: Turn, said: Understood, maker: ReportMaker | undefined): Promise<readonly Notice[] | undefined> => {
  if (!maker || turn.message.isGroup || !isOffice(turn)) return undefined;
  if (said.isDateUnreadable) return [say(turn, reportChatTextsFor(turn.message.locale).dates, [])];
  const period = wantedIn(turn, said);
  if (period.fromAt >= turn.change.now) return [say(turn, reportChatTextsFor(turn.message.locale).notBegun, [])];
  return showDraft(turn, period, maker);
};

type Value = { readonly [key: string]: unknown };

const periodIn = (value: Value): ReportPeriod | undefined => {
  const kind: ReportKind | undefined = reportKinds.find((one) => one === value['kind']);
  const [fromAt, toAt] = [Number(value['from']), Number(value['to'])];
  const isWhole = Number.isFinite(fromAt) && Number.isFinite(toAt) && fromAt >= 0 && toAt > fromAt;
  return kind === undefined || !isWhole ? undefined : { kind, fromAt, toAt };
};

const shownIn = (value: Value, { kind, fromAt, toAt }: ReportPeriod): ShownReport | undefined => {
  const [seq, now] = [Number(value['seq']), Number(value['at'])];
  if (!(seq >= 0 && now >= 0) || !Number.isFinite(seq + now)) return undefined;
  return { kind, ask: { fromAt, toAt, unitIds: [] }, seq: Math.trunc(seq), now };
};

/** The head of the office, and the group's chat; how units compare goes to neither. */
const recipientsOf = ({ world, person, change }: Turn): readonly string[] => {
  const { directory } = world;
  const heads = directory.officeId === undefined ? [] : appointedAt(directory, 'groupLeader', directory.officeId, change.now);
  return [...heads.filter((id) => id !== person.id), officeGroup];
};

/** What was shown is what is sent. */
const send = async (turn: Turn, report: ReportDraft, shown: ShownReport, maker: ReportMaker): Promise<readonly Notice[]> => {
  const { world, change, message } = turn;
  const texts = reportChatTextsFor(message.locale);
  const { paper } = await maker.reports.read(shown.kind, shown.ask, withoutLeague, shown);
  const recipients = recipientsOf(turn);
  await recordSent(world, change, report, { ...senderOf(turn), seq: shown.seq, recipients });
  const heading = report.sent.length > 0 ? put(texts.correction, { title: paper.title }) : paper.title;
  const lines = [...keyLines(paper), ...fileLines(message.locale, maker, shown, false), ...paper.sign];
  const notices = recipients.map((to): Notice => ({ to, via: 'card', template: 'reply.links', params: { heading, lines } }));
  const names = recipients.map((one) => (one === officeGroup ? texts.group : nameOf(world, one))).join(' ');
  return [...notices, say(turn, texts.sentTitle, [heading, put(texts.sentTo, { names })])];
};

/** A second press, of whomever, sends nothing: it tells who has sent it, and how it goes out once more on purpose. */
const alreadySent = (turn: Turn, report: ReportDraft, shown: ShownReport): readonly Notice[] => {
  const texts = reportChatTextsFor(turn.message.locale);
  const { kind, fromAt, toAt, sent } = report;
  const again = sendButton(texts.correct, { kind, fromAt, toAt, seq: shown.seq, at: shown.now, sent: sent.length });
  const { style: _, ...button } = again;
  return [say(turn, texts.alreadySent, [nameReport(turn.world, report), sentText(turn.world, sent.at(-1)!, texts)], [button])];
};

const drop = async (turn: Turn, report: ReportDraft): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  const texts = reportChatTextsFor(turn.message.locale);
  const last = report.sent.at(-1);
  const name = nameReport(world, report);
  if (last) return [say(turn, texts.alreadySent, [name, sentText(world, last, texts)])];
  if (report.dropped === undefined) await recordDropped(world, change, report, senderOf(turn));
  return [say(turn, texts.dropped, [name])];
};

const ours: readonly unknown[] = ['sendReport', 'showReport', 'dropReport'];

/** Undefined for a press of something else. */
export const pressReport = async (turn: Turn, value: unknown, maker: ReportMaker | undefined): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null || !ours.includes((value as Value)['action'])) return undefined;
  const texts = reportChatTextsFor(turn.message.locale);
  if (!maker || !isOffice(turn)) return [say(turn, texts.office, [])];
  const pressed = value as Value;
  const period = periodIn(pressed);
  const id = period ? reportIdOf(period) : pressed['reportId'];
  const report = typeof id === 'string' && isReportId(id) ? await readReport(turn.world, turn.change, id) : undefined;
  if (!report) return [say(turn, texts.gone, [])];
  if (pressed['action'] === 'showReport') return showDraft(turn, report, maker);
  if (pressed['action'] === 'dropReport') return drop(turn, report);
  const shown = shownIn(pressed, report);
  if (!shown) return [say(turn, texts.gone, [])];
  if (!mayBeSent(report, Number(pressed['sent']) || 0)) return alreadySent(turn, report, shown);
  return wasShown(report, shown) ? send(turn, report, shown, maker) : [say(turn, texts.gone, [])];
};
