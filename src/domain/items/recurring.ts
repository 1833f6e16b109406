import { localDay } from '../local-time.ts';
import type { GroupId, Unit, UnitId } from '../organisation/organisation.ts';
import type { ItemDraft } from './item-command.ts';
import type { ItemKind } from './item-kind.ts';
import { defaultLimit, type Calendar, type UnitlessLimit } from './limit.ts';
import { phaseAt, type CampaignPhase, type PhaseSpan } from './phase.ts';

/** What opens by itself: reports of a day, and what is owed when a phase is over. The same day or phase again opens the same items. */

export type Recurring = {
  readonly kinds: readonly ItemKind[];
  /** IANA name. */
  readonly timeZone: string;
  readonly calendar: Calendar;
  /** `date`: the local day `YYYY-MM-DD` that it is about; `ownerId`: a unit's id or the office's group id. */
  readonly words: (kind: ItemKind, ownerId: string, date: string) => Pick<ItemDraft, 'number' | 'text'>;
};

const limitOf = (kind: ItemKind, handedOverAt: number, { timeZone, calendar }: Recurring): UnitlessLimit | undefined => {
  const reading = defaultLimit(kind, { handedOverAt, hasHour: true, timeZone, calendar });
  return 'limit' in reading ? reading.limit : undefined;
};

const draftOf = (kind: ItemKind, ownerId: string, date: string, limit: UnitlessLimit, { words }: Recurring): ItemDraft => ({
  id: `i${kind.name}${date.replaceAll('-', '')}.${ownerId}`,
  kind: kind.name,
  ...words(kind, ownerId, date),
  pollution: [],
  isSpecial: false,
  limits: [{ level: 'unit', ...limit }],
  handedOverAt: limit.countedFromAt,
  unitIds: [ownerId],
});

const isDueOn = (phases: readonly CampaignPhase[], spans: readonly PhaseSpan[], unitId: UnitId, at: number): boolean => {
  const phase = phaseAt(spans, unitId, at);
  return phase !== undefined && phases.includes(phase);
};

/**
 * The reports of the local day that `at` belongs to (日报告, 零报告), one for each district unit that is in a phase of the
 * kind when it falls due: a team that comes at ten is reported on at three.
 */
export const dailyDrafts = (
  units: readonly Unit[],
  spans: readonly PhaseSpan[],
  at: number,
  recurring: Recurring,
): readonly ItemDraft[] => {
  const { date, startAt, endAt } = localDay(recurring.timeZone, at);
  const districts = units.filter(({ kind }) => kind === 'district');
  return recurring.kinds.flatMap((kind) => {
    const { opens } = kind;
    if (opens?.type !== 'daily') return [];
    const limit = limitOf(kind, startAt, recurring);
    if (!limit) return [];
    const lastAt = Math.min(limit.at, endAt) - 1;
    return districts
      .filter(({ id }) => isDueOn(opens.phases, spans, id, lastAt))
      .map(({ id }) => draftOf(kind, id, date, limit, recurring));
  });
};

/**
 * What a phase that is over leaves behind (整改方案, 整改报告): on the bureau's office, or on the unit whose own phase it
 * was. Named after the day the phase began, so that an end that is moved opens nothing twice.
 */
export const phaseEndDrafts = (
  ended: readonly (PhaseSpan & { readonly endAt: number })[],
  officeId: GroupId,
  recurring: Recurring,
): readonly ItemDraft[] =>
  ended.flatMap(({ phase, fromAt, endAt, unitId }) =>
    recurring.kinds.flatMap((kind) => {
      if (kind.opens?.type !== 'phaseEnd' || kind.opens.phase !== phase) return [];
      const limit = limitOf(kind, endAt, recurring);
      return limit ? [draftOf(kind, unitId ?? officeId, localDay(recurring.timeZone, fromAt).date, limit, recurring)] : [];
    }),
  );
