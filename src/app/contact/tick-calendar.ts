import { catchUpMs, planCalendar, type PlannedRound } from '../../domain/contact/calendar.ts';
import { evolveRound, openRound } from '../../domain/contact/round.ts';
import { announceShifts } from './announce-shifts.ts';
import { isOnSiteSince } from './contact-rules.ts';
import { auditRoster } from '../roster/audit-roster.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { officeGroup } from '../../domain/escalation/resolve.ts';
import type { Calendar, Write } from '../../ports/store.ts';
import { recheckRequests } from '../shift-change/recheck-requests.ts';
import { keepHandovers } from '../handover/keep-handovers.ts';
import { digestOf } from '../notices/digest.ts';
import { calendarId, refreshWorld, type World } from '../world.ts';

/** A slot that is seen this late is asked from now on: people get their whole window. */
const freshMs = 60_000;

/** Rounds with the instant they are asked from; two of the same posts that are both late are one, which asks everybody. */
const openingsOf = (rounds: readonly PlannedRound[], now: number): readonly PlannedRound[] => {
  const openings = rounds.map((round) => ({ ...round, at: now - round.at < freshMs ? round.at : now }));
  return openings.flatMap((one, index): readonly PlannedRound[] => {
    const twins = openings.filter(({ target, at }) => target === one.target && at === one.at);
    if (twins[0] !== one) return [];
    return [twins.length === 1 ? openings[index]! : { target: one.target, at: one.at }];
  });
};

/**
 * Decides everything the calendar asks for since it was last looked at: rounds, digests, audits, the seeds of days.
 * Two instances that look at once make one decision, by compare-and-set on the calendar itself. Called as often as
 * one likes.
 */
export const tickCalendar = async (world: World): Promise<void> => {
  await refreshWorld(world);
  await keepHandovers(world, true);
  const [stored] = await world.store.load([calendarId]);
  const calendar: Calendar =
    stored?.aggregate.type === 'calendar' ? stored.aggregate.state : { throughAt: world.clock.now() - 1, seeds: {} };
  const now = world.clock.now();
  const plan = planCalendar(
    world.settings,
    calendar.throughAt,
    Object.keys(calendar.seeds),
    now,
    isOnSiteSince(world, now - catchUpMs, now),
  );
  // A roster that has just been changed is looked at now, not tomorrow at six.
  const isAuditDue = plan.auditAt !== undefined || (world.campaignVersion > 0 && calendar.auditedVersion !== world.campaignVersion);
  if (calendar.auditedVersion !== world.campaignVersion) await recheckRequests(world);
  const shifts = announceShifts(world, calendar, now);
  const isIdle =
    shifts === undefined &&
    plan.rounds.length + plan.seedDates.length + plan.pastDates.length === 0 &&
    plan.digestAt === undefined &&
    !isAuditDue;
  // The watermark itself needs no row in the ledger, and no write each second.
  if (isIdle && now - calendar.throughAt < freshMs / 2) return;

  const events: LedgerEvent[] = [];
  const writes: Write[] = [];
  const notices: Notice[] = [];
  const seeds: Record<string, string> = { ...calendar.seeds };
  for (const date of plan.seedDates) {
    const seed = world.secrets.newSeed();
    seeds[date] = seed;
    events.push({ at: now, event: 'SeedSealed', data: { date, sha256: world.secrets.sha256(seed) } });
  }
  for (const date of plan.pastDates) {
    events.push({ at: now, event: 'SeedRevealed', data: { date, seed: seeds[date] ?? '' } });
    delete seeds[date];
  }
  for (const { at: openedAt, ...asked } of openingsOf(plan.rounds, now)) {
    const event = openRound({ cause: 'round', ...asked, openedAt }, now);
    const round = evolveRound(undefined, event)!;
    events.push(event);
    writes.push({ id: round.id, expected: 0, aggregate: { type: 'round', state: round }, dueAt: now });
  }
  if (plan.digestAt !== undefined) {
    const lines = await digestOf(world);
    events.push({ at: now, event: 'DigestSent', data: { lines: lines.length } });
    notices.push({ to: officeGroup, via: 'card', template: 'group.digest', params: { lines } });
  }
  if (shifts) {
    events.push(...shifts.events);
    notices.push(...shifts.notices);
  }
  if (isAuditDue) {
    const audit = await auditRoster(world, now);
    events.push(...audit.events);
    writes.push(...audit.writes);
    notices.push(...audit.notices);
  }
  const next: Calendar = {
    ...calendar,
    throughAt: now,
    seeds,
    ...(isAuditDue ? { auditedVersion: world.campaignVersion } : {}),
    ...(shifts ? { announced: shifts.announced } : {}),
  };
  writes.push({
    id: calendarId,
    expected: stored?.version ?? 0,
    aggregate: { type: 'calendar', state: next },
    dueAt: null,
  });
  const [result] = await world.store.commit([{ writes, events, notices }], world.campaignVersion);
  if (result === 'committed') world.calendar = next;
  else await refreshWorld(world);
};
