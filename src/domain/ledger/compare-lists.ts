import { canonicalJson } from './canonical.ts';
import type { Json } from './event.ts';

/** One way in which what the store holds is not what the ledger tells. Values are left out: some are of people. */
export type Difference = {
  readonly aggregate:
    | 'organisation'
    | 'roster'
    | 'calendar'
    | 'obligation'
    | 'watch'
    | 'round'
    | 'item'
    | 'request'
    | 'handover'
    | 'shiftNotes'
    | 'proposal'
    | 'appeal'
    | 'report'
    | 'reach'
    | 'links'
    | 'campaign';
  /** Of what differs: the obligation, the subject of the watch, the round, a person, a shift, the date of a seed. */
  readonly id: string;
  readonly what: 'changed' | 'onlyInLedger' | 'onlyInStore';
  /** Members that differ, where both know it; `order` where a list holds the same in another order. */
  readonly members: readonly string[];
};

type Compare = (
  aggregate: Difference['aggregate'],
  id: string,
  told: object | undefined,
  held: object | undefined,
) => readonly Difference[];

// members that are undefined count as absent, as they do in the store
const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value as Json));

/** At most one difference, naming the members. */
export const compareOne: Compare = (aggregate, id, told, held) => {
  if (told === undefined || held === undefined) {
    if (told === held) return [];
    return [{ aggregate, id, what: told === undefined ? 'onlyInStore' : 'onlyInLedger', members: [] }];
  }
  const [one, other] = [new Map(Object.entries(told)), new Map(Object.entries(held))];
  const names = new Set([...one.keys(), ...other.keys()]);
  const members = [...names].filter((name) => textOf(one.get(name)) !== textOf(other.get(name))).toSorted();
  return members.length === 0 ? [] : [{ aggregate, id, what: 'changed', members }];
};

type Entries = readonly (readonly [key: string, value: object])[];

/** The second of the same key counts by itself. */
const numbered = (entries: Entries): ReadonlyMap<string, object> => {
  const byKey = new Map<string, object>();
  for (const [key, value] of entries) {
    let number = 1;
    while (byKey.has(number === 1 ? key : `${key} #${number}`)) number += 1;
    byKey.set(number === 1 ? key : `${key} #${number}`, value);
  }
  return byKey;
};

/** Lists whose order counts, entry by entry. */
export const compareLists = (aggregate: Difference['aggregate'], list: string, told: Entries, held: Entries): readonly Difference[] => {
  const [one, other] = [numbered(told), numbered(held)];
  const keys = new Set([...one.keys(), ...other.keys()]);
  const differences = [...keys].flatMap((key) => compareOne(aggregate, key, one.get(key), other.get(key)));
  if (differences.length > 0 || [...one.keys()].join('\n') === [...other.keys()].join('\n')) return differences;
  return [{ aggregate, id: list, what: 'changed', members: ['order'] }];
};
