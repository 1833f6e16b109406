import { createWorkbookReader, readGrids } from '../../adapters/excel/workbook-reader.ts';
import { registerCampaignSetUp } from '../../adapters/http/set-up-campaign.ts';
import { registerChecklist } from '../../adapters/http/set-up-checklist.ts';
import { registerImportSetUp } from '../../adapters/http/set-up-import.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { createCampaignDesk, type CampaignRules } from '../app/set-up/campaign-desk.ts';
import { createImportDesk } from '../app/set-up/import-desk.ts';
import { createImportUndo } from '../app/set-up/import-undo.ts';
import { createChecklist, type KnownFacts } from '../app/set-up/read-facts.ts';
import type { World } from '../app/world.ts';
import { type CampaignFile, readCampaign } from '../config/campaign.ts';
import type { ChannelSettings } from '../config/channels.ts';
import { describeCampaign } from '../config/describe-campaign.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigurationError } from '../config/faults.ts';
import type { Channel } from '../ports/channel.ts';
import type { Files } from '../ports/files.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import { lastBackupAt } from './backup.ts';
import { fileWordsOf } from './campaign-of-record.ts';
import { refuseRealPeople } from './first-import.ts';
import type { Connections } from './redis.ts';

export const rulesOf = (bureau: string): CampaignRules => ({
  read: (words) => {
    try {
      return { settings: readCampaign(words, bureau).settings };
    } catch (error) {
      if (error instanceof ConfigurationError) return { faults: error.faults };
      throw error;
    }
  },
  describe: describeCampaign,
});

/** Whether some channel reaches the office's group. */
const hasGroupIn = ({ wecom, feishu, dingtalk }: ChannelSettings): boolean =>
  [wecom?.robotKey, feishu?.chatId, dingtalk?.group].some((group) => group !== undefined && group !== null);

type DeskParts = {
  readonly world: World;
  readonly file: CampaignFile;
  readonly files: Files;
  readonly ledger: LedgerReader;
  readonly env: Environment;
  readonly connections: Pick<Connections, 'commands' | 'keys'>;
  readonly channels: readonly Pick<Channel, 'name'>[];
};

const knownIn = ({ env, connections, channels }: DeskParts): KnownFacts => ({
  isBuiltIn: env.campaignFile === null,
  isOpen: env.mode === 'demo',
  hasOpenId: env.signIn.openId !== null,
  hasHeartbeat: env.heartbeatUrl !== null,
  // in a demo the page has one
  hasGroup: env.mode === 'demo' || hasGroupIn(env.channels),
  // a demo lets the emulators of Teams in, and reaches nobody by them
  channels: () => channels.map(({ name }) => name).filter((name) => name !== 'webchat' && (name !== 'teams' || env.bot !== null)),
  lastBackupAt: () => lastBackupAt(connections.commands, connections.keys),
  realNow: Date.now,
});

/** Setting up the campaign and the lists in the page, and how far it has come. */
export const openSetUpDesks = (parts: DeskParts): readonly SetUpSection[] => {
  const { world, files, ledger, env } = parts;
  const rules = rulesOf(world.settings.bureau);
  const refusal = env.mode === 'demo' ? refuseRealPeople : {};
  return [
    registerChecklist(createChecklist({ world, ledger, known: knownIn(parts) })),
    registerCampaignSetUp(createCampaignDesk({ world, file: fileWordsOf(parts.file), rules })),
    registerImportSetUp(
      createImportDesk({ world, files, reader: createWorkbookReader(), readGrids, ...refusal }),
      createImportUndo({ world, ledger }),
    ),
  ];
};
