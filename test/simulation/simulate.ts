import { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import { createMemoryChannelHealth } from '../../adapters/memory/memory-channel-health.ts';
import { createMemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import type { Campaign } from '../../src/ports/store.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { tellCampaign } from '../support/tell-campaign.ts';
import { createBell } from './bell.ts';
import { drawBureau } from './bureau.ts';
import { startInstance, type House, type Instance } from './instance.ts';
import { createDutyWork } from './duty-work.ts';
import { createFigureWork } from './figure-work.ts';
import { createHooks } from './hooks.ts';
import { createItemWork } from './item-work.ts';
import { createMisfortune } from './misfortune.ts';
import { createPeople, type Said } from './people.ts';
import { createPlatform } from './platform.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import { createPromises } from './promises.ts';
import { createRosterWork } from './roster-work.ts';
import type { RosterCommand } from './roster-oracle.ts';
import { createWorkbooks } from './workbooks.ts';
import { createSimulatedQueue } from './queue.ts';
import { createTurns, type RedisParts } from './redis.ts';
import type { Feature, Scenario } from './scenario.ts';
import { tailOf } from './tail-of.ts';
import { createTimeline, type Life } from './timeline.ts';
import { createReader, createSettingsWork } from './settings-work.ts';
import { createWishWork } from './wish-work.ts';
import { Violation } from './violation.ts';

const minute = 60_000;
const hour = 60 * minute;
/** How long everything works and everybody helps, at the end of each scenario. */
export const healedHours = 4;
/** Then nothing may be open for longer than this. */
const endsWithinMs = 3.5 * hour;

export type Outcome = {
  readonly violation: Violation | undefined;
  readonly steps: number;
  readonly days: number;
  readonly rows: number;
  /** Over the whole ledger. */
  readonly sha256: string;
  /** The last rows of the ledger that contain all of these words. */
  readonly tail: (words: readonly string[], count: number) => readonly string[];
};

/** Plays one scenario to its end or to the first broken promise. The same scenario always gives the same outcome. */
export const simulate = async (scenario: Scenario): Promise<Outcome> => {
  const { seed } = scenario;
  const features = new Set<Feature>(scenario.features);
  const bureau = drawBureau(scenario);
  const { startAt } = bureau;
  /** As they count now. */
  const settings = { ...bureau.settings };
  const readCampaign = createReader(bureau.settings);
  const healAt = startAt + scenario.hours * hour;
  const untilAt = healAt + healedHours * hour;
  const timeline = createTimeline(startAt, createRng(seed, 'ties'));
  const has = (feature: Feature): boolean => features.has(feature) && timeline.now() < healAt;
  const inbox = createMemoryInbox();
  const store = createMemoryStore({ bundleWindowMs: settings.bundleWindowMs, now: timeline.now, settle: inbox.settle });
  const redisState = { isAway: false, isRefusing: false };
  let instances: Instance[] = [];

  let healthySince = Number.POSITIVE_INFINITY;
  const weigh = (): void => {
    const isWell =
      !redisState.isAway && !redisState.isRefusing && instances.some(({ life, isUp }) => isUp() && !life.isDead && !life.isPaused);
    if (!isWell) healthySince = Number.POSITIVE_INFINITY;
    else if (healthySince === Number.POSITIVE_INFINITY) healthySince = timeline.now();
  };

  const workbooks = createWorkbooks();
  const commands = new WeakMap<object, RosterCommand>();
  const promises = createPromises({
    now: timeline.now,
    settings,
    store,
    healthySince: () => healthySince,
    channelWellSince: () => platform.mood.hangsUntil,
    listOf: workbooks.listOf,
  });
  let violation: Violation | undefined;
  let { organisation } = bureau;
  let campaign: Omit<Campaign, 'version'> = bureau;
  const fail = (error: unknown): void => {
    if (violation) return;
    violation =
      error instanceof Violation
        ? error
        : new Violation('the service does not break', timeline.now(), String((error as Error).stack ?? error));
  };
  /** What the promises find inside a call of the product must end the run, not be caught as the product's own fault. */
  const noting =
    <A extends readonly unknown[]>(look: (...args: A) => void) =>
    (...args: A): void => {
      try {
        look(...args);
      } catch (error) {
        fail(error);
      }
    };

  /** Instances look at the calendar each second, and at whatever else counts for all. */
  const lookAround = (): void => calendarBell.ring(timeline.now() + door.between(0, 1_000));
  const campaignIs = (next: Omit<Campaign, 'version'>): void => {
    campaign = next;
    ({ organisation } = next);
    lookAround();
  };

  const dueBell = createBell(timeline, createRng(seed, 'due'));
  const outboxBell = createBell(timeline, createRng(seed, 'outbox'));
  const inboxBell = createBell(timeline, createRng(seed, 'inbox'));
  const calendarBell = createBell(timeline, createRng(seed, 'calendar'));
  const harshness = createRng(seed, 'harshness').pick([1, 1, 3, 10]);
  const redis: RedisParts = {
    timeline,
    rng: createRng(seed, 'redis'),
    store,
    inbox,
    state: redisState,
    weather: () => ({
      losesReplies: has('redisLosesReplies'),
      crashesAtWrites: has('crashesAtWrites'),
      isSlow: has('slowCalls'),
      harshness,
    }),
    seen: {
      committed: noting((transitions, results, version) => {
        for (const [index, { writes }] of transitions.entries())
          for (const { aggregate } of results[index] === 'committed' ? writes : [])
            if (aggregate?.type === 'campaign') promises.settingsAre(readCampaign(aggregate.state.words ?? {}));
            else if (aggregate?.type === 'reach' || aggregate?.type === 'calendar') lookAround();
        promises.committed(transitions, results, version);
        const changed = transitions.findLast((one, index) => one.campaign !== undefined && results[index] === 'committed')?.campaign;
        if (changed) campaignIs(changed);
      }),
      replaced: noting((next, version, notices) => {
        promises.replaced(version + 1, next, { notices, command: commands.get(next) });
        campaignIs(next);
      }),
      appended: noting(promises.appended),
      accepted: (message) => {
        promises.accepted(message);
        misfortune.messageTaken();
      },
      isSettled: promises.isSettled,
      stirred: () => {
        const dueAt = store.nextDueAt();
        if (dueAt !== undefined) dueBell.ring(dueAt);
        if (store.outbox.size() > 0) outboxBell.ring(timeline.now());
        hooks?.stirred();
      },
      knocked: () => inboxBell.ring(timeline.now()),
    },
    die: (life) => misfortune.die(life),
    inTurn: createTurns(),
  };

  const door = createRng(seed, 'door');
  const working = (): readonly Instance[] => instances.filter(({ life, isUp }) => isUp() && !life.isDead && !life.isPaused);
  const platform = createPlatform({
    timeline,
    rng: createRng(seed, 'platform'),
    has,
    hasSms: seed % 2 === 0,
    leaves: noting(promises.leaves),
    arrives: (message) => {
      people.receive(message);
      figureWork?.receive(message);
      wishes.receive(message);
      const id = message.asking?.obligationId;
      const [instance] = working();
      if (id !== undefined && instance && door.chance(0.5)) void instance.delivered(id, message.to);
    },
  });

  /** Platforms bring a webhook again until they hear that it was taken, but not for ever. */
  const knock = async (message: InboundMessage, tries: number): Promise<void> => {
    const again = (): void => {
      if (tries < 8) timeline.at(timeline.now() + 1_000 * 2 ** tries, () => void knock(message, tries + 1));
    };
    const open = working();
    if (open.length === 0) return again();
    let isAnswered = false;
    timeline.at(timeline.now() + 10_000, () => {
      if (!isAnswered) again();
    });
    try {
      await door.pick(open).take(message);
      isAnswered = true;
    } catch {
      isAnswered = true;
      again();
    }
  };

  const press = async (message: InboundMessage): Promise<void> => {
    const open = working();
    if (open.length === 0) return;
    try {
      const replies = await door.pick(open).runInline(message);
      for (const reply of replies) if (reply.template === 'reply.confirmed') noting(promises.confirmed)(message.id, reply.to);
    } catch {
      // the platform shows an error, and the person may press again
    }
  };

  let messages = 0;
  const says = (from: string, said: Said): void => {
    messages += 1;
    const id = `x${messages}`;
    const message: InboundMessage = {
      id,
      channel: 'webchat',
      conversation: from,
      isGroup: false,
      from,
      receivedAt: timeline.now(),
      reference: id,
      ...said,
    };
    if (has('lostMessages') && door.chance(0.05)) return;
    const travelMs = has('delayedMessages') && door.chance(0.1) ? door.between(minute, 20 * minute) : door.between(20, 1_500);
    const isInline = said.value !== undefined && door.chance(0.3);
    const bring = (): void => void (isInline ? press(message) : knock(message, 0));
    timeline.at(timeline.now() + travelMs, bring);
    if (has('doubledMessages') && door.chance(0.08)) timeline.at(timeline.now() + travelMs * door.between(1, 3), bring);
  };

  const people = createPeople({
    timeline,
    seed,
    has,
    organisation: () => organisation,
    healAt,
    untilAt,
    says,
    openIds: promises.openIds,
    seesTo: (to, message) => duty?.receive(to, message) === true || rosterWork?.receive(to, message) === true,
  });

  const duty = features.has('requests')
    ? createDutyWork({
        timeline,
        seed,
        timeZone: settings.timeZone,
        isOn: () => has('requests'),
        isBusy: features.has('manyRequests'),
        campaign: () => campaign,
        says,
      })
    : undefined;

  const isUp = (): Instance => {
    const open = working();
    if (open.length === 0) throw new Error('nobody is up');
    return door.pick(open);
  };

  const rosterWork = features.has('rosters')
    ? createRosterWork({
        timeline,
        seed,
        timeZone: settings.timeZone,
        isOn: () => has('rosters'),
        isBusy: features.has('manyRosters'),
        campaign: () => campaign,
        says,
        write: workbooks.write,
        importList: async (list) => isUp().importRoster(list),
        publish: async (days) => isUp().publishDraft(days),
      })
    : undefined;

  const hooks = features.has('webhooks')
    ? createHooks({
        timeline,
        seed,
        healAt,
        rows: store.rows,
        healthySince: () => healthySince,
        blame: (promise, detail) => fail(new Violation(promise, timeline.now(), detail)),
      })
    : undefined;

  const figureWork = features.has('figures')
    ? createFigureWork({ timeline, seed, isOn: () => has('figures'), campaign: () => campaign, says })
    : undefined;

  const wishes = createWishWork({ timeline, seed, has, healAt, campaign: () => campaign, says });

  let seeds = 0;
  const house: House = {
    timeline,
    rng: createRng(seed, 'instances'),
    settings: bureau.settings,
    readCampaign,
    secrets: { ...nodeSecrets, newSeed: () => nodeSecrets.sha256(`${seed} seed ${(seeds += 1)}`) },
    store,
    inbox,
    redis,
    queue: createSimulatedQueue(timeline, createRng(seed, 'queue')),
    platform,
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
    dueBell,
    outboxBell,
    inboxBell,
    calendarBell,
    turnBegins: promises.turnBegins,
    turnDecides: promises.turnDecides,
    jobRuns: promises.jobRuns,
    broke: (where, error) =>
      fail(new Violation('the service does not break', timeline.now(), `${where}: ${String((error as Error).stack ?? error)}`)),
    isSkewed: features.has('skewedClocks'),
    lastSeq: promises.lastSeq,
    hasItems: features.has('items'),
    hasFigures: features.has('figures'),
    workbooks: features.has('rosters') ? workbooks.inChat : undefined,
    commands,
    hooks,
  };

  const importCampaign = (change: Parameters<typeof store.commitCampaign>[0]): Promise<void> =>
    redis.inTurn(async () => {
      const before = await store.loadCampaign();
      await store.commitCampaign(change, before.version, tellCampaign(change, timeline.now(), before));
      noting(promises.campaignIs)(before.version + 1, change);
      campaignIs(change);
    });

  let names = 0;
  const misfortune = createMisfortune({
    timeline,
    rng: createRng(seed, 'misfortune'),
    features,
    healAt,
    count: scenario.instances,
    redis: redisState,
    mood: platform.mood,
    instances: () => instances,
    start: () => {
      instances = [...instances.filter(({ life }) => !life.isDead), startInstance(house, `i${(names += 1)}`)];
    },
    resume: (life: Life) => timeline.resume(life),
    workersChanged: () => house.queue.assign(),
    import: importCampaign,
    campaign: () => store.loadCampaign(),
    nextDueAt: store.nextDueAt,
    changed: weigh,
  });

  if (features.has('settings'))
    createSettingsWork({
      timeline,
      seed,
      settings: bureau.settings,
      isOn: () => has('settings'),
      apply: async (words) => isUp().changeCampaign(words),
      nextDueAt: store.nextDueAt,
    });
  if (features.has('items'))
    createItemWork({
      timeline,
      seed,
      settings,
      isOn: () => has('items'),
      isBusy: features.has('manyItems'),
      campaign: () => campaign,
      open: promises.openItems,
      says,
      handOver: async (drafts) => isUp().handOver(drafts),
    });
  await importCampaign({ organisation: bureau.organisation, roster: bureau.roster });
  misfortune.begin();

  let steps = 0;
  try {
    while (!violation && (await timeline.step(untilAt))) {
      steps += 1;
      weigh();
      promises.look();
      hooks?.look(timeline.now());
    }
    if (!violation) promises.everythingEnded(endsWithinMs);
  } catch (error) {
    fail(error);
  }
  const days = (timeline.now() - startAt) / (24 * hour);
  return { violation, steps, days, ...promises.result(), tail: (words, count) => tailOf(store.rows(), words, count) };
};
