import type { EventName, Json, LedgerEvent } from '../ledger/event.ts';
import type { Directory } from '../organisation/directory.ts';
import type { ItemCommand } from './item-command.ts';
import type { ItemKind } from './item-kind.ts';
import type { ItemRefusal } from './item-refusal.ts';
import type { FileRef, Item } from './item.ts';

/** What the rules of items must know and cannot change. */
export type ItemContext = {
  readonly directory: Directory;
  /** IANA name. */
  readonly timeZone: string;
  /** An item whose kind was taken out of the campaign goes on as `assigned`. */
  readonly kindOf: (name: string) => ItemKind;
};

export type ItemOutcome = { readonly events: readonly LedgerEvent[]; readonly refusal?: ItemRefusal };

export const refuseItem = (refusal: ItemRefusal): ItemOutcome => ({ events: [], refusal });

export type Fields = { readonly [key: string]: Json | undefined };

/** Without the fields that are not there: JSON knows no undefined. */
export const present = (fields: Fields): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));

/** One event by the person who acts; `personal` holds texts and names of files. */
export const happened = (
  item: Pick<Item, 'id'>,
  command: Pick<ItemCommand, 'personId' | 'channel'>,
  event: EventName,
  now: number,
  data: Fields,
  personal?: Fields,
): ItemOutcome => ({
  events: [
    {
      at: now,
      event,
      itemId: item.id,
      actor: command.personId,
      channel: command.channel,
      data: present(data),
      ...(personal === undefined ? {} : { personal: present(personal) }),
    },
  ],
});

/** The hash of what was filed is sealed; what somebody called the file is not. */
export const fileData = (files: readonly FileRef[]): Json => files.map(({ sha256, bytes, mime }) => ({ sha256, bytes, mime }));
export const fileNames = (files: readonly FileRef[]): Json => files.map(({ name }) => name);
