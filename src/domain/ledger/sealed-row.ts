import { canonicalJson } from './canonical.ts';
import type { LedgerRow } from './event.ts';
import type { Sha256 } from './seal.ts';

/** What can be removed later, as canonical JSON, with the salt that keeps its hash from being guessed. */
export type PersonalRecord = { readonly seq: number; readonly salt: string; readonly text: string };

/** A row as it is sealed: its canonical text without what names a person, and the hash of that text. */
export type SealedRow = { readonly text: string; readonly hash: string; readonly personal: PersonalRecord | null };

/**
 * Salted, because the thing hashed is often one of a few (a name on a roster, a mobile number) and could be found by
 * trying them all. Once the record is gone its salt is gone too, and the hash says nothing any more.
 */
export const personalHashOf = (record: PersonalRecord, sha256: Sha256): string => sha256(record.salt + record.text);

export const sealRow = (row: LedgerRow, newSalt: () => string, sha256: Sha256): SealedRow => {
  const { personal, ...rest } = row;
  if (!personal) {
    const text = canonicalJson(rest);
    return { text, hash: sha256(text), personal: null };
  }
  const record = { seq: row.seq, salt: newSalt(), text: canonicalJson(personal) };
  const text = canonicalJson({ ...rest, personalHash: personalHashOf(record, sha256) });
  return { text, hash: sha256(text), personal: record };
};
