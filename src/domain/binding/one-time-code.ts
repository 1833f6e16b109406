import type { PersonId } from '../organisation/organisation.ts';

/** A code that proves whose phone it was sent to. It is kept as a digest, and for one account only where one asked for it. */
export type PendingCode = {
  readonly personId: PersonId;
  /** SHA-256 of the code; empty where the number belongs to nobody: then no code is right, and nobody can tell. */
  readonly digest: string;
  /** Epoch ms, exclusive. */
  readonly expiresAt: number;
  readonly triesLeft: number;
  /** When codes were sent to or for this account lately. */
  readonly sentAt: readonly number[];
};

/** Long enough to find one's phone, short enough to be worthless on a slip of paper. */
export const codeLifeMs = 10 * 60_000;
const mostTries = 5;
/** Codes to one account in an hour: a phone is no toy. */
const mostPerHour = 3;
const hourMs = 3_600_000;

export type AskedCode =
  | { readonly status: 'made'; readonly pending: PendingCode }
  | { readonly status: 'tooMany'; readonly againAt: number };

/** Another code for an account; the one before is worth nothing any more. */
export const askCode = (
  before: PendingCode | undefined,
  { personId, digest }: Pick<PendingCode, 'personId' | 'digest'>,
  now: number,
): AskedCode => {
  const lately = (before?.sentAt ?? []).filter((at) => now - at < hourMs);
  const [first] = lately;
  if (first !== undefined && lately.length >= mostPerHour) return { status: 'tooMany', againAt: first + hourMs };
  return { status: 'made', pending: { personId, digest, expiresAt: now + codeLifeMs, triesLeft: mostTries, sentAt: [...lately, now] } };
};

export type TriedCode =
  | { readonly status: 'right'; readonly personId: PersonId; readonly pending: PendingCode }
  | { readonly status: 'wrong' | 'spent'; readonly pending: PendingCode | undefined };

/** Whether a digest is that of the code. A right one is used up; wrong ones are counted, and the last takes the code with it. */
export const tryCode = (pending: PendingCode | undefined, digest: string, now: number): TriedCode => {
  if (!pending || pending.triesLeft === 0 || now >= pending.expiresAt) return { status: 'spent', pending };
  if (pending.digest !== '' && pending.digest === digest)
    return { status: 'right', personId: pending.personId, pending: { ...pending, triesLeft: 0 } };
  const triesLeft = pending.triesLeft - 1;
  return { status: triesLeft === 0 ? 'spent' : 'wrong', pending: { ...pending, triesLeft } };
};

/** It is kept for the hour in which codes are counted, and then forgotten. */
export const forgetCodeAt = ({ sentAt }: PendingCode): number => (sentAt.at(-1) ?? 0) + hourMs;
