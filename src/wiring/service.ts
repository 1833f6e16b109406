import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import { createTurnRunner } from '../../adapters/bot/turn-runner.ts';
import { createDiskFiles } from '../../adapters/files/disk-files.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { startHeartbeat } from '../../adapters/heartbeat/heartbeat.ts';
import { createHttpServer, type GatherMetrics } from '../../adapters/http/server.ts';
import { withPersonas } from '../../adapters/personas/personas.ts';
import { createConversations } from '../../adapters/redis/conversations.ts';
import { createInbox } from '../../adapters/redis/inbox.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { createTranscripts } from '../../adapters/redis/transcripts.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { registerDirectLine } from '../../adapters/webchat/direct-line.ts';
import { createWebchatChannel } from '../../adapters/webchat/outbound.ts';
import { createTokens } from '../../adapters/webchat/verify.ts';
import { draftReportsJob } from '../../jobs/draft-reports.ts';
import { sealLedgerJob } from '../../jobs/seal-ledger.ts';
import { channelsOf } from '../app/acts/pause-channel.ts';
import { createBindings } from '../app/binding/bindings.ts';
import { consumeInbox } from '../app/consume-inbox.ts';
import { decideMessage } from '../app/decide-message.ts';
import { recordDelivered } from '../app/notices/record-news.ts';
import { createCallers } from '../app/roster/find-caller.ts';
import { createBoard } from '../app/items/board.ts';
import { createRosterHistory } from '../app/roster/roster-history.ts';
import { createLedgerFeed } from '../app/ledger/follow-ledger.ts';
import { createLedgerReader } from '../app/ledger/read-ledger.ts';
import { createCloserLook } from '../app/desk/closer-look.ts';
import { createSealer } from '../app/ledger/seal-ledger.ts';
import { createWorld, refreshWorld, type World } from '../app/world.ts';
import { takeInFile } from '../app/set-up/campaign-of-record.ts';
import { loadCampaign } from '../config/campaign.ts';
import { phoneWaysOf } from '../config/channels.ts';
import { demoCampaignFile } from '../config/demo-campaign.ts';
import type { Environment } from '../config/environment.ts';
import { openAccess } from '../domain/access/access.ts';
import { lateFromMs } from '../domain/escalation/lateness.ts';
import type { Channel } from '../ports/channel.ts';
import type { Log } from '../ports/log.ts';
import { type Begun, endAll, graceMs } from './begun.ts';
import { bundling, fileWordsOf, logTakenIn, recordReader } from './campaign-of-record.ts';
import { openChannelWatch } from './channel-watch.ts';
import { demoPartOf } from './demo-parts.ts';
import { startEngine } from './engine.ts';
import { openFigures } from './figures.ts';
import { handoversDoor } from './handovers.ts';
import { openLinks } from './links.ts';
import { importFirst, refuseRealPeople, silentLog } from './first-import.ts';
import { lastDatedAt, refuseForgetful } from './kept-by-redis.ts';
import { createHealth, nothingToWatch } from './health.ts';
import { createMetrics } from './metrics.ts';
import { createProgress } from './progress.ts';
import { openPlatforms } from './platforms.ts';
import { addressOf, toPortFault } from './port.ts';
import { connectAll, startClock } from './redis.ts';
import { openSeeing } from './seeing.ts';
import { setUpRules } from './set-up-rules.ts';
import { openSetUpDesks } from './set-up-desks.ts';
import { openSignIn } from './sign-in.ts';
import { speech } from './speech.ts';
import { openTeams } from './teams.ts';
import { startWebhooks } from './webhooks.ts';

const webRoot = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** How long what is due is lent to one process, real ms: no longer than people would notice if it died. */
const leaseMs = 1_500;
/** A delay that somebody sitting before the page would notice, real ms. */
const noticedMs = 5_000;

export type Service = {
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** Commits one transition; a campaign that has moved on is taken in before the turn is run again. */
const commitOne =
  (world: World): Parameters<typeof createTurnRunner>[0]['commit'] =>
  async (transition) => {
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world, true);
    return result ?? 'conflict';
  };

/**
 * Everything that one process of the service is made of. `address` is where its Redis is; `releasePort` lets go of the
 * port that was claimed for it; `gatherMetrics` is for one of several that share it.
 */
export const startService = async (
  env: Environment,
  address: string,
  log: Log,
  releasePort = async () => {},
  gatherMetrics?: GatherMetrics,
): Promise<Service> => {
  const begun: Begun = [];
  try {
    return await beginService(env, address, log, { releasePort, gatherMetrics }, begun);
  } catch (error) {
    await endAll(begun);
    throw error;
  }
};

