import type { LedgerRow } from '../../src/domain/ledger/event.ts';

/** What a row about the campaign says was changed. */
export const changesOf = (row: LedgerRow | undefined): unknown => row?.data['changed'];
