import type { CampaignSettings } from '../../domain/campaign.ts';
import type { CampaignWords } from '../../domain/campaign-record/campaign-record.ts';
import { officeGroup, resolveRole } from '../../domain/escalation/resolve.ts';
import { type Policy, type Role, roles, shippedPolicies } from '../../domain/escalation/policy.ts';
import type { Period } from '../../domain/what-if/gather-stories.ts';
import { nameOf } from '../acts/speaker.ts';
import { isoIn } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';
import { type CampaignFileWords, keepCampaign, readRecord } from './campaign-of-record.ts';
import { lastNight, nightOf } from './last-night.ts';
import { faultOfPolicy, nameIn, ownPolicies, type PolicyDraft, type PolicyFault, withPolicies } from './policy-words.ts';
import { findWeaknesses, type Weakness } from './weak-ladders.ts';
import type { RehearsalAsk, RehearsalDoor, Rehearsed } from './rehearsal-door.ts';
import type { WhatIf, WhatIfRefused } from './what-if.ts';

/** The campaign that these words describe, or everything that is wrong with them. */
export type ReadWords = (
  words: CampaignWords,
) =>
  | { readonly settings: CampaignSettings }
  | { readonly faults: readonly { readonly name: string; readonly problem: string; readonly example?: string }[] };

export type PolicyView = {
  readonly name: string;
  /** In the words of the campaign's file. */
  readonly words: CampaignWords;
  readonly countsFrom: 'opening' | 'deadline';
  /** The campaign describes it itself, in place of a shipped one or beside them. */
  readonly isOwn: boolean;
  readonly isShipped: boolean;
};

/** Whom each role means for a post, or for its unit, at an instant. */
export type RoleNames = { readonly [role in Role]?: readonly string[] };

export type PoliciesView = {
  /** Of the campaign of record; 0 while the file alone counts. */
  readonly version: number;
  readonly policies: readonly PolicyView[];
  readonly posts: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
  /** Null where there is no post. */
  readonly tonight: {
    readonly at: string;
    readonly postId: string;
    readonly post: string;
    readonly unit: string;
    readonly ofPost: RoleNames;
    readonly ofUnit: RoleNames;
  } | null;
  readonly weak: readonly Weakness[];
};

export type Checked = { readonly ok: boolean; readonly faults: readonly PolicyFault[]; readonly weak: readonly Weakness[] };
export type Tried =
  | { readonly ok: true; readonly result: WhatIf }
  | Checked
  | { readonly ok: false; readonly refused: WhatIfRefused['code'] };
export type Applied = { readonly ok: true; readonly version: number } | Checked | { readonly ok: false; readonly refused: 'moved' };

export type PoliciesDeps = {
  readonly world: World;
  readonly file: CampaignFileWords;
  readonly read: ReadWords;
  readonly describe: (policy: Policy) => CampaignWords;
  readonly isForPosts: (name: string) => boolean;
  readonly rehearsal: RehearsalDoor;
  readonly whatIf: (policies: CampaignSettings['policies'], period: Period) => Promise<WhatIf | WhatIfRefused>;
};

const stepMs = 15 * 60_000;
const dayMs = 86_400_000;

/** The next instant that is night, to the quarter of an hour; now, where no night comes. */
const tonightAt = (settings: CampaignSettings, now: number): number => {
  const isNight = nightOf(settings);
  for (let at = now; at < now + dayMs; at = (Math.floor(at / stepMs) + 1) * stepMs) if (isNight(at) !== undefined) return at;
  return now;
};

const namesFor = (world: World, subject: string, at: number): RoleNames =>
  Object.fromEntries(
    roles.map((role) => [
      role,
      resolveRole(world.directory, role, subject, at).map((to) =>
        to === officeGroup ? '' : nameOf(world, to.startsWith('l:') ? to.slice(2) : to),
      ),
    ]),
  );

