import type { Finding, Place } from '../organisation/finding.ts';
import type { ItemDraft } from './item-command.ts';
import type { ItemId } from './item.ts';

/** An item as a list hands it over, with what tells a new one from a correction. */
export type PlannedItem = ItemDraft & {
  readonly batch: string;
  /** Without it only the local day of `handedOverAt` is known: nothing that counts in hours may start there. */
  readonly hasHour: boolean;
  /** The list names the limit; otherwise it is the kind's own. */
  readonly isLimitStated: boolean;
  /** The list names who must act; otherwise it was taken from where the case lies. */
  readonly areUnitsStated: boolean;
  /** Names that the same request of the same unit had where an earlier form of the list asked more units, or fewer. */
  readonly otherIds?: readonly ItemId[];
  /** A line that may ask several units, each as an item of its own: what all of their ids begin with. */
  readonly family?: ItemId;
  /** Where the list names it. */
  readonly place: Place;
};

/** What a list comes to. With a fault in `findings` none of it may be applied. */
export type ItemPlan = {
  readonly planned: readonly PlannedItem[];
  /** Lines of the list, and items that they name, faulty ones included. */
  readonly lines: number;
  readonly items: number;
  readonly findings: readonly Finding[];
};
