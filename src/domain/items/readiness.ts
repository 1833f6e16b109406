import { appointedAt, type Directory } from '../organisation/directory.ts';
import type { Unit, UnitId } from '../organisation/organisation.ts';
import type { ItemDraft } from './item-command.ts';
import { isItemEnded, leadOf, type Item, type ItemId, type ItemStatus } from './item.ts';

/**
 * Whether a unit is ready before the inspection arrives. Source: the work plan, two (own organisation, implementation
 * plan), three (one) (archives in four topics) and four (two) (one liaison, one contact).
 */

/** 督察及"回头看"反馈问题整改, 决策部署贯彻落实, 突出环境问题及处理, 环境保护责任落实. */
export const archiveTopics = ['feedback', 'decisions', 'problems', 'responsibility'] as const;
export type ArchiveTopic = (typeof archiveTopics)[number];

const namedRoles = ['liaison', 'contact'] as const;
type NamedRole = (typeof namedRoles)[number];

/** What is filed. The two people are named in the contact list, which alone says whether they are there. */
export type FiledNeed = ArchiveTopic | 'organisation' | 'implementationPlan';
export type ReadinessNeed = FiledNeed | NamedRole;

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

const isNamed = (need: ReadinessNeed): need is NamedRole => (namedRoles as readonly string[]).includes(need);

const kindOfNeed = (need: ReadinessNeed): string => {
  if (isNamed(need)) return 'unitPeople';
  if (need === 'organisation') return 'unitOrganisation';
  return need === 'implementationPlan' ? 'implementationPlan' : 'archiveList';
};

/** One for each unit and need, whoever opens it and however often. */
export const readinessItemId = (unitId: UnitId, need: ReadinessNeed): ItemId => `iR.${unitId}.${need}`;

/** Everything that a unit may be asked for, in the order of the plan. */
export const readinessNeeds = ({ kind }: Unit): readonly ReadinessNeed[] =>
  filedBy[kind].length === 0 ? [] : [...filedBy[kind], ...namedRoles];

/** Exactly one each: two liaisons are as good as none. */
const peopleMissing = (directory: Directory, unitId: UnitId, at: number): readonly NamedRole[] =>
  namedRoles.filter((role) => new Set(appointedAt(directory, role, unitId, at)).size !== 1);

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
    const missing = [...missingPapers, ...peopleMissing(directory, unit.id, at)];
    const of = asked.length + namedRoles.length;
    return [{ unitId: unit.id, done: of - missing.length, of, missing }];
  });

export type ReadinessOpening = {
  /** Epoch ms: by when everything must be there. */
  readonly dueAt: number;
  readonly handedOverAt: number;
  /** What is open, filed or withdrawn already is not opened again. */
  readonly known: Pick<ReadonlyMap<ItemId, unknown>, 'has'>;
  readonly words: (need: ReadinessNeed, unit: Unit) => Pick<ItemDraft, 'number' | 'text'>;
};

/** Everything that has to be filed and that nobody was asked for yet; people only where they are not named already. */
export const draftsForReadiness = (directory: Directory, units: readonly Unit[], opening: ReadinessOpening): readonly ItemDraft[] => {
  const { dueAt, handedOverAt, known, words } = opening;
  return units.flatMap((unit) =>
    readinessNeeds(unit)
      .filter((need) => !isNamed(need) || peopleMissing(directory, unit.id, handedOverAt).includes(need))
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

/** Ids under which a unit may have been asked for its people. */
export const peopleItemIds = (units: readonly Unit[]): readonly ItemId[] =>
  units.flatMap((unit) =>
    readinessNeeds(unit)
      .filter(isNamed)
      .map((need) => readinessItemId(unit.id, need)),
  );

/** Open ones that the contact list has answered since: exactly one is named now. */
export const settledPeople = (directory: Directory, items: Iterable<Item>, at: number): readonly Item[] =>
  [...items].filter((item) => {
    const { unitId } = leadOf(item);
    const need = namedRoles.find((role) => item.id === readinessItemId(unitId, role));
    return need !== undefined && !isItemEnded(item) && !peopleMissing(directory, unitId, at).includes(need);
  });
