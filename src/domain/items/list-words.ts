import type { KindLimit } from './item-kind.ts';
import type { LimitVocabulary } from './limit-words.ts';

/** The words of lists of items, as data. Patterns see texts whose width and case have been folded. */
export type ItemListVocabulary = {
  readonly limits: LimitVocabulary;
  /** `第2批`, `第3号`: the whole is the list's label, the first group its number. */
  readonly label: RegExp;
  /** A year in a title or a name, the first group. */
  readonly year: RegExp;
  readonly readNumber: (text: string) => number;
  /** Dates in a title that are about something else than handing over: until when, when published; global. */
  readonly otherDates: RegExp;
  /** Beside a number they say 重点关注. */
  readonly stars: RegExp;
  readonly special: RegExp;
  readonly notSpecial: RegExp;
  readonly yes: RegExp;
  /** Between the units, or the kinds of pollution, of one cell. */
  readonly separator: RegExp;
  /** In front of a unit or behind it. */
  readonly lead: RegExp;
  readonly co: RegExp;
  /** What may stand beside names of units and names nobody; longer ones first. */
  readonly besideUnits: readonly string[];
  /** What counts headings in front of them. */
  readonly enumerator: RegExp;
  /** The city whose bureau this is, said without its name. */
  readonly ownCity: readonly string[];
  /** A city's name alone, the first group. */
  readonly city: RegExp;
  /** Before the rest of a body's name, the first group. */
  readonly cityInFront: RegExp;
  readonly everyDistrict: readonly string[];
  readonly everyDepartment: readonly string[];
  /** What the items of a list without case numbers are, by the words of its titles; the first that fits. */
  readonly kinds: readonly { readonly word: string; readonly kind: string }[];
  /** What a kind gives where a line says nothing. */
  readonly defaultLimit: (limit: KindLimit) => string;
  /** `{list}` and `{line}`. */
  readonly requestNumber: string;
};
