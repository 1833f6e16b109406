import { itemObligationId } from '../../domain/escalation/decide.ts';
import { clockOfReport, evolveReport, reportIdOf, type ReportDraft, type ReportPeriod } from '../../domain/figures/report-draft.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { decideIn, obligationIn, openIn, put, type Change } from '../change.ts';
import { readAll } from '../items/change-item.ts';
import type { World } from '../world.ts';

/** A report of one period, whoever drafted it: what was sent, when and by whom, stands here once for everybody. */

export type Sender = { readonly personId: string; readonly channel: string };

const reportIn = (change: Change, id: string): ReportDraft | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'report' ? aggregate.state : undefined;
};

/** As it stands now; undefined where it was never drafted. */
export const readReport = async (world: World, change: Change, id: string): Promise<ReportDraft | undefined> => {
  await readAll(world, change, [id]);
  return reportIn(change, id);
};

const write = (change: Change, event: LedgerEvent): ReportDraft => {
  const state = evolveReport(reportIn(change, event.itemId!), event)!;
  change.events.push(event);
  put(change, state.id, { type: 'report', state }, null);
  return state;
};

const clockIdOf = (world: World, { id, dueAt }: ReportDraft): string | undefined =>
  dueAt === undefined ? undefined : itemObligationId(id, clockOfReport(dueAt, world.directory.officeId ?? ''));

/** `dueAt`: it waits for the office until then, with a ladder. Without it somebody has asked to see it. */
export const noteDraft = async (
  world: World,
  change: Change,
  { kind, fromAt, toAt, seq, dueAt }: ReportPeriod & { readonly seq: number; readonly dueAt?: number },
  by?: Sender,
): Promise<ReportDraft> => {
  const id = reportIdOf({ kind, fromAt, toAt });
  await readReport(world, change, id);
  const report = write(change, {
    at: change.now,
    event: 'ReportDrafted',
    itemId: id,
    ...(by === undefined ? {} : { actor: by.personId, channel: by.channel }),
    data: { kind, from: fromAt, to: toAt, seq, ...(dueAt === undefined ? {} : { dueAt }) },
  });
  const clockId = dueAt === undefined ? undefined : clockIdOf(world, report);
  if (clockId === undefined) return report;
  await readAll(world, change, [clockId]);
  openIn(world, change, { type: 'open', ...clockOfReport(dueAt!, world.directory.officeId ?? ''), cause: kind, itemId: id });
  return report;
};

/** What waited for somebody to send it waits no more. */
const endClock = async (world: World, change: Change, report: ReportDraft, by: Sender, isSent: boolean): Promise<void> => {
  const clockId = clockIdOf(world, report);
  if (clockId === undefined) return;
  await readAll(world, change, [clockId]);
  if (!obligationIn(change, clockId)) return;
  decideIn(
    world,
    change,
    clockId,
    isSent ? { type: 'answer', ...by } : { type: 'withdraw', reason: 'reportDropped', personId: by.personId },
  );
};

export const recordSent = async (
  world: World,
  change: Change,
  report: ReportDraft,
  { seq, recipients, ...by }: Sender & { readonly seq: number; readonly recipients: readonly string[] },
): Promise<ReportDraft> => {
  const { id, kind, fromAt, toAt, sent } = report;
  const data = { kind, from: fromAt, to: toAt, seq, recipients, no: sent.length + 1 };
  const state = write(change, { at: change.now, event: 'ReportSent', itemId: id, actor: by.personId, channel: by.channel, data });
  await endClock(world, change, report, by, true);
  return state;
};

/** The office does not want this one sent. */
export const recordDropped = async (world: World, change: Change, report: ReportDraft, by: Sender): Promise<ReportDraft> => {
  const { id, kind, fromAt, toAt } = report;
  const data = { kind, from: fromAt, to: toAt };
  const state = write(change, { at: change.now, event: 'ReportDropped', itemId: id, actor: by.personId, channel: by.channel, data });
  await endClock(world, change, report, by, false);
  return state;
};
