import type { Notice } from '../../domain/escalation/notice.ts';
import type { Obligation } from '../../domain/escalation/obligation.ts';
import type { ReportDraft, ReportPeriod, SentReport } from '../../domain/figures/report-draft.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { reportChatTextsFor, type ReportChatTexts } from '../../messages/report-chat-texts.ts';
import { reportTexts } from '../../messages/report-texts.ts';
import type { Button, Card } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import { put } from '../roster-change/change-card.ts';
import type { World } from '../world.ts';
import { momentText } from './render-appeal.ts';

/** Cards about a report that waits to be sent, from how it stands now. */

export const isReportNotice = ({ template }: Notice): boolean => template === 'report.owed' || template === 'report.over';

/** What was shown, and what had been sent by then: whoever presses it has seen no more. */
export type ShownDraft = ReportPeriod & { readonly seq: number; readonly at: number; readonly sent: number };

const periodValue = ({ kind, fromAt, toAt }: ReportPeriod) => ({ kind, from: String(fromAt), to: String(toAt) });

export const sendButton = (title: string, shown: ShownDraft): Button => ({
  title,
  value: { action: 'sendReport', ...periodValue(shown), seq: String(shown.seq), at: String(shown.at), sent: String(shown.sent) },
  style: 'positive',
});

/** The same as one text, for a notice to carry. */
export const packShown = ({ seq, at, sent }: ShownDraft): string => [seq, at, sent].join(' ');

/** By what a report is known before its figures are. */
export const nameReport = (world: World, { kind, fromAt, toAt }: ReportPeriod): string =>
  `${put(reportTexts.titles[kind], { campaign: world.settings.name })} ${momentText(world, fromAt)}–${momentText(world, toAt)}`;

export const sentText = (world: World, { at, by }: SentReport, texts: ReportChatTexts): string =>
  put(texts.sentBy, { name: nameOf(world, by), at: momentText(world, at) });

const buttonsOf = (world: World, { to, params }: Notice, report: ReportDraft, texts: ReportChatTexts, now: number): readonly Button[] => {
  if (!to.startsWith('m') || !isOfOffice(world.directory, to, now)) return [];
  const value = { ...periodValue(report) };
  const [seq, at, sent] = String(params?.['shown'] ?? '')
    .split(' ')
    .map(Number);
  // only whoever has the figures before them is offered to send them
  const send = at === undefined || sent === undefined ? [] : [sendButton(texts.send, { ...report, seq: seq!, at, sent })];
  return [
    ...send,
    { title: send.length > 0 ? texts.again : texts.show, value: { action: 'showReport', ...value } },
    { title: texts.drop, value: { action: 'dropReport', ...value } },
  ];
};

const said = (title: string, tone: Card['tone'], lines: readonly string[], buttons: readonly Button[] = []) => ({
  card: { title, tone, lines, facts: [], buttons },
  text: [title, ...lines].join('\n'),
});

export const renderReport = (world: World, notice: Notice, o: Obligation | undefined, now: number, report: ReportDraft | undefined) => {
  const texts = reportChatTextsFor(notice.params?.['locale']);
  if (!report) return said(texts.gone, 'neutral', []);
  const name = nameReport(world, report);
  const last = report.sent.at(-1);
  if (last) return said(texts.sentTitle, 'done', [name, sentText(world, last, texts)]);
  if (report.dropped) {
    const { by, at } = report.dropped;
    return said(texts.dropped, 'done', [name, put(texts.droppedBy, { name: nameOf(world, by), at: momentText(world, at) })]);
  }
  const dueAt = o?.answerBy ?? report.dueAt ?? now;
  const isLate = now >= dueAt;
  const lines = (notice.params?.['lines'] as readonly string[] | undefined) ?? [name];
  const due = put(isLate ? texts.overdue : texts.due, { at: momentText(world, dueAt) });
  const heading = notice.params?.['heading'];
  const title =
    typeof heading === 'string' ? heading : put(isLate ? texts.waitsLate : texts.waits, { name: reportTexts.names[report.kind] });
  return said(title, isLate ? 'alert' : 'asking', [...lines, due], buttonsOf(world, notice, report, texts, now));
};
