import { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import { createMemoryChannelHealth } from '../../adapters/memory/memory-channel-health.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { openRecurringJob } from '../../jobs/open-recurring.ts';
import { moveLaddersJob } from '../../jobs/move-ladders.ts';
import { tellAheadJob } from '../../jobs/tell-ahead.ts';
import { tickCalendarJob } from '../../jobs/tick-calendar.ts';
import { decideMessage } from '../app/decide-message.ts';
import { playCampaign } from '../app/rehearsal/play-campaign.ts';
import { createItemPlay, type ItemPlay, type ItemRate } from '../app/rehearsal/play-items.ts';
import type { Said } from '../app/rehearsal/people.ts';
import { reportRehearsal, type RehearsalReport } from '../app/rehearsal/report.ts';
import { createTally } from '../app/rehearsal/tally.ts';
import { createWorld, refreshWorld, type World } from '../app/world.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { Store } from '../ports/store.ts';
import { silentLog } from './first-import.ts';
import { platformLimits } from './rehearsal-limits.ts';
import { speech } from './speech.ts';

export type RehearsalAsked = {
  readonly settings: CampaignSettings;
  /** Puts organisation and roster into the empty store. */
  readonly fill: (store: Store) => Promise<void>;
  /** Epoch ms. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly seed: number;
  /** Share of the people who never answer, 0 to 1. */
  readonly silent: number;
  /** Whether text messages and calls go out by themselves. */
  readonly hasSms: boolean;
  readonly hasVoice: boolean;
  /** Items that are handed over each day, beside those that the campaign opens by itself; without it none are played. */
  readonly items?: readonly ItemRate[];
};

const leaseMs = 30_000;
const mostRaces = 8;

/** Somebody's turn, decided and committed with its replies. */
export const sayIn = (world: World) => {
  let messages = 0;
  const deps = { world, identify: (_channel: string, from: string) => world.directory.people.get(from), pageUrl: '', ...speech(world) };
  return async (personId: string, said: Said): Promise<void> => {
    messages += 1;
    const message = {
      id: `x${messages}`,
      channel: 'webchat',
      conversation: personId,
      isGroup: false,
      from: personId,
      receivedAt: world.clock.now(),
      reference: 'reply',
      ...said,
    };
    for (let races = 0; races < mostRaces; races++) {
      const { transition, replies } = await decideMessage(deps, message);
      const whole = { ...transition, notices: [...transition.notices, ...replies] };
      const [result] = await world.store.commit([whole], world.campaignVersion);
      if (result === 'committed' || result === 'settled') return;
      await refreshWorld(world);
    }
    throw new Error('the turn lost every race');
  };
};

/** Plays a campaign with nothing but memory: no Redis, no platform, nobody is written to. */
export const rehearse = async (asked: RehearsalAsked): Promise<RehearsalReport> => {
  const { settings, fromAt, toAt, seed, silent } = asked;
  const tally = createTally();
  let play: ItemPlay | undefined;
  let now = fromAt;
  const clock = { now: () => now };
  const store = createMemoryStore({
    bureau: settings.bureau,
    bundleWindowMs: settings.bundleWindowMs,
    now: clock.now,
    tell: (event) => {
      tally.hear(event);
      play?.hear(event);
    },
    isTrusting: true,
  });
  await asked.fill(store);
  let seeds = 0;
  const world = createWorld({
    store,
    clock,
    secrets: { ...nodeSecrets, newSeed: () => nodeSecrets.sha256(`${seed} seed ${(seeds += 1)}`) },
    log: silentLog,
    settings,
    hasSms: asked.hasSms,
    hasVoice: asked.hasVoice,
    leaseMs,
  });
  await refreshWorld(world);
  if (asked.items) play = createItemPlay({ world, rates: asked.items, fromAt, toAt, seed, silent });
  const jobs = [tickCalendarJob(world), tellAheadJob(world), moveLaddersJob(world), ...(play ? [openRecurringJob(world)] : [])];
  const played = await playCampaign({
    world,
    outbox: store.outbox,
    nextDueAt: store.nextDueAt,
    setNow: (at) => void (now = at),
    poke: async () => {
      for (const job of jobs) await job.run();
    },
    say: sayIn(world),
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
    fromAt,
    toAt,
    seed,
    silent,
    limits: platformLimits,
    ...(play ? { items: play } : {}),
  });
  return reportRehearsal({
    ...(asked.items ? { items: asked.items } : {}),
    settings,
    directory: world.byRoster,
    fromAt,
    toAt,
    seed,
    silent,
    played,
    tally,
  });
};
