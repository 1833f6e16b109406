import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { ContactPolicy } from '../../src/domain/contact/contact-policy.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import type { Json } from '../../src/domain/ledger/event.ts';
import type { Policy, Role, Step } from '../../src/domain/escalation/policy.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Timeline } from './timeline.ts';

export type SettingsWorkParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  /** As they were at first. */
  readonly settings: CampaignSettings;
  readonly isOn: () => boolean;
  /** Makes these count through the desk of some process that is up; rejects where it breaks off. */
  readonly apply: (words: CampaignWords) => Promise<void>;
  readonly nextDueAt: () => number | undefined;
};

const minute = 60_000;
const hour = 60 * minute;
/** No other step comes at such a moment. */
const ownMs = 17_000;
const ladders = ['check', 'check', 'check', 'restore', 'office'] as const;
const tellable: readonly Role[] = ['onDuty', 'coDuty', 'liaison', 'principal', 'shiftLeader', 'office'];

/** Settings as a twin of the campaign's file has them: how words become settings is tried elsewhere. */
export const createReader = (first: CampaignSettings) => {
  let last: { readonly text: string; readonly settings: CampaignSettings } | undefined;
  return (words: CampaignWords): CampaignSettings => {
    const text = JSON.stringify(words);
    // the same words give the same objects, as in the wiring
    if (last?.text !== text) {
      const { policies = {}, posts } = JSON.parse(text) as { policies?: CampaignSettings['policies']; posts?: ContactPolicy };
      last = { text, settings: { ...first, policies: { ...first.policies, ...policies }, ...(posts ? { posts } : {}) } };
    }
    return last.settings;
  };
};

/** The office makes other ladders and other limits count while questions are open. */
export const createSettingsWork = ({ timeline, seed, settings, isOn, apply, nextDueAt }: SettingsWorkParts): void => {
  const rng = createRng(seed, 'settings');
  let words: { readonly [member: string]: Json } = {};

  const drawSteps = (steps: readonly Step[]): readonly Step[] => {
    const scale = rng.pick([0.5, 1, 1, 2]);
    const scaled = steps.map((step) => ({ ...step, afterMs: Math.round(step.afterMs * scale) }));
    const left = rng.chance(0.4) ? scaled.filter((_, index) => index === 0 || rng.chance(0.7)) : scaled;
    const added: readonly Step[] = rng.chance(0.6)
      ? [{ afterMs: rng.between(1, 50) * minute + ownMs, notify: [rng.pick(tellable)], via: 'card' }]
      : [];
    return [...left, ...added].toSorted((one, other) => one.afterMs - other.afterMs);
  };

  const drawPolicy = (): Policy => {
    const policy = settings.policies[rng.pick(ladders)]!;
    return {
      ...policy,
      steps: drawSteps(policy.steps),
      answerWindowMs: rng.pick([5, 10, 30]) * minute,
      remindOfficeEveryMs: rng.pick([15, 30, 60]) * minute,
    };
  };

  const change = (): void => {
    const dice = rng.next();
    if (dice < 0.1) words = {};
    else if (dice < 0.8) {
      const policy = drawPolicy();
      words = { ...words, policies: { ...(words['policies'] as object | undefined), [policy.name]: policy } };
    } else {
      const silenceLimitMs = rng.pick([1, 2, 4]) * hour;
      words = {
        ...words,
        posts: { ...settings.posts, bands: settings.posts.bands.map((band) => ({ ...band, silenceLimitMs })) },
      };
    }
    void apply(words).catch(() => undefined);
  };

  const next = (): void =>
    timeline.at(timeline.now() + rng.between(10 * minute, 4 * hour), () => {
      if (!isOn()) return;
      const dueAt = nextDueAt();
      // Often just when something else is being decided.
      if (dueAt === undefined || rng.chance(0.3)) change();
      else timeline.at(dueAt + rng.between(0, 30), change);
      next();
    });
  next();
};
