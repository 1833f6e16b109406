import type { Period } from '../../domain/figures/period.ts';
import { addDays, instantOf, localDay } from '../../domain/local-time.ts';
import { buildUnitNames, findUnit } from '../../domain/organisation/unit-names.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import { Fault } from '../../ports/fault.ts';
import type { World } from '../world.ts';

/** As it is asked for: local dates (`to` is included) or instants (`to` is not), units by id or by names that people use. */
export type FiguresQuery = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly unit?: readonly string[] | undefined;
};

export type FiguresAsk = Period & { readonly unitIds: readonly string[] };

const mostDays = 400;
const dayMs = 86_400_000;

const date = /^\d{4}-\d\d-\d\d$/u;

const isDate = (text: string): boolean => {
  try {
    return date.test(text) && Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};

/** An instant, or the beginning or the end of a local day. */
const instantIn = (zone: string, name: 'from' | 'to', text: string): number => {
  if (isDate(text)) return instantOf(zone, name === 'to' ? addDays(text, 1) : text, 0);
  const at = /T.*(?:Z|[+-]\d\d:\d\d)$/u.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new Fault('ZG_BAD_QUERY', `${name}: a date such as 2021-09-01, or an instant such as 2021-09-01T08:30:00+08:00`);
  return at;
};

const unitIdOf = ({ directory }: Pick<World, 'directory'>, asked: string): string => {
  const { units, organisation } = directory;
  if (units.has(asked) || organisation.groups.some(({ id }) => id === asked)) return asked;
  const match = findUnit(buildUnitNames(organisation.units, [], unitVocabulary), asked);
  if (match.status !== 'found') throw new Fault('ZG_BAD_QUERY', 'unit: ids or names of units');
  return match.unit.id;
};

/** Where nothing is said, the campaign so far, its last 31 days at most. Throws ZG_BAD_QUERY. */
export const askFigures = (world: Pick<World, 'directory' | 'settings' | 'clock'>, { from, to, unit = [] }: FiguresQuery): FiguresAsk => {
  const { timeZone, fromAt: beginsAt, toAt: endsAt } = world.settings;
  const today = localDay(timeZone, Math.max(beginsAt, Math.min(world.clock.now(), endsAt - 1)));
  const toAt = to === undefined ? today.endAt : instantIn(timeZone, 'to', to);
  const lately = instantOf(timeZone, addDays(localDay(timeZone, toAt - 1).date, -30), 0);
  const fromAt =
    from === undefined ? Math.min(toAt - 1, Math.max(localDay(timeZone, beginsAt).startAt, lately)) : instantIn(timeZone, 'from', from);
  if (toAt <= fromAt) throw new Fault('ZG_BAD_QUERY', 'to: not before from');
  if (toAt - fromAt > mostDays * dayMs) throw new Fault('ZG_BAD_QUERY', `to: at most ${mostDays} days after from`);
  return { fromAt, toAt, unitIds: [...new Set(unit.map((one) => unitIdOf(world, one)))].toSorted() };
};
