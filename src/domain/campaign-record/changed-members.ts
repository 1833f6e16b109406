import { mapTexts, maskMobile } from '../access/mask.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import type { Json } from '../ledger/event.ts';
import type { CampaignWords } from './campaign-record.ts';

/** One thing that another campaign says otherwise; `member` as faults name it, null where it is not there. */
export type ChangedMember = { readonly member: string; readonly before: Json; readonly after: Json };

type Members = { readonly [name: string]: Json };

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Members => typeof value === 'object' && value !== null && !isList(value);

const isSame = (one: Json, other: Json): boolean => canonicalJson(one) === canonicalJson(other);

const compare = (member: string, before: Json, after: Json): readonly ChangedMember[] => {
  if (isSame(before, after)) return [];
  if (isObject(before) && isObject(after)) return compareObjects(`${member}.`, before, after);
  // of as many, each is compared with the one in its place; of more or fewer nobody knows which is which
  if (isList(before) && isList(after) && before.length === after.length && before.every(isObject) && after.every(isObject))
    return before.flatMap((one, index) => compare(`${member}[${index}]`, one, after[index] ?? null));
  return [{ member, before, after }];
};

const compareObjects = (prefix: string, before: Members, after: Members): readonly ChangedMember[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    compare(`${prefix}${name}`, before[name] ?? null, after[name] ?? null),
  );

/** What one campaign says otherwise than another, member by member, in the order of the first. */
export const changedMembers = (before: CampaignWords, after: CampaignWords): readonly ChangedMember[] => compareObjects('', before, after);

/** Holds numbers of people. */
const isPersonal = (member: string): boolean => /^auditors\b/.test(member);

/** The same without numbers of people. */
export const withoutPeople = (words: CampaignWords): CampaignWords =>
  Object.fromEntries(Object.entries(words).filter(([member]) => !isPersonal(member)));

/** The same for whoever may not ring these people: their numbers may be recognised, and no more. */
export const maskPeople = (words: CampaignWords): CampaignWords =>
  Object.fromEntries(
    Object.entries(words).map(([member, value]) => [
      member,
      isPersonal(member) ? mapTexts(value, (text) => maskMobile(text.replaceAll(/[\s-]/g, ''))) : value,
    ]),
  );

const countOf = (value: Json): Json => (isList(value) ? value.length : null);

/** As a sealed row may hold them: of people, only how many. */
export const sealedMembers = (changes: readonly ChangedMember[]): readonly Json[] =>
  changes.map(({ member, before, after }) => (isPersonal(member) ? [member, countOf(before), countOf(after)] : [member, before, after]));
