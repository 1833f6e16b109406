import { type Access, isInSight, sightOf, type Sight } from '../../domain/access/access.ts';
import type { Appeal, AppealStatus } from '../../domain/figures/appeal.ts';
import type { Appealable } from '../../domain/figures/fold-checks.ts';
import { buildUnitNames, findUnit } from '../../domain/organisation/unit-names.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import { Fault } from '../../ports/fault.ts';
import { beginChange, toTransition, type Change } from '../change.ts';
import { nameUnit } from '../items/view-items.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { isoIn, toPage, type Page, type PageQuery } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';
import {
  askAppeal,
  bodiesOfPerson,
  wordIdOf,
  readAppealable,
  settleAppeal,
  takeBackAppeal,
  type Speaker,
  type Verdict,
} from './keep-appeal.ts';
import type { ReadFigures } from './read-figures.ts';

/** Appeals over HTTP: the same acts as in the chat, by the same roles. */

type Named = { readonly personId: string; readonly name: string };

/** A check that counts against a unit, and the appeal against it, where there is one. Instants are ISO 8601. */
export type AppealView = {
  /** Null while nobody has appealed. */
  readonly id: string | null;
  readonly obligationId: string;
  readonly unitId: string;
  readonly unit: string;
  readonly openedAt: string;
  readonly category: string;
  readonly status: AppealStatus | 'appealable';
  readonly askedAt: string | null;
  readonly askedBy: Named | null;
  readonly reason: string | null;
  readonly dueAt: string | null;
  /** By what the office is asked for its word; null while nobody waits for one. */
  readonly wordId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: Named | null;
  readonly verdict: string | null;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: Named | null;
};

export type AppealsQuery = PageQuery & {
  readonly status?: AppealView['status'] | undefined;
  readonly unit?: string | undefined;
  readonly order?: 'oldest' | 'newest';
};

export type AppealsDoor = {
  /** Oldest first, unless asked otherwise. With the status `appealable` what may still be appealed against. */
  readonly list: (query: AppealsQuery, access: Access) => Promise<Page<AppealView>>;
  /** Rejects with ZG_NOT_APPEALABLE. */
  readonly ask: (
    asked: { readonly obligationId: string; readonly reason: string },
    access: Access,
  ) => Promise<{ readonly appeal: AppealView; readonly isNew: boolean }>;
  /** Rejects with ZG_NO_SUCH_THING, ZG_APPEAL_DECIDED and ZG_OWN_APPEAL. */
  readonly decide: (id: string, said: Verdict, access: Access) => Promise<AppealView>;
  /** Rejects with ZG_NO_SUCH_THING, also where it is another unit's, and ZG_APPEAL_DECIDED. */
  readonly withdraw: (id: string, access: Access) => Promise<AppealView>;
};

const mostTries = 8;

const oldestFirst = (at: number): string => String(at).padStart(15, '0');
const newestFirst = (at: number): string => oldestFirst(10 ** 15 - 1 - at);

const speakerOf = ({ personId }: Access): Speaker => ({ channel: 'api', ...(personId === undefined ? {} : { personId }) });

