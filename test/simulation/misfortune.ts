import type { Campaign } from '../../src/ports/store.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import type { Instance } from './instance.ts';
import type { Mood } from './platform.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { RedisState } from './redis.ts';
import type { Feature } from './scenario.ts';
import type { Life, Timeline } from './timeline.ts';

export type MisfortuneParts = {
  readonly timeline: Timeline;
  readonly rng: Rng;
  readonly features: ReadonlySet<Feature>;
  /** Until then things go wrong; from then on nothing does. */
  readonly healAt: number;
  /** How many instances there should be. */
  readonly count: number;
  readonly redis: RedisState;
  readonly mood: Mood;
  readonly instances: () => readonly Instance[];
  readonly start: () => void;
  readonly resume: (life: Life) => void;
  readonly workersChanged: () => void;
  readonly campaign: () => Promise<Campaign>;
  readonly import: (change: Omit<Campaign, 'version'>) => Promise<void>;
  readonly nextDueAt: () => number | undefined;
  readonly changed: () => void;
};

const minute = 60_000;
const hour = 60 * minute;

/** Somebody is exchanged, a shift is left out, a post is given up or comes back, a person is disabled. */
const changeCampaign = (campaign: Campaign, rng: Rng, now: number): Omit<Campaign, 'version'> => {
  const { roster, organisation } = campaign;
  const future = (from: number): boolean => from > now - 24 * hour;
  const swapped = (): Roster => {
    const shift = rng.pick(roster.shifts.filter(({ from }) => future(from)));
    const other = rng.pick(roster.shifts);
    return {
      ...roster,
      version: roster.version + 1,
      shifts: roster.shifts.map((one) => (one === shift ? { ...one, holders: other.holders } : one)),
    };
  };
  const dice = rng.next();
  if (dice < 0.5) return { organisation, roster: swapped() };
  if (dice < 0.7) {
    const left = rng.pick(roster.shifts.filter(({ from }) => future(from)));
    return { organisation, roster: { ...roster, version: roster.version + 1, shifts: roster.shifts.filter((one) => one !== left) } };
  }
  if (dice < 0.85 && roster.posts.length > 1) {
    const given = rng.pick(roster.posts);
    const posts = roster.posts.filter((one) => one !== given);
    return {
      organisation,
      roster: { ...roster, version: roster.version + 1, posts, shifts: roster.shifts.filter(({ postId }) => postId !== given.id) },
    };
  }
  const gone = rng.pick(organisation.people.slice(2));
  const people = organisation.people.map((one) => (one === gone ? { ...one, isDisabled: !one.isDisabled } : one));
  return { organisation: { ...organisation, version: organisation.version + 1, people }, roster };
};

/** Everything that goes wrong by itself, at times drawn from the seed. */
export const createMisfortune = (parts: MisfortuneParts) => {
  const { timeline, rng, features, healAt, redis, mood, changed } = parts;
  const isOver = (): boolean => timeline.now() >= healAt;
  const has = (feature: Feature): boolean => features.has(feature) && !isOver();

  const restart = (afterMs: number): void =>
    timeline.at(timeline.now() + afterMs, () => {
      if (parts.instances().filter(({ life }) => !life.isDead).length < parts.count) parts.start();
      changed();
    });

  const die = (life: Life): void => {
    if (life.isDead) return;
    life.isDead = true;
    restart(rng.pick([500, 3_000, 20_000, 5 * minute]));
    changed();
  };

  /** Again and again, with such gaps on the average. */
  const nowAndThen = (feature: Feature, meanMs: number, happen: () => void): void => {
    if (!features.has(feature)) return;
    const next = (): void =>
      timeline.at(timeline.now() + rng.between(meanMs / 10, meanMs * 2), () => {
        if (isOver()) return;
        if (has(feature)) happen();
        changed();
        next();
      });
    next();
  };

  const alive = (): readonly Instance[] => parts.instances().filter(({ life }) => !life.isDead);

  const pause = (): void => {
    const some = alive().filter(({ life }) => !life.isPaused);
    if (some.length === 0) return;
    const { life } = rng.pick(some);
    life.isPaused = true;
    timeline.at(timeline.now() + rng.pick([1_000, 8_000, 2 * minute, 30 * minute, 3 * hour]), () => {
      parts.resume(life);
      parts.workersChanged();
      changed();
    });
  };

  const during = (begin: () => void, end: () => void, lengths: readonly number[]): void => {
    begin();
    timeline.at(timeline.now() + rng.pick(lengths), () => {
      end();
      changed();
    });
  };

  const outage = (): void => {
    const downMs = rng.pick([2 * minute, 20 * minute, 2 * hour, 6 * hour]);
    for (const { life } of alive()) {
      life.isDead = true;
      restart(downMs);
    }
    changed();
  };

  /** A message has just been taken in: a good moment for everything to go dark. */
  const messageTaken = (): void => {
    if (has('outages') && rng.chance(0.02)) timeline.at(timeline.now() + rng.between(0, 3), outage);
  };

  const begin = (): void => {
    for (let started = 0; started < parts.count; started++) parts.start();
    nowAndThen('crashes', 3 * hour, () => {
      if (alive().length > 0) die(rng.pick(alive()).life);
    });
    nowAndThen('pauses', 4 * hour, pause);
    nowAndThen('outages', 12 * hour, outage);
    nowAndThen('redisRefuses', 5 * hour, () => {
      const isGone = rng.chance(0.5);
      during(
        () => (isGone ? (redis.isAway = true) : (redis.isRefusing = true)),
        () => Object.assign(redis, { isAway: false, isRefusing: false }),
        [500, 5_000, 2 * minute, 30 * minute],
      );
    });
    nowAndThen('failingChannel', 4 * hour, () =>
      during(
        () => (mood.kind = rng.pick(['transient', 'permanent'] as const)),
        () => (mood.kind = 'fine'),
        [10_000, 3 * minute, hour],
      ),
    );
    nowAndThen('hangingChannel', 5 * hour, () => {
      // who has begun to send waits to its end, so it ends with everything else that goes wrong
      mood.hangsUntil = Math.min(timeline.now() + rng.pick([5_000, 2 * minute, 15 * minute]), healAt);
    });
    const importNow = (): void => void parts.campaign().then((campaign) => parts.import(changeCampaign(campaign, rng, timeline.now())));
    nowAndThen('imports', 8 * hour, () => {
      // Often just when something else is being decided.
      const dueAt = parts.nextDueAt();
      if (dueAt === undefined || rng.chance(0.3)) importNow();
      else timeline.at(dueAt + rng.between(0, 30), importNow);
    });
    timeline.at(healAt, () => {
      Object.assign(redis, { isAway: false, isRefusing: false });
      mood.kind = 'fine';
      for (const { life } of alive()) if (life.isPaused) parts.resume(life);
      parts.workersChanged();
      if (alive().length === 0) parts.start();
      changed();
    });
  };

  return { begin, die, messageTaken };
};
