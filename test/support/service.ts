import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import { createMemoryChannelHealth } from '../../adapters/memory/memory-channel-health.ts';
import { createMemoryFiles } from '../../adapters/memory/memory-files.ts';
import { createMemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { channelsOf } from '../../src/app/acts/pause-channel.ts';
import { decideMessage, type DecideMessageDeps } from '../../src/app/decide-message.ts';
import type { Decision } from '../../src/app/decision.ts';
import { createReportDrafting } from '../../src/app/figures/draft-reports.ts';
import { deliver } from '../../src/app/notices/deliver.ts';
import { fireDue } from '../../src/app/contact/fire-due.ts';
import { createBoard } from '../../src/app/items/board.ts';
import { relayOutbox } from '../../src/app/notices/relay-outbox.ts';
import { createRosterHistory } from '../../src/app/roster/roster-history.ts';
import { syncWatches } from '../../src/app/contact/sync-watches.ts';
import { takeInPolicies } from '../../src/app/contact/take-in-policies.ts';
import { tellAhead } from '../../src/app/ahead/tell-ahead.ts';
import { tickCalendar } from '../../src/app/contact/tick-calendar.ts';
import { createWorld, refreshWorld } from '../../src/app/world.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Organisation } from '../../src/domain/organisation/organisation.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { DeliveryJob } from '../../src/ports/outbox.ts';
import { openFigures } from '../../src/wiring/figures.ts';
import { speech } from '../../src/wiring/speech.ts';
import * as invented from './invented.ts';
import { createRecordingChannel } from './recording-channel.ts';
import { tellCampaign } from './tell-campaign.ts';

const minuteMs = 60_000;
const mostTries = 6;
const leaseMs = 30_000;
const mostSettles = 500;

export type ServiceOptions = {
  /** Wall-clock time of the campaign's zone, for example `2021-08-27T09:59`. */
  readonly at?: string;
  readonly settings?: Partial<CampaignSettings>;
  readonly organisation?: Organisation;
  readonly roster?: Roster;
  readonly hasVoice?: boolean;
  /** Whether people are reminded and tested ahead of their shifts. */
  readonly tellsAhead?: boolean;
  readonly lateFromMs?: number;
  /** More channels, behind the chat. */
  readonly channels?: (now: () => number) => readonly Channel[];
};

const quiet = () => {};

/** The real use cases on the store in memory, under a clock moved by hand, with a chat that keeps what it is given. */
export const startService = async (options: ServiceOptions = {}) => {
  const settings = { ...invented.settings, ...options.settings };
  let now = invented.at(options.at ?? '2021-08-27T09:59');
  const clock = { now: () => now };
  const inbox = createMemoryInbox();
  const store = createMemoryStore({
    bureau: settings.bureau,
    bundleWindowMs: settings.bundleWindowMs,
    now: clock.now,
    settle: inbox.settle,
  });
  let seeds = 0;
  const secrets = { ...nodeSecrets, newSeed: () => nodeSecrets.sha256(`seed ${(seeds += 1)}`) };
  const world = createWorld({
    store,
    clock,
    secrets,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    settings,
    hasVoice: options.hasVoice ?? false,
    ...(options.lateFromMs === undefined ? {} : { lateFromMs: options.lateFromMs }),
    leaseMs,
  });
  const chat = createRecordingChannel('webchat', clock.now);
  const deps = {
    world,
    channels: [chat, ...(options.channels?.(clock.now) ?? [])],
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
  };
  const jobs: { job: DeliveryJob; tries: number }[] = [];
  const queue = { add: async (added: readonly DeliveryJob[]) => void jobs.push(...added.map((job) => ({ job, tries: 0 }))) };

  const { organisation = invented.organisation, roster = invented.roster } = options;
  await store.commitCampaign({ organisation, roster }, 0, tellCampaign({ organisation, roster }, now));
  await refreshWorld(world);

  let isDelivering = true;
  const deliverAll = async (): Promise<void> => {
    for (let next = isDelivering ? jobs.shift() : undefined; next; next = jobs.shift()) {
      const tries = next.tries + 1;
      const left = await deliver(deps, next.job, tries >= mostTries);
      if (left.length > 0) jobs.push({ job: { ...next.job, notices: left }, tries });
    }
  };

  const ledger = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  };
  const figures = openFigures(world, ledger, new Uint8Array(32));
  const reports = { reports: figures.reports, readFigures: figures.readFigures, baseUrl: () => 'http://127.0.0.1:3978/' };
  const draftReports = createReportDrafting(world, reports);

  /** Everything that is due at this instant, until nothing is left to do. */
  const settle = async (): Promise<void> => {
    await tickCalendar(world);
    if (options.tellsAhead) await tellAhead(world);
    await draftReports();
    for (let times = 0; times < mostSettles; times++) {
      const { taken } = await fireDue(world);
      const relayed = await relayOutbox({ outbox: store.outbox, queue }, 'relay', 0);
      await deliverAll();
      if (taken === 0 && relayed === 0) return;
    }
    throw new Error('the same things fall due again and again');
  };
  await tickCalendar(world);
  await takeInPolicies(world);
  await syncWatches(world);
  await settle();

  const nextStop = async (target: number): Promise<number> => {
    const wholeMinute = (Math.floor(now / minuteMs) + 1) * minuteMs;
    const { nextAt } = await store.takeDue(-1, 1, 0);
    return Math.min(target, wholeMinute, Math.max(now + 1, nextAt ?? target));
  };

  /** Every whole minute and every due time on the way, as the calendar and the sweep would have it. */
  const passTo = async (target: number): Promise<void> => {
    while (now < target) {
      now = await nextStop(target);
      await settle();
    }
  };

  /** Time goes by, and nobody is there: every process is down. */
  const skipTo = async (target: number): Promise<void> => {
    now = target;
    await settle();
  };

  /** No worker delivers: what is decided goes on, and what is said waits. */
  const delivery = {
    stops: (): void => void (isDelivering = false),
    resumes: async (): Promise<void> => {
      isDelivering = true;
      await deliverAll();
      await settle();
    },
  };

  const files = createMemoryFiles();
  const history = createRosterHistory({
    rows: async (after, limit) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  });
  const board = createBoard(store, ledger);

  /** What a message would lead to; nothing of it is kept. `as`: in another's world, or told apart in another way. */
  const decide = (message: InboundMessage, as: Partial<Pick<DecideMessageDeps, 'world' | 'identify'>> = {}): Promise<Decision> =>
    decideMessage(
      {
        world,
        board,
        reports,
        history,
        workbooks: { reader: createWorkbookReader(), files },
        links: { signer: createLinkSigner(new Uint8Array(32)), baseUrl: () => 'http://127.0.0.1:3978/' },
        identify: (_channel, from) => world.directory.people.get(from),
        pageUrl: 'http://127.0.0.1:3978/',
        signIn: { signer: createLinkSigner(new Uint8Array(32)), baseUrl: () => 'http://127.0.0.1:3978/', realNow: clock.now },
        channelsOf: channelsOf(deps.channels),
        channels: deps.channels,
        ...speech(world),
        ...as,
      },
      message,
    );

  const deliverMessage = async (message: InboundMessage): Promise<void> => {
    if (!(await inbox.put(message))) return;
    const [entry] = await inbox.take('bot', 1, 0);
    for (let tries = 0; tries < 8; tries++) {
      const { transition, replies } = await decide(message);
      const [result] = await store.commit(
        [{ ...transition, notices: [...transition.notices, ...replies], settles: entry!.entryId }],
        world.campaignVersion,
      );
      if (result === 'stale') await refreshWorld(world);
      if (result === 'committed' || result === 'settled') return settle();
    }
    throw new Error('the turn lost every race');
  };

  return { world, store, clock, chat, settle, passTo, skipTo, delivery, decide, deliverMessage, files, figures };
};
