import type { Finding, Place } from '../organisation/finding.ts';
import type { ItemId, Limit, UnitPart } from './item.ts';

/** The lead first; nobody has received anything yet. */
export type DraftPart = Pick<UnitPart, 'unitId' | 'isLead'>;

/** What a later list may put right about an item that is known. */
export type CorrectedField = 'text' | 'district' | 'pollution' | 'isSpecial' | 'remark' | 'source' | 'parts' | 'limits';

/** An item as a list hands it over. */
export type ItemDraft = {
  readonly id: ItemId;
  /** Names that the same request of the same unit had where an earlier form of the list asked more units, or fewer. */
  readonly otherIds?: readonly ItemId[];
  readonly kind: string;
  readonly number: string;
  readonly text: string;
  readonly source?: string;
  readonly batch: string;
  readonly district?: string;
  readonly pollution: readonly string[];
  readonly isSpecial: boolean;
  readonly remark?: string;
  /** Epoch ms. Without `hasHour` only its local day is known: what counts in hours must not start here. */
  readonly handedOverAt: number;
  readonly hasHour: boolean;
  readonly parts: readonly DraftPart[];
  /** From the inside out, the unit's own first. */
  readonly limits: readonly Limit[];
  /** The list names the limit; otherwise it is the kind's own. */
  readonly isLimitStated: boolean;
  /** Where the list names it. */
  readonly place: Place;
  /** The item is known already, and these fields differ. */
  readonly correction?: { readonly changed: readonly CorrectedField[] };
};

/** What a list comes to. With a fault in `findings` none of it may be applied. */
export type ItemPlan = {
  readonly drafts: readonly ItemDraft[];
  /** Lines of the list, and items that they name, faulty ones included. */
  readonly lines: number;
  readonly items: number;
  readonly findings: readonly Finding[];
};
