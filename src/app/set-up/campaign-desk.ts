import type { CampaignWords } from '../../domain/campaign-record/campaign-record.ts';
import { type ChangedMember, changedMembers } from '../../domain/campaign-record/changed-members.ts';
import { takeDraft } from '../../domain/campaign-record/take-draft.ts';
import type { CampaignSettings } from '../../domain/campaign.ts';
import { Fault } from '../../ports/fault.ts';
import { isoIn } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';
import { type CampaignFileWords, hashOfWords, keepCampaign, readRecord } from './campaign-of-record.ts';

/** `name` is the member's path, such as `checks.posts.bands[0].fixed`. */
export type CampaignFault = { readonly name: string; readonly problem: string; readonly example?: string };

export type CampaignRules = {
  readonly read: (words: CampaignWords) => { readonly settings: CampaignSettings } | { readonly faults: readonly CampaignFault[] };
  /** The words with everything said that they leave out. */
  readonly describe: (words: CampaignWords, settings: CampaignSettings) => CampaignWords;
};

/** What somebody wants it to be: an edited form, which began as it was shown, or a whole file. */
export type CampaignWish = { readonly draft: CampaignWords } | { readonly whole: CampaignWords };

export type CampaignView = {
  /** 0 while the file alone counts. */
  readonly version: number;
  readonly source: 'page' | 'file';
  readonly changedAt?: string;
  readonly changedBy?: string;
  /** Everything said, also what was left out. */
  readonly shown: CampaignWords;
};

export type CampaignPreview = {
  readonly version: number;
  readonly faults: readonly CampaignFault[];
  readonly changes: readonly ChangedMember[];
  /** SHA-256 of the words as they would be kept; empty with a fault. */
  readonly hash: string;
};

export type Wanting = CampaignWish & { readonly version: number; readonly hash: string };

type Deps = { readonly world: World; readonly file: CampaignFileWords; readonly rules: CampaignRules };

/** Members that nobody changes while the service runs: keys and clocks are made of the first two, the others are read once. */
const fixed = ['bureau', 'timeZone', 'contacts', 'roster'] as const;

const mostTries = 8;

/** The office looks at the campaign, sees what a change of it would do, and makes it count. */
export const createCampaignDesk = ({ world, file, rules }: Deps) => {
  const readNow = async () => {
    const { stored, record } = await readRecord(world);
    const words = record?.words ?? file.words;
    const read = rules.read(words);
    // words that count have been read once; what no longer reads them says so at its start
    const shown = 'settings' in read ? rules.describe(words, read.settings) : words;
    return { stored, record, words, shown };
  };
  type Now = Awaited<ReturnType<typeof readNow>>;

  const wordsOf = ({ words, shown }: Now, wish: CampaignWish): CampaignWords => {
    if ('draft' in wish) return takeDraft(words, shown, wish.draft);
    const kept = Object.fromEntries(fixed.flatMap((name) => (words[name] === undefined ? [] : [[name, words[name]]])));
    return { ...kept, ...wish.whole };
  };

  const faultsOfFixed = ({ shown }: Now, next: CampaignWords): readonly CampaignFault[] =>
    (['bureau', 'timeZone'] as const).flatMap((name) =>
      next[name] === undefined || next[name] === shown[name]
        ? []
        : [{ name, problem: 'can only be changed in the file, with the service stopped', example: JSON.stringify(shown[name] ?? '') }],
    );

  const weigh = (now: Now, wish: CampaignWish): CampaignPreview & { readonly next: CampaignWords } => {
    const next = wordsOf(now, wish);
    const version = now.record?.version ?? 0;
    const read = rules.read(next);
    const faults = [...('faults' in read ? read.faults : []), ...faultsOfFixed(now, next)];
    if ('faults' in read || faults.length > 0) return { version, faults, changes: [], hash: '', next };
    const changes = changedMembers(now.shown, rules.describe(next, read.settings));
    return { version, faults: [], changes, hash: hashOfWords(world, next), next };
  };

  const view = async (): Promise<CampaignView> => {
    const { record, shown } = await readNow();
    const by = record?.by === undefined ? undefined : world.directory.people.get(record.by)?.name;
    return {
      version: record?.version ?? 0,
      source: record?.source ?? 'file',
      ...(record ? { changedAt: isoIn(world.settings.timeZone)(record.at) } : {}),
      ...(by === undefined ? {} : { changedBy: by }),
      shown,
    };
  };

  return {
    view,
    /** Everything at fault, or everything that would be another; nothing is changed. */
    preview: async (wish: CampaignWish): Promise<CampaignPreview> => {
      const { next: _, ...preview } = weigh(await readNow(), wish);
      return preview;
    },
    /** Throws ZG_MOVED_ON where what was shown is not so any more, ZG_BAD_CAMPAIGN with the first fault. */
    apply: async (wanted: Wanting, by: string | undefined): Promise<CampaignView> => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const now = await readNow();
        const { version, faults, hash, next } = weigh(now, wanted);
        if (version !== wanted.version) throw new Fault('ZG_MOVED_ON');
        const [fault] = faults;
        if (fault) throw new Fault('ZG_BAD_CAMPAIGN', `${fault.name}: ${fault.problem}`);
        if (hash !== wanted.hash) throw new Fault('ZG_MOVED_ON');
        const actor = by === undefined ? {} : { by };
        const kept = { words: next, before: now.words, source: 'page', file, channel: 'page', ...actor } as const;
        const result = await keepCampaign(world, now.stored, kept);
        await refreshWorld(world);
        if (result === 'committed') return view();
      }
      throw new Fault('ZG_MOVED_ON');
    },
    /** As it counts, in the words of a campaign file, to be kept or taken elsewhere; in the ledger. */
    take: async (by: string | undefined): Promise<CampaignWords> => {
      const { words } = await readNow();
      const actor = by === undefined ? {} : { actor: by };
      await world.store.append([
        { at: world.clock.now(), event: 'DataExported', channel: 'page', data: { what: '/api/set-up/campaign/file' }, ...actor },
      ]);
      return words;
    },
  };
};

export type CampaignDesk = ReturnType<typeof createCampaignDesk>;
