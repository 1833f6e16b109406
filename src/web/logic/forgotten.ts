import type { Row } from '../data/types.ts';

/** What the ledger still tells of something that is over and no longer kept; `limit` as the campaign's clocks show it. */
export type Forgotten = {
  readonly kind: string;
  readonly subject: string;
  readonly openedAt: string;
  readonly limit: string | null;
  readonly end: Row | undefined;
};

const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);

const offsetMinutesOf = (iso: string): number => {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/u.exec(iso) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
};

/** Undefined where its first row is out of sight, or never was. `rows` in their order. */
export const forgottenOf = (rows: readonly Row[]): Forgotten | undefined => {
  const opened = rows.find(({ event }) => event === 'CheckOpened' || event === 'ObligationOpened');
  if (!opened) return undefined;
  const { kind, subject, answerBy } = opened.data;
  return {
    kind: typeof kind === 'string' ? kind : 'check',
    subject: typeof subject === 'string' ? subject : '',
    openedAt: opened.at,
    limit: typeof answerBy === 'number' ? new Date(answerBy + offsetMinutesOf(opened.at) * 60_000).toISOString() : null,
    end: rows.findLast(({ event }) => ends.has(event)),
  };
};
