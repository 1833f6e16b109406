import { nextWorkingAt } from '../../../domain/escalation/working-hours.ts';
import type { ItemDraft } from '../../../domain/items/item-command.ts';
import type { ItemKind } from '../../../domain/items/item-kind.ts';
import { phasesEndedBetween } from '../../../domain/items/phase.ts';
import { dailyDrafts, phaseEndDrafts, type Recurring } from '../../../domain/items/recurring.ts';
import { addDays, instantOf, localDay } from '../../../domain/local-time.ts';
import { fill } from '../../../messages/catalogue.ts';
import { itemKindWords } from '../../../messages/item-tables.ts';
import { recurringTexts } from '../../../messages/recurring-texts.ts';
import { phasesOf } from '../../contact/contact-rules.ts';
import type { World } from '../../world.ts';
import { handOver } from './hand-over.ts';
import { draftsOfCampaign, settlePeople } from './readiness-drafts.ts';
import { calendarOf } from '../item-calendar.ts';
import { nameUnit } from '../view-items.ts';

/** Days before today whose reports are still asked for after an outage. */
const mostDaysBack = 2;
/** A phase that ended longer ago than this leaves nothing behind any more. */
const phaseBackMs = 30 * 24 * 3_600_000;

const recurringOf = (world: World): Recurring => {
  const { kinds, timeZone, name } = world.settings;
  const wordsOf = (kind: ItemKind, ownerId: string, date: string) => {
    const values = {
      kind: kind.label ?? itemKindWords[kind.name] ?? kind.name,
      owner: nameUnit(world.directory, ownerId),
      date,
      campaign: name,
    };
    const text = kind.opens?.type === 'daily' ? recurringTexts.daily : recurringTexts.phaseEnd;
    return {
      number: fill(recurringTexts.number, { ...values, date: date.slice(5).replace('-', '') }) ?? date,
      text: fill(text, values) ?? kind.name,
    };
  };
  return { kinds: Object.values(kinds), timeZone, calendar: calendarOf(world), words: wordsOf };
};

/** Every local day from the one of `sinceAt` to today's, no further back than is bearable: an instant of each. */
const daysSince = (timeZone: string, sinceAt: number, now: number): readonly number[] => {
  const today = localDay(timeZone, now).date;
  const since = localDay(timeZone, Math.min(sinceAt, now)).date;
  return Array.from({ length: mostDaysBack + 1 }, (_, back) => addDays(today, -back))
    .filter((date) => date >= since)
    .toReversed()
    .map((date) => instantOf(timeZone, date, 0));
};

/** So often it is looked whether people whom units were asked for are named by now; at once where the contact list has changed. */
const settleEveryMs = 60_000;

const draftsAt = (world: World, sinceAt: number, now: number, opened: ReadonlySet<string>): readonly ItemDraft[] => {
  const { timeZone } = world.settings;
  const { organisation, officeId } = world.directory;
  const recurring = recurringOf(world);
  const spans = phasesOf(world);
  const ended = officeId === undefined ? [] : phasesEndedBetween(spans, now - phaseBackMs, now);
  return [
    ...daysSince(timeZone, sinceAt, now)
      .flatMap((at) => dailyDrafts(organisation.units, spans, at, recurring))
      // due while somebody was there already: asked for then, or nobody's to ask for
      .filter(({ limits: [limit] }) => limit!.at > sinceAt),
    ...phaseEndDrafts(ended, officeId ?? '', recurring),
    ...draftsOfCampaign(world, now, opened),
  ];
};

/**
 * Opens what nobody hands over: reports of the day, what a phase leaves behind, and what must lie ready before the
 * inspection arrives. Called as often as one likes, on every
 * instance: the ids say which day or phase it is, so the second to come finds it there. It waits for working hours, for
 * nobody is written to at midnight about paper, unless it is due before they begin; its limits count from the day or
 * the phase itself. `sinceAt`: until when somebody looked
 * before this process began.
 */
export const createOpening = (world: World, sinceAt = world.calendar?.throughAt ?? world.clock.now()) => {
  let lookedAt = sinceAt;
  const opened = new Set<string>();
  let settled = { version: -1, untilAt: 0 };
  return async (): Promise<void> => {
    const { workingHours, timeZone } = world.settings;
    const now = world.clock.now();
    const workingAt = nextWorkingAt({ ...workingHours, timeZone }, now);
    const isWaiting = ({ limits: [limit] }: ItemDraft): boolean => now < workingAt && (limit!.at <= now || limit!.at > workingAt);
    const drafts = draftsAt(world, lookedAt, now, opened).filter((draft) => !opened.has(draft.id) && !isWaiting(draft));
    if (drafts.length > 0) await handOver(world, { drafts });
    for (const { id } of drafts) opened.add(id);
    if (settled.version !== world.campaignVersion || now >= settled.untilAt) {
      await settlePeople(world, now);
      settled = { version: world.campaignVersion, untilAt: now + settleEveryMs };
    }
    // what was missed by night is still to be opened in the morning
    if (now >= workingAt) lookedAt = now;
  };
};
