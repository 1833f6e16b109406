import type { Sealer } from '../src/app/ledger/seal-ledger.ts';
import type { Log } from '../src/ports/log.ts';

/** Each minute on every instance; the lease lets one of them work. */
export const sealLedgerJob = (sealer: Sealer, log: Log) => ({
  name: 'seal-ledger',
  cron: '* * * * *',
  run: async (): Promise<void> => {
    const { status, rows, last } = await sealer.sealNow();
    if (rows > 0) log.info({ status, rows, to: last?.to }, 'ledger sealed');
  },
});
