import type { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import type { MemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import type { MemoryStore } from '../../adapters/memory/memory-store.ts';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { createTurnRunner, type RunTurn } from '../../adapters/bot/turn-runner.ts';
import { draftReportsJob } from '../../jobs/draft-reports.ts';
import { relayOutboxJob } from '../../jobs/relay-outbox.ts';
import { sweepJob } from '../../jobs/sweep.ts';
import { tellAheadJob } from '../../jobs/tell-ahead.ts';
import { tickCalendarJob } from '../../jobs/tick-calendar.ts';
import { draftByCommand } from '../../src/app/draft/draft-by-command.ts';
import { consumeInbox } from '../../src/app/consume-inbox.ts';
import { createReadFigures } from '../../src/app/figures/read-figures.ts';
import { createReportDoor } from '../../src/app/figures/report-door.ts';
import { channelsOf } from '../../src/app/acts/pause-channel.ts';
import { createBoard } from '../../src/app/items/board.ts';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import { deliver } from '../../src/app/notices/deliver.ts';
import { recordDelivered } from '../../src/app/notices/record-news.ts';
import { importRoster } from '../../src/app/roster/import-roster.ts';
import type { ChatWorkbooks } from '../../src/app/roster-change/workbook-in-chat.ts';
import { createWorld, refreshWorld } from '../../src/app/world.ts';
import { createCampaignDesk } from '../../src/app/set-up/campaign-desk.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { ItemDraft } from '../../src/domain/items/item-command.ts';
import type { ChannelHealth } from '../../src/ports/channel-health.ts';
import { Fault, isStoreAway } from '../../src/ports/fault.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { LedgerReader } from '../../src/ports/ledger.ts';
import type { Log } from '../../src/ports/log.ts';
import type { DeliveryJob, Outbox } from '../../src/ports/outbox.ts';
import type { Store, Transition } from '../../src/ports/store.ts';
import type { Secrets } from '../../src/ports/secrets.ts';
import type { RosterList } from '../../src/domain/roster/roster-list.ts';
import { speech } from '../../src/wiring/speech.ts';
import type { Bell } from './bell.ts';
import type { Hooks } from './hooks.ts';
import type { Platform } from './platform.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { DraftDays } from './roster-work.ts';
import type { RosterCommand } from './roster-oracle.ts';
import type { SimulatedQueue } from './queue.ts';
import { asWorkbook } from './workbooks.ts';
import { connect, type RedisParts } from './redis.ts';
import { createLife, type Life, type Timeline } from './timeline.ts';

/** How long what is due is lent to one process, as `src/wiring/service.ts` has it. */
const leaseMs = 1_500;
const afterFailureMs = 200;
const manyFailures = 30;
const pokeEveryMs = 15 * 60_000;

export type House = {
  readonly timeline: Timeline;
  readonly rng: Rng;
  readonly settings: CampaignSettings;
  readonly secrets: Secrets;
  /** What the words of a campaign mean. */
  readonly readCampaign: (words: CampaignWords) => CampaignSettings;
  readonly store: MemoryStore;
  readonly inbox: MemoryInbox;
  readonly redis: RedisParts;
  readonly queue: SimulatedQueue;
  readonly platform: Platform;
  readonly conversations: ReturnType<typeof createMemoryConversations>;
  readonly bundledCards: ReturnType<typeof createMemoryBundledCards>;
  readonly channelHealth: ChannelHealth;
  readonly dueBell: Bell;
  readonly outboxBell: Bell;
  readonly inboxBell: Bell;
  readonly calendarBell: Bell;
  readonly turnDecides: (message: InboundMessage, transition: Transition) => void;
  readonly turnBegins: (entryId: string | undefined, message: InboundMessage) => void;
  /** Something was thrown that no fault of the simulation explains. */
  readonly broke: (where: string, error: unknown) => void;
  readonly jobRuns: (job: DeliveryJob) => void;
  readonly isSkewed: boolean;
  readonly lastSeq: () => number;
  /** Items are spoken of. */
  readonly hasItems: boolean;
  /** Appeals and reports are spoken of. */
  readonly hasFigures: boolean;
  /** Workbooks that are dropped into chats or imported; without it they are files like others. */
  readonly workbooks: ChatWorkbooks | undefined;
  /** Systems outside that hear of events. */
  readonly hooks: Hooks | undefined;
  /** What a campaign came of that was committed by a command. */
  readonly commands: WeakMap<object, RosterCommand>;
};

const nothing = (): void => {};
/** Nobody opens the files here. */
const noPaper = async (): Promise<Uint8Array> => new Uint8Array();

export type Instance = {
  readonly life: Life;
  /** Whether it has come up. */
  readonly isUp: () => boolean;
  readonly take: (message: InboundMessage) => Promise<boolean>;
  readonly runInline: RunTurn;
  readonly handOver: (drafts: readonly ItemDraft[]) => Promise<void>;
  readonly delivered: (obligationId: string, personId: string) => Promise<void>;
  /** The command line on the same machine. */
  readonly importRoster: (list: RosterList) => Promise<void>;
  readonly changeCampaign: (words: CampaignWords) => Promise<void>;
  readonly publishDraft: (days: DraftDays) => Promise<void>;
};

/** One process of the service as the wiring makes it, but for what touches the outside. */
export const startInstance = (house: House, name: string): Instance => {
  const { timeline, rng, store, platform, redis, readCampaign } = house;
  const settings = { ...house.settings };
  const life = createLife();
  const connection = connect(redis, life);
  let skewMs = 0;
  let last = Number.NEGATIVE_INFINITY;
  const clock = {
    now: () => {
      if (house.isSkewed && rng.chance(0.02)) skewMs = rng.between(-200, 200);
      return (last = Math.max(last, timeline.now() + skewMs));
    },
  };
  const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const world = createWorld({
    store: connection.store,
    clock,
    secrets: house.secrets,
    log,
    settings,
    readCampaign,
    hasVoice: false,
    leaseMs,
  });
  const desk = createCampaignDesk({
    world,
    file: { words: {}, hash: 'none' },
    rules: { read: (words) => ({ settings: readCampaign(words) }), describe: (words) => words },
  });
  let failures = 0;
  /** A Redis that stays away is asked less often than in life, which only saves steps. */
  const sleep = (ms: number): Promise<void> => timeline.sleep(failures > manyFailures ? ms * 40 : ms, life);

  const report = (where: string, error: unknown): void => {
    failures += 1;
    if (!isStoreAway(error)) house.broke(`${name} ${where}`, error);
  };

  /** As `adapters/cron/loop.ts`: after a failure again, a little later. */
  const loop = async (where: string, run: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await run();
        failures = 0;
      } catch (error) {
        report(where, error);
        await sleep(afterFailureMs);
      }
    }
  };

  const sweep = sweepJob(world, 1);
  const sweeping = async (): Promise<void> => {
    const restMs = await sweep.run();
    const dueAt = store.nextDueAt() ?? Number.POSITIVE_INFINITY;
    if (restMs > 0) await house.dueBell.wait(life, Math.max(timeline.now() + restMs, dueAt + rng.between(0, restMs)));
  };

  const outbox: Outbox = {
    ...connection.outbox,
    take: async (consumer, limit, blockMs) => {
      const heard = house.outboxBell.heard();
      const entries = await connection.outbox.take(consumer, limit, blockMs);
      if (entries.length === 0) await house.outboxBell.wait(life, Number.POSITIVE_INFINITY, heard);
      return entries;
    },
  };
  const queue = { add: (jobs: Parameters<typeof house.queue.add>[0]) => connection.write(async () => house.queue.add(jobs)) };
  const relay = relayOutboxJob({ outbox, queue, isDeciding: sweep.isBursting }, name);

  const ledger: LedgerReader = {
    rows: async (after, limit) => store.rows(after).slice(0, limit),
    lastSeq: async () => house.lastSeq(),
  };
  const readFigures = createReadFigures(world, ledger);
  const papers = { writePdf: noPaper, writePicture: noPaper, writeWorkbook: noPaper, signer: createLinkSigner(new Uint8Array(32)) };
  const reports = { reports: createReportDoor(world, { readFigures, ...papers }), readFigures, baseUrl: () => 'http://127.0.0.1/' };
  const drafting = draftReportsJob(world, reports);
  const calendar = tickCalendarJob(world);
  const ahead = tellAheadJob(world);
  const poking = async (): Promise<void> => {
    const heard = house.calendarBell.heard();
    await calendar.run();
    await ahead.run();
    if (house.hasFigures) await drafting.run();
    const next = (Math.floor(timeline.now() / pokeEveryMs) + 1) * pokeEveryMs;
    await house.calendarBell.wait(life, next + rng.between(0, 1_500), heard);
  };

  const board = createBoard(connection.store, ledger);
  const runTurn = createTurnRunner({
    decide: async (message) => {
      const decision = await decideMessage(
        {
          world,
          identify: (_channel, from) => world.directory.people.get(from),
          pageUrl: 'http://127.0.0.1/',
          channelsOf: channelsOf(platform.channelsFor(life, timeline.now())),
          ...speech(world),
          ...(house.hasItems ? { board } : {}),
          ...(house.hasFigures ? { reports } : {}),
          ...(house.workbooks ? { workbooks: house.workbooks } : {}),
        },
        message,
      );
      house.turnDecides(message, decision.transition);
      return decision;
    },
    commit: async (transition) => {
      const [result] = await world.store.commit([transition], world.campaignVersion);
      if (result === 'stale') await refreshWorld(world);
      return result ?? 'conflict';
    },
    log,
    pause: sleep,
  });
  const begun: RunTurn = (message, entryId) => {
    house.turnBegins(entryId, message);
    return runTurn(message, entryId);
  };

  let isUp = false;
  const start = async (): Promise<void> => {
    await refreshWorld(world);
    await calendar.run();
    isUp = true;
    void loop('sweep', sweeping);
    void loop('relay', async () => void (await relay.run()));
    void loop('calendar', poking);
    house.hooks?.join({ name, life, world, ledger, read: connection.read, write: connection.write });
    house.queue.join({
      name,
      isWorking: () => !life.isDead && !life.isPaused,
      isGone: () => life.isDead,
      run: async (job, isLastTry) => {
        house.jobRuns(job);
        const channels = platform.channelsFor(life, timeline.now());
        try {
          return await deliver(
            { world, channels, conversations: house.conversations, bundledCards: house.bundledCards, channelHealth: house.channelHealth },
            job,
            isLastTry,
          );
        } catch (error) {
          report('deliver', error);
          throw error;
        }
      },
      finish: () => connection.write(async () => {}),
    });
    consumeInbox({
      inbox: {
        ...connection.inbox,
        take: async (consumer, limit, blockMs) => {
          const heard = house.inboxBell.heard();
          const entries = await connection.inbox.take(consumer, limit, blockMs);
          if (entries.length === 0) await house.inboxBell.wait(life, Number.POSITIVE_INFINITY, heard);
          return entries;
        },
      },
      runTurn: (message, entryId) =>
        begun(message, entryId).catch((error: unknown) => {
          report('turn', error);
          throw error;
        }),
      append: world.store.append,
      clock,
      log,
      consumer: name,
      pause: sleep,
    });
  };
  const up = async (): Promise<void> => {
    try {
      await start();
    } catch (error) {
      report('start', error);
      await sleep(1_000);
      await up();
    }
  };
  void up();

  const storeFor = (command: RosterCommand): Store => ({
    ...connection.store,
    commitCampaign: (campaign, ...rest) => {
      house.commands.set(campaign, command);
      return connection.store.commitCampaign(campaign, ...rest);
    },
  });

  const asking = async (where: string, ask: () => Promise<unknown>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      report(where, error);
      throw error;
    }
  };

  return {
    life,
    isUp: () => isUp,
    take: (message) => connection.inbox.put({ ...message, receivedAt: clock.now() }),
    runInline: (message) => begun({ ...message, receivedAt: clock.now() }),
    handOver: (drafts) => asking('handOver', () => handOver(world, { drafts })),
    importRoster: (list) =>
      asking('import', () =>
        importRoster({ store: storeFor(list), clock, workbooks: house.workbooks!.reader, settings }, asWorkbook(list)),
      ),
    changeCampaign: (words) =>
      asking('settings', async () => {
        const { version, hash } = await desk.preview({ whole: words });
        await desk.apply({ whole: words, version, hash }, 'm1').catch((error: unknown) => {
          // somebody else was faster, and whoever sees that looks at it anew
          if (!(error instanceof Fault && error.code === 'ZG_MOVED_ON')) throw error;
        });
      }),
    publishDraft: (days) =>
      asking('draft', () =>
        draftByCommand({ store: storeFor('draft'), clock, settings, sha256: house.secrets.sha256 }, { ...days, isPublished: true }),
      ),
    delivered: (obligationId, personId) =>
      recordDelivered(world, { obligationId, personId, channel: 'webchat' }).catch((error: unknown) => report('delivered', error)),
  };
};