export const createAppealsDoor = (world: World, read: ReadFigures): AppealsDoor => {
  const iso = isoIn(world.settings.timeZone);
  const named = (id: string | undefined): Named | null =>
    id === undefined ? null : { personId: id, name: world.directory.people.get(id)?.name ?? id };

  const toView = (appeal: Appeal): AppealView => ({
    id: appeal.id,
    obligationId: appeal.checkId,
    unitId: appeal.bodyId,
    unit: nameUnit(world.directory, appeal.bodyId),
    openedAt: iso(appeal.openedAt),
    category: appeal.category,
    status: appeal.status,
    askedAt: iso(appeal.at),
    askedBy: named(appeal.by),
    reason: appeal.reason ?? null,
    dueAt: iso(appeal.dueAt),
    wordId: appeal.status === 'asked' ? wordIdOf(appeal) : null,
    decidedAt: appeal.status === 'upheld' || appeal.status === 'rejected' ? iso(appeal.statusAt) : null,
    decidedBy: named(appeal.decidedBy),
    verdict: appeal.verdict ?? null,
    withdrawnAt: appeal.status === 'withdrawn' ? iso(appeal.statusAt) : null,
    withdrawnBy: named(appeal.withdrawnBy),
  });

  const decidedBefore = ({ status, statusAt }: Appeal): Fault => new Fault('ZG_APPEAL_DECIDED', `${status} at ${iso(statusAt)}`);

  const toOpenView = ({ obligationId, bodyId, openedAt, category }: Appealable): AppealView => ({
    id: null,
    obligationId,
    unitId: bodyId,
    unit: nameUnit(world.directory, bodyId),
    openedAt: iso(openedAt),
    category,
    status: 'appealable',
    askedAt: null,
    askedBy: null,
    reason: null,
    dueAt: null,
    wordId: null,
    decidedAt: null,
    decidedBy: null,
    verdict: null,
    withdrawnAt: null,
    withdrawnBy: null,
  });

  /** Tried again where somebody else was quicker: then it is decided on what they have made of it. */
  const committed = async <T>(decide: (change: Change) => Promise<T>): Promise<T> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      await refreshWorld(world);
      const change = beginChange(world, world.clock.now());
      const decided = await decide(change);
      const transition = toTransition(change);
      if (transition.events.length === 0) return decided;
      const [result] = await world.store.commit([transition], world.campaignVersion);
      if (result === 'committed') return decided;
    }
    throw new Error('ZG_APPEALS_BUSY: others keep changing this appeal. Try again.');
  };

  /** Of which bodies somebody may speak: their units by role, and the working groups that they are of. */
  const bodiesOf = ({ personId }: Access, sight: Sight | undefined): Sight =>
    sight === 'all' || personId === undefined
      ? (sight ?? new Set<string>())
      : new Set([...(sight ?? []), ...bodiesOfPerson(world.directory, personId, world.clock.now())]);

  const unitIdOf = (asked: string | undefined): string | undefined => {
    if (asked === undefined || world.directory.units.has(asked)) return asked;
    const match = findUnit(buildUnitNames(world.directory.organisation.units, [], unitVocabulary), asked);
    if (match.status !== 'found') throw new Fault('ZG_BAD_QUERY', 'unit: the id or a name of a unit');
    return match.unit.id;
  };

  return {
    list: async ({ status, unit, order = 'oldest', ...query }, access) => {
      await refreshWorld(world);
      const sight = bodiesOf(access, sightOf(access, 'seeAppeals'));
      const unitId = unitIdOf(unit);
      const place = order === 'newest' ? newestFirst : oldestFirst;
      const isWanted = (bodyId: string): boolean => isInSight(sight, bodyId) && (unitId === undefined || bodyId === unitId);
      if (status === 'appealable') {
        const open = (await readAppealable(world, world.clock.now(), read, sight)).filter(
          ({ appeal, bodyId }) => appeal === undefined && isWanted(bodyId),
        );
        const page = toPage(open, ({ openedAt, obligationId }) => `${place(openedAt)}.${obligationId}`, query);
        return { items: page.items.map(toOpenView), next: page.next };
      }
      const all = (await scanAll(world.store, 'appeal')).filter(
        (one) => isWanted(one.bodyId) && (status === undefined || one.status === status),
      );
      const page = toPage(all, ({ at, id }) => `${place(at)}.${id}`, query);
      return { items: page.items.map(toView), next: page.next };
    },

    ask: async ({ obligationId, reason }, access) => {
      const asked = await committed((change) => {
        const bodies = bodiesOf(access, sightOf(access, 'appeal'));
        return askAppeal(world, change, read, { checkId: obligationId, reason, bodies }, speakerOf(access));
      });
      if (!asked) throw new Fault('ZG_NOT_APPEALABLE');
      return { appeal: toView(asked.appeal), isNew: asked.isNew };
    },

    decide: async (id, said, access) => {
      const settled = await committed((change) => settleAppeal(world, change, id, said, speakerOf(access)));
      if (!settled) throw new Fault('ZG_NO_SUCH_THING');
      const { appeal, refusal } = settled;
      if (refusal === 'own') throw new Fault('ZG_OWN_APPEAL');
      if (refusal === 'reason') throw new Fault('ZG_BAD_APPEAL', 'reason: is wanted');
      // said twice with the same outcome, it has come about
      if (refusal === 'decided' && appeal.status !== said.verdict) throw decidedBefore(appeal);
      return toView(appeal);
    },

    withdraw: async (id, access) => {
      const taken = await committed((change) => {
        const bodies = bodiesOf(access, sightOf(access, 'appeal'));
        return takeBackAppeal(world, change, { id, bodies }, speakerOf(access));
      });
      if (!taken) throw new Fault('ZG_NO_SUCH_THING');
      const { appeal, refusal } = taken;
      if (refusal) throw decidedBefore(appeal);
      return toView(appeal);
    },
  };
};
