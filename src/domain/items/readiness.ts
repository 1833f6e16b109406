import { appointedAt, type Directory } from '../organisation/directory.ts';
import type { Unit, UnitId } from '../organisation/organisation.ts';
import type { ItemDraft } from './item-command.ts';
import type { Item, ItemId, ItemStatus } from './item.ts';

/**
 * Whether a unit is ready before the inspection arrives. Source: the work plan, two (own organisation, implementation
 * plan), three (one) (archives in four topics) and four (two) (one liaison, one contact).
 */

/** 督察及"回头看"反馈问题整改, 决策部署贯彻落实, 突出环境问题及处理, 环境保护责任落实. */
export const archiveTopics = ['feedback', 'decisions', 'problems', 'responsibility'] as const;
export type ArchiveTopic = (typeof archiveTopics)[number];

/** What is filed, and therefore chased as an item; the two names of people are chased by the organisation's own rules. */
export type FiledNeed = ArchiveTopic | 'organisation' | 'implementationPlan';
export type ReadinessNeed = FiledNeed | 'liaison' | 'contact';

export type Readiness = {
  readonly unitId: UnitId;
  readonly done: number;
  /** What is asked of this unit; what the office withdrew is not. */
  readonly of: number;
  /** In the order of the plan. */
  readonly missing: readonly ReadinessNeed[];
};

/** Districts set up an organisation and file a plan of their own; departments sort their archives; the bureau answers to nobody here. */
const filedBy: { readonly [kind in Unit['kind']]: readonly FiledNeed[] } = {
  bureau: [],
  district: ['organisation', 'implementationPlan', ...archiveTopics],
  department: archiveTopics,
};

const kindOfNeed = (need: FiledNeed): string => {
  if (need === 'organisation') return 'unitOrganisation';
  return need === 'implementationPlan' ? 'implementationPlan' : 'archiveList';
};

/** One for each unit and need, whoever opens it and however often. */
export const readinessItemId = (unitId: UnitId, need: FiledNeed): ItemId => `iR.${unitId}.${need}`;

const filed: readonly ItemStatus[] = ['accepted', 'closed', 'confirmed'];

/** How complete each unit is at an instant; units of whom nothing is asked are left out. */
export const readinessOf = (directory: Directory, items: ReadonlyMap<ItemId, Item>, at: number): readonly Readiness[] =>
  directory.organisation.units.flatMap((unit): readonly Readiness[] => {
    const needs = filedBy[unit.kind];
    if (needs.length === 0) return [];
    const statusOf = (need: FiledNeed) => items.get(readinessItemId(unit.id, need))?.status;
    const asked = needs.filter((need) => statusOf(need) !== 'withdrawn');
    const missingPapers = asked.filter((need) => {
      const status = statusOf(need);
      return status === undefined || !filed.includes(status);
    });
    // exactly one each: two liaisons are as good as none
    const missingPeople = (['liaison', 'contact'] as const).filter((role) => new Set(appointedAt(directory, role, unit.id, at)).size !== 1);
    const missing = [...missingPapers, ...missingPeople];
    const of = asked.length + 2;
    return [{ unitId: unit.id, done: of - missing.length, of, missing }];
  });

export type ReadinessOpening = {
  /** Epoch ms: by when everything must be there. */
  readonly dueAt: number;
  readonly handedOverAt: number;
  /** What is open, filed or withdrawn already is not opened again. */
  readonly known: Pick<ReadonlyMap<ItemId, unknown>, 'has'>;
  readonly words: (need: FiledNeed, unit: Unit) => Pick<ItemDraft, 'number' | 'text'>;
};

/** Everything that has to be filed and that nobody was asked for yet. */
export const draftsForReadiness = (units: readonly Unit[], opening: ReadinessOpening): readonly ItemDraft[] => {
  const { dueAt, handedOverAt, known, words } = opening;
  return units.flatMap((unit) =>
    filedBy[unit.kind]
      .filter((need) => !known.has(readinessItemId(unit.id, need)))
      .map((need): ItemDraft => ({
        id: readinessItemId(unit.id, need),
        kind: kindOfNeed(need),
        ...words(need, unit),
        pollution: [],
        isSpecial: false,
        limits: [{ level: 'unit', at: dueAt, countedFromAt: handedOverAt, rule: { type: 'instant' } }],
        handedOverAt,
        unitIds: [unit.id],
      })),
  );
};
