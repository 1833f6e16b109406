import { writeFile } from 'node:fs/promises';
import { writeDutySheetPdf } from '../../adapters/paper/write-pdf.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import type { CliActions } from '../../adapters/cli/actions.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { draftByCommand } from '../app/draft/draft-by-command.ts';
import { createSheetDoor } from '../app/roster/export-sheet.ts';
import { listContactVersions, restoreContacts } from '../app/roster/contact-versions.ts';
import { createRosterHistory } from '../app/roster/roster-history.ts';
import { listVersions, showVersion } from '../app/roster/roster-versions.ts';
import { isoIn } from '../app/views/view-page.ts';
import { createWorld } from '../app/world.ts';
import type { CampaignFile } from '../config/campaign.ts';
import { readDraftRules } from '../config/draft-rules.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { importFirst, silentLog } from './first-import.ts';

type Bench = {
  readonly campaign: CampaignFile;
  readonly isDemo: boolean;
  readonly store: Store;
  readonly ledger: LedgerReader;
  readonly log: Log;
  /** Campaign time at the start of the command. */
  readonly now: number;
};

/** Before the first import what the campaign's own workbooks say counts, and is kept only where something is changed. */
const storeOf = async ({ campaign, isDemo, store, now }: Bench, isKept: boolean): Promise<Store> => {
  if ((await store.campaignVersion()) > 0) return store;
  const { settings, ...workbooks } = campaign;
  const target = isKept ? store : createMemoryStore({ bundleWindowMs: 0, now: () => now });
  await importFirst({ store: target, settings, at: now, workbooks, isDemo, log: silentLog });
  return target;
};

type RosterActions = Pick<
  CliActions,
  'contactVersions' | 'restoreContacts' | 'draftRoster' | 'rosterVersions' | 'rosterVersion' | 'rosterSheet'
>;

/** What the command line does with drafts, versions and sheets of the roster. */
export const rosterActions = (open: () => Promise<Bench>): RosterActions => {
  const history = async () => {
    const bench = await open();
    const { organisation } = await bench.store.loadCampaign();
    return { told: await createRosterHistory(bench.ledger)(), naming: { organisation, iso: isoIn(bench.campaign.settings.timeZone) } };
  };
  return {
    draftRoster: async ({ rule, ...asked }) => {
      const bench = await open();
      const { settings } = bench.campaign;
      const rules = rule === undefined ? {} : { rules: readDraftRules(rule, settings.timeZone) };
      const store = await storeOf(bench, asked.isPublished);
      return draftByCommand({ store, clock: { now: () => bench.now }, settings, sha256: nodeSecrets.sha256 }, { ...asked, ...rules });
    },
    contactVersions: async () => {
      const { ledger, campaign } = await open();
      return listContactVersions(ledger, isoIn(campaign.settings.timeZone));
    },
    restoreContacts: async (version) => {
      const { store, ledger, now } = await open();
      return restoreContacts({ store, reader: ledger, clock: { now: () => now } }, version);
    },
    rosterVersions: async () => {
      const { told, naming } = await history();
      return listVersions(told, naming);
    },
    rosterVersion: async (version) => {
      const { told, naming } = await history();
      return showVersion(told, version, naming);
    },
    rosterSheet: async ({ path, format, ...query }) => {
      const bench = await open();
      const { settings } = bench.campaign;
      const store = await storeOf(bench, false);
      const clock = { now: () => bench.now };
      const world = createWorld({
        store,
        clock,
        secrets: nodeSecrets,
        log: bench.log,
        settings,
        hasVoice: false,
        hasSms: false,
        leaseMs: 0,
      });
      // No links are made here, and none are opened.
      const signer = createLinkSigner(new Uint8Array());
      const sheets = createSheetDoor(world, { writeWorkbook, writePdf: writeDutySheetPdf, signer });
      const bytes = await sheets.write(format, query, { channel: 'command' }, 'all');
      await writeFile(path, bytes);
      return { bytes: bytes.length };
    },
  };
};