const beginService = async (
  env: Environment,
  address: string,
  log: Log,
  { releasePort, gatherMetrics }: { readonly releasePort: () => Promise<void>; readonly gatherMetrics: GatherMetrics | undefined },
  begun: Begun,
): Promise<Service> => {
  const file = loadCampaign(env.campaignFile ?? demoCampaignFile, env.bureau);
  // what counts now, here and in everything that is handed it: the page may change it while the service runs
  const settings = { ...file.settings };
  const { bureau, timeZone } = settings;
  const scale = env.clock?.scale ?? 1;
  const consumer = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const connections = await connectAll(address, bureau, log);
  const { commands, keys } = connections;
  begun.push(connections.close);
  if (env.mode === 'production') await refuseForgetful(commands);
  // Reading workbooks takes a moment, and a demo's clock runs fast: it starts when everything else is there.
  const firstAt = env.clock?.startAt ?? Date.now();
  await importFirst({
    store: createRedisStore(
      commands,
      keys,
      bundling(settings, () => firstAt),
    ),
    settings,
    at: firstAt,
    workbooks: file,
    isDemo: env.mode === 'demo',
    // What is worth knowing of one's own workbooks is known of the built-in ones.
    log: env.campaignFile === null ? silentLog : log,
  });
  const stream = createLedgerStream(commands, keys, bureau);
  const clock = await startClock(commands, keys, env.clock && { ...env.clock, notBefore: await lastDatedAt(stream) }, log);
  begun.push(clock.stop);
  const store = createRedisStore(commands, keys, bundling(settings, clock.now));
  const world = createWorld({
    store,
    clock,
    secrets: nodeSecrets,
    log,
    settings,
    readCampaign: recordReader(bureau),
    ...phoneWaysOf(env.channels),
    leaseMs: leaseMs * scale,
    lateFromMs: Math.max(lateFromMs, noticedMs * scale),
  });
  logTakenIn(world, await takeInFile(world, fileWordsOf(file)));
  await refreshWorld(world);
  if (world.byRoster.roster.posts.length === 0) log.warn({}, nothingToWatch(world));

  const loadDirectory = async () => world.directory;
  const callers = createCallers(loadDirectory, clock);
  const inbox = createInbox({ redis: commands, blocking: connections.inboxReads, bureau });
  const transcripts = createTranscripts({ redis: commands, listening: connections.listening, bureau });
  const conversations = createConversations(commands, bureau);
  const bindings = createBindings(world);
  const tokens = createTokens(await loadServerSecret(commands, bureau, 'directline'));
  const urlAt = (port: number): string => addressOf(env.host, port);
  let url = urlAt(env.port);
  /** Where people reach it. */
  const publicUrl = (): string => env.publicUrl ?? url;
  const archiveFolder = join(env.dataDir, 'archive', bureau);
  const archive = createFileArchive({ folder: archiveFolder });
  const ledger = createLedgerReader(stream, archive);
  const board = createBoard(store, ledger);
  const history = createRosterHistory(ledger);
  const links = openLinks(world, ledger, await loadServerSecret(commands, bureau, 'links'), publicUrl);
  const figures = openFigures(world, ledger, await loadServerSecret(commands, bureau, 'links'));
  const reportMaker = { reports: figures.reports, readFigures: figures.readFigures, baseUrl: links.maker.baseUrl };
  const signIn = await openSignIn({ world, commands, bureau, env, tokens, publicUrl });
  const files = createDiskFiles(join(env.dataDir, 'files'));
  const runTurn = createTurnRunner({
    decide: (message) =>
      decideMessage(
        {
          world,
          identify: (_channel, from) => world.directory.people.get(from),
          pageUrl: publicUrl(),
          signIn: signIn.maker,
          board,
          links: links.maker,
          reports: reportMaker,
          workbooks: { reader: createWorkbookReader(), files, ...(env.mode === 'demo' ? refuseRealPeople : {}) },
          history,
          channelsOf: channelsOf(channels),
          channels,
          ...speech(world),
        },
        message,
      ),
    commit: commitOne(world),
    log,
  });

  const webchat = createWebchatChannel({ transcripts, clock });
  const personas =
    env.mode === 'demo' ? withPersonas({ channel: webchat, inbox, clock, scale, log, partOf: demoPartOf(world) }) : undefined;
  const rateLimits = createRateLimits(commands, keys.prefix);
  const watch = openChannelWatch({ connections, bureau, instance: consumer, clock, timeZone, limits: rateLimits });
  begun.push(watch.stop);
  const platforms = openPlatforms(env.channels, {
    world,
    connections,
    bureau,
    inbox,
    conversations,
    runTurn,
    links: links.maker,
    limits: rateLimits,
    watch,
  });
  const { guard } = platforms;
  const teams = openTeams({ world, env, conversations, bindings, callers, guard, inbox, runTurn, count: watch.onReceived });
  const channels: readonly Channel[] = [personas ?? webchat, ...platforms.channels, ...teams.channels, ...platforms.mail].map(
    watch.metered,
  );

  const signer = await openSigner(join(env.dataDir, 'keys'));
  const sealer = createSealer({ stream, archive, signer, digests: createDigests(), clock, holder: consumer });
  const feed = createLedgerFeed({ reader: ledger, pause, log });

  const metrics = createMetrics(connections);
  const progress = createProgress();
  const engine = await startEngine({
    world,
    connections,
    channels,
    scale,
    consumer,
    jobs: [sealLedgerJob(sealer, log), draftReportsJob(world, reportMaker)],
    onSwept: metrics.onSwept,
    onRound: progress.beat,
  });
  begun.push(engine.stop);
  const webhooks = startWebhooks({ file: env.webhooksFile, world, connections, ledger, consumer });
  begun.push(webhooks.stop);
  const health = createHealth({ world, connections, engine, progress, channels: watch.view, mailbox: webchat.name });
  const inboxLoop = consumeInbox({
    inbox,
    runTurn: (message, entryId) => runTurn(message, entryId).finally(metrics.onTurn),
    append: store.append,
    clock,
    log,
    consumer,
    pause,
    onRound: () => progress.beat('inbox'),
  });
  begun.push(inboxLoop.stop);
  const directLine = {
    count: watch.onReceived,
    transcripts,
    inbox,
    files,
    callers,
    tokens,
    lasts: signIn.door.lasts,
    mode: env.mode,
    ...(env.directLineSecret === null ? {} : { directLineSecret: env.directLineSecret }),
    clock,
    log,
    onDelivered: (seen: { readonly obligationId: string; readonly personId: string }) => {
      personas?.leaveAlone(seen.personId, seen.obligationId);
      return recordDelivered(world, { ...seen, channel: webchat.name });
    },
  };
  const keeping = { file: fileWordsOf(file), ledger, stream, connections };
  const setUp = setUpRules({ ...keeping, world, channels, limits: rateLimits, channelsView: watch.view, variables: process.env });
  const doors = openSeeing({
    world,
    ledger,
    loadDirectory,
    mode: env.mode,
    scale,
    pause,
    board,
    feed,
    files,
    archiveFolder,
    publicKeyPem: signer.publicKeyPem,
    sealNow: sealer.sealNow,
  });
  const server = await createHttpServer({
    mode: env.mode,
    ...signIn.http,
    setUp: [...openSetUpDesks({ world, file, files, ledger, env, connections, channels }), ...setUp, webhooks.setUp(rateLimits)],
    channels: watch.view,
    webhooks: webhooks.view,
    limits: rateLimits,
    handovers: handoversDoor(world, writeWorkbook),
    figures: figures.routes,
    ...doors,
    files,
    log,
    readiness: health.readiness,
    sheets: links.sheets,
    closerLook: createCloserLook(world, board, figures.readFigures, channels),
    doors: [links.door, figures.door, (fastify) => registerDirectLine(fastify, directLine), ...platforms.doors, ...teams.doors],
    collectors: [metrics.collect, watch.collect, health.collect],
    ...(gatherMetrics ? { gatherMetrics } : {}),
    webRoot,
  });
  begun.push(() => server.close());
  await releasePort();
  // the system deals connections out to all who share the port, and drops those of a process that has died
  const sharing = env.workers > 1 ? { reusePort: true } : {};
  await server.listen({ host: env.host, port: env.port, ...sharing }).catch((error: unknown) => {
    throw toPortFault(error, env.host, env.port);
  });
  url = urlAt((server.server.address() as AddressInfo).port);
  platforms.listen();
  begun.push(platforms.stop);
  // the first to look at the wall after a start does not wait for everything to be read
  const warmed = doors
    .wallFor(openAccess, () => {})
    .then(
      (opened) => opened.leave(),
      () => undefined,
    );
  const heartbeat = env.heartbeatUrl === null ? undefined : startHeartbeat({ url: env.heartbeatUrl, faults: health.faults, log });

  return {
    url,
    stop: async () => {
      health.leave();
      await pause(env.drainMs);
      personas?.stop();
      heartbeat?.stop();
      platforms.stop();
      const ending = [warmed, server.close(), inboxLoop.stop(), engine.stop(), webhooks.stop()];
      const isOver = await Promise.race([Promise.allSettled(ending).then(() => true), pause(graceMs).then(() => false)]);
      if (!isOver) log.warn({ graceMs }, 'not everything has ended in time; what is left waits in Redis for the next start');
      clock.stop();
      connections.close();
    },
  };
};