/** The ladders of the campaign, looked at, tried on what has been, and changed. */
export const createPoliciesDoor = ({ world, file, read, describe, isForPosts, whatIf, rehearsal }: PoliciesDeps) => {
  const readNow = async () => {
    const { stored, record } = await readRecord(world);
    return { stored, version: record?.version ?? 0, words: record?.words ?? file.words };
  };

  const weakIn = (policies: CampaignSettings['policies'], names?: readonly string[]): readonly Weakness[] => {
    const meant = Object.values(policies).filter(({ name }) => isForPosts(name) && (names === undefined || names.includes(name)));
    // a call for help begins with those who stand beside whoever calls, and the office; who is left is its matter
    return findWeaknesses(meant, world.directory, world.clock.now()).filter(
      ({ policy, what }) => what !== 'endsWithNobody' || policy === 'check' || policy === 'restore',
    );
  };

  const readDraft = async (draft: PolicyDraft) => {
    const now = await readNow();
    const words = withPolicies(now.words, draft);
    const found = read(words);
    if ('faults' in found) {
      const faults = found.faults.map((fault) => faultOfPolicy(words, fault));
      return { now, words, checked: { ok: false, faults, weak: [] } satisfies Checked };
    }
    const names = [...draft.policies.map(nameIn), ...(draft.shipped ?? [])];
    return {
      now,
      words,
      settings: found.settings,
      checked: { ok: true, faults: [], weak: weakIn(found.settings.policies, names) } satisfies Checked,
    };
  };

  /** For the checklist: somebody has looked at what would be. */
  const tellRehearsed = (): Promise<void> =>
    world.store.append([{ at: world.clock.now(), event: 'CampaignRehearsed', channel: 'page', data: {} }]);

  return {
    view: async (postId?: string): Promise<PoliciesView> => {
      const { directory, settings, clock } = world;
      const { version, words } = await readNow();
      const own = ownPolicies(words);
      const shipped = new Set(shippedPolicies.map(({ name }) => name));
      const post = directory.posts.get(postId ?? '') ?? directory.roster.posts[0];
      const at = tonightAt(settings, clock.now());
      return {
        version,
        policies: Object.values(settings.policies).map((policy) => ({
          name: policy.name,
          words: describe(policy),
          countsFrom: isForPosts(policy.name) ? 'opening' : 'deadline',
          isOwn: own.includes(policy.name),
          isShipped: shipped.has(policy.name),
        })),
        posts: directory.roster.posts.map(({ id, name, unitId }) => ({ id, name, unit: nameOf(world, unitId) })),
        tonight: post
          ? {
              at: isoIn(settings.timeZone)(at),
              postId: post.id,
              post: post.name,
              unit: nameOf(world, post.unitId),
              ofPost: namesFor(world, post.id, at),
              ofUnit: namesFor(world, post.unitId, at),
            }
          : null,
        weak: weakIn(settings.policies),
      };
    },

    check: async (draft: PolicyDraft): Promise<Checked> => (await readDraft(draft)).checked,

    /** Without a period: last night. Instants are epoch ms. */
    try: async (draft: PolicyDraft, period?: Period): Promise<Tried> => {
      const { settings, checked } = await readDraft(draft);
      if (settings === undefined) return checked;
      const now = world.clock.now();
      const asked = period === undefined ? lastNight(world.settings, now) : { ...period, toAt: Math.min(period.toAt, now) };
      const result = await whatIf(settings.policies, asked);
      if ('code' in result) return { ok: false, refused: result.code };
      await tellRehearsed();
      return { ok: true, result };
    },

    /** The days to come, played by these ladders with people who are made up; `signal` ends it. */
    rehearse: async (draft: PolicyDraft, asked: RehearsalAsk, signal: AbortSignal): Promise<Rehearsed> => {
      const { settings, checked } = await readDraft(draft);
      if (settings === undefined) return { ok: false, faults: checked.faults };
      const played = await rehearsal(settings.policies, asked, signal);
      if (played.ok) await tellRehearsed();
      return played;
    },

    /** `version`: of the campaign that the draft was made from. Nobody's change is written over unseen. */
    apply: async (draft: PolicyDraft, version: number, who: { readonly by?: string; readonly channel: string }): Promise<Applied> => {
      const { now, words, settings, checked } = await readDraft(draft);
      if (settings === undefined) return checked;
      if (now.version !== version) return { ok: false, refused: 'moved' };
      const result = await keepCampaign(world, now.stored, { words, before: now.words, source: 'page', file, ...who });
      await refreshWorld(world);
      return result === 'committed' ? { ok: true, version: version + 1 } : { ok: false, refused: 'moved' };
    },
  };
};

export type PoliciesDoor = ReturnType<typeof createPoliciesDoor>;
