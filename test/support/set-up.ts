import { createWorkbookReader, readGrids } from '../../adapters/excel/workbook-reader.ts';
import { registerCampaignSetUp } from '../../adapters/http/set-up-campaign.ts';
import { registerChecklist } from '../../adapters/http/set-up-checklist.ts';
import { registerImportSetUp } from '../../adapters/http/set-up-import.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { type CampaignRules, createCampaignDesk } from '../../src/app/set-up/campaign-desk.ts';
import { hashOfWords } from '../../src/app/set-up/campaign-of-record.ts';
import { createImportDesk } from '../../src/app/set-up/import-desk.ts';
import { createImportUndo } from '../../src/app/set-up/import-undo.ts';
import { createChecklist, type KnownFacts } from '../../src/app/set-up/read-facts.ts';
import type { World } from '../../src/app/world.ts';
import { readCampaign } from '../../src/config/campaign.ts';
import { describeCampaign } from '../../src/config/describe-campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import type { Files } from '../../src/ports/files.ts';
import type { LedgerReader } from '../../src/ports/ledger.ts';

/** The file of the invented campaign. */
export const fileWords: CampaignWords = {
  name: 'Campaign',
  from: '2021-08-26T08:30',
  to: '2021-10-01T08:30',
  contacts: 'contacts.xlsx',
  roster: 'roster.xlsx',
};

export const rules: CampaignRules = {
  read: (words) => {
    try {
      return { settings: readCampaign(words).settings };
    } catch (error) {
      if (error instanceof ConfigurationError) return { faults: error.faults };
      throw error;
    }
  },
  describe: describeCampaign,
};

export const known: KnownFacts = {
  isBuiltIn: false,
  isOpen: false,
  hasOpenId: false,
  hasHeartbeat: false,
  hasGroup: false,
  channels: () => ['wecom'],
  lastBackupAt: async () => undefined,
  realNow: () => 0,
};

export const desksOf = ({ world, files }: { readonly world: World; readonly files: Files }, words = fileWords) => ({
  campaign: createCampaignDesk({ world, file: { words, hash: hashOfWords(world, words) }, rules }),
  imports: createImportDesk({ world, files, reader: createWorkbookReader(), readGrids }),
});

/** Every section of setting up, as the service has them. */
export const setUpSections = (parts: {
  readonly world: World;
  readonly files: Files;
  readonly ledger: LedgerReader;
}): readonly SetUpSection[] => {
  const { campaign, imports } = desksOf(parts);
  return [
    registerChecklist(createChecklist({ world: parts.world, ledger: parts.ledger, known })),
    registerCampaignSetUp(campaign),
    registerImportSetUp(imports, createImportUndo({ world: parts.world, ledger: parts.ledger })),
  ];
};
