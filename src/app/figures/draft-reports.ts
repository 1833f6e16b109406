import { nextWorkingAt } from '../../domain/escalation/working-hours.ts';
import { reportIdOf, type ReportPeriod } from '../../domain/figures/report-draft.ts';
import { reportsDue } from '../../domain/figures/report-times.ts';
import { reportChatTextsFor } from '../../messages/report-chat-texts.ts';
import type { Stored } from '../../ports/store.ts';
import { beginChange, put, readInto, toTransition, type Change } from '../change.ts';
import { put as fillIn } from '../roster-change/change-card.ts';
import { refreshWorld, type World } from '../world.ts';
import { noteDraft, readReport } from './keep-report.ts';
import { packShown } from './render-report.ts';
import { draftLines, type ReportMaker } from './report-in-chat.ts';

/** The id of how far the calendar of reports has got, of which there is one. */
const reportsId = 't';

/** After a longer outage the days before are told by the reports of the weeks, and by whoever asks for them. */
const mostBackMs = 7 * 86_400_000;
const aheadMs = 8 * 86_400_000;

const throughOf = (stored: Stored | undefined): number | undefined =>
  stored?.aggregate.type === 'reportCalendar' ? stored.aggregate.state.throughAt : undefined;

/** Puts the figures into the cards that the opening of the clock has addressed. */
const showFigures = (change: Change, itemId: string, params: { heading: string; lines: readonly string[]; shown: string }): void => {
  for (const [index, notice] of change.notices.entries())
    if (notice.template === 'report.owed' && notice.itemId === itemId) change.notices[index] = { ...notice, params };
};

const draftOne = async (world: World, change: Change, maker: ReportMaker, period: ReportPeriod, withinMs: number): Promise<void> => {
  const { kind, fromAt, toAt } = period;
  const known = await readReport(world, change, reportIdOf(period));
  // somebody was quicker, and it is out
  if (known && known.sent.length > 0) return;
  const { paper, shown } = await maker.reports.read(kind, { fromAt, toAt, unitIds: [] }, { units: 'all', answers: 'ranked' });
  const report = await noteDraft(world, change, { ...period, seq: shown.seq, dueAt: change.now + withinMs });
  showFigures(change, report.id, {
    heading: fillIn(reportChatTextsFor(undefined).draft, { title: paper.title }),
    lines: draftLines(undefined, maker, paper, shown),
    shown: packShown({ ...period, seq: shown.seq, at: shown.now, sent: 0 }),
  });
};

/**
 * Drafts each report whose time has come and puts it before the office, which sends it. Called as often as one likes, on
 * every instance: how far it has got and the drafts are one commit, so each is drafted once, and what fell due while nobody
 * was there is drafted on return. It waits for working hours: a report is paper.
 */
export const createReportDrafting = (world: World, maker: ReportMaker) => {
  let idle: { readonly times: unknown; readonly toAt: number; readonly untilAt: number } | undefined;
  return async (): Promise<void> => {
    const { settings } = world;
    const { reports, workingHours, timeZone } = settings;
    const now = world.clock.now();
    if (!reports || world.campaignVersion <= 0 || world.directory.officeId === undefined) return;
    // other times may hold by now
    if (idle?.times === reports && idle.toAt === settings.toAt && now < idle.untilAt) return;
    if (nextWorkingAt({ ...workingHours, timeZone }, now) > now) return;
    const [stored] = await world.store.load([reportsId]);
    const throughAt = throughOf(stored);
    const due = throughAt === undefined ? [] : reportsDue(reports, settings, Math.max(throughAt, now - mostBackMs), now);
    if (throughAt === undefined || due.length > 0) {
      await refreshWorld(world);
      const change = beginChange(world, now);
      readInto(change, reportsId, stored);
      for (const period of due) await draftOne(world, change, maker, period, reports.withinMs);
      put(change, reportsId, { type: 'reportCalendar', state: { throughAt: now } }, null);
      const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
      if (result === 'stale') await refreshWorld(world, true);
      // the next look finds what another has done, or does it itself
      if (result !== 'committed') return;
    }
    const untilAt = reportsDue(reports, settings, now, now + aheadMs)[0]?.toAt ?? now + aheadMs;
    idle = { times: reports, toAt: settings.toAt, untilAt };
  };
};
