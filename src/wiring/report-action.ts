import { writeFile } from 'node:fs/promises';
import type { CliActions } from '../../adapters/cli/actions.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { createWorld } from '../app/world.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { openFigures } from './figures.ts';

type Bench = {
  readonly campaign: { readonly settings: CampaignSettings };
  readonly store: Store;
  readonly ledger: LedgerReader;
  readonly log: Log;
  /** Campaign time at the start of the command. */
  readonly now: number;
};

/** What the command line gives out is the office's: whoever may run it has the machine. */
const ofOffice = { units: 'all', answers: 'ranked' } as const;

export const reportAction =
  (open: () => Promise<Bench>): CliActions['report'] =>
  async ({ path, format, kind = 'period', ...query }) => {
    const { campaign, store, ledger, log, now } = await open();
    const { settings } = campaign;
    const clock = { now: () => now };
    const world = createWorld({ store, clock, secrets: nodeSecrets, log, settings, hasVoice: false, hasSms: false, leaseMs: 0 });
    // no links are made here, and none are opened
    const { reports } = openFigures(world, ledger, new Uint8Array());
    const bytes = await reports.write(format, kind, query, ofOffice, { channel: 'command' });
    await writeFile(path, bytes);
    return { bytes: bytes.length };
  };
