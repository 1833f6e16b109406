import { hash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { openSigner, readPublicKey } from '../../adapters/archive/signer.ts';
import { listBackups, pruneBackups } from '../../adapters/backup/kept-backups.ts';
import type { CliActions, ExitCode } from '../../adapters/cli/actions.ts';
import { runCli } from '../../adapters/cli/run-cli.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { createLog } from '../../adapters/log/pino-log.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { createRedis, untilReady, type RedisClient } from '../../adapters/redis/connect.ts';
import { connectOrStartRedis } from '../../adapters/redis/embedded.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { followReplicas } from '../../adapters/redis/replicas.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { parseRedisTarget } from '../../adapters/redis/target.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { readZip } from '../../adapters/zip/read-zip.ts';
import { appoint } from '../app/roster/appoint.ts';
import { exportLedger, takenByCommand } from '../app/ledger/export-ledger.ts';
import { findGaps } from '../app/roster/find-gaps.ts';
import { importContacts } from '../app/roster/import-contacts.ts';
import { importRoster } from '../app/roster/import-roster.ts';
import { listDoor } from '../app/items/intake/hand-over-list.ts';
import { importBatch, importRequests } from '../app/items/intake/import-batch.ts';
import { createLedgerReader } from '../app/ledger/read-ledger.ts';
import { replayLedger } from '../app/ledger/replay-ledger.ts';
import { createSealer } from '../app/ledger/seal-ledger.ts';
import { verifyEvidence } from '../app/ledger/verify-evidence.ts';
import { verifyLedger } from '../app/ledger/verify-ledger.ts';
import { isoIn } from '../app/views/view-page.ts';
import { whoIsOnDuty } from '../app/roster/who-is-on-duty.ts';
import { handoverSheet, viewHandovers } from '../app/handover/view-handovers.ts';
import { createWorld, directoryNow } from '../app/world.ts';
import { loadCampaign, type CampaignFile } from '../config/campaign.ts';
import { demoCampaignFile } from '../config/demo-campaign.ts';
import { readEnvironment, type Environment } from '../config/environment.ts';
import { toJsonLine } from '../domain/command/json-line.ts';
import { understand } from '../domain/command/understand.ts';
import { asPlanned, buildDirectory, type Directory } from '../domain/organisation/directory.ts';
import { exportReadme } from '../messages/export-texts.ts';
import { vocabulary } from '../messages/vocabulary.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { backUp, restoreBackup, type BackupParts } from './backup.ts';
import { forgetCampaign } from './forget.ts';
import { makeDataFolder } from './data-folder.ts';
import { importFirst, refuseRealPeople, silentLog } from './first-import.ts';
import { accountActions } from './account-actions.ts';
import { webhookActions } from './webhook-actions.ts';
import { campaignThatCounts } from './campaign-of-record.ts';
import { reportAction } from './report-action.ts';
import { rosterActions } from './roster-actions.ts';

/** What a command works on while it runs. */
type Bench = {
  readonly env: Environment;
  readonly campaign: CampaignFile;
  readonly log: Log;
  readonly redis: RedisClient;
  /** Where that Redis is. */
  readonly address: string;
  readonly store: Store;
  /** Campaign time at the start of the command. */
  readonly now: number;
};

/** A demo's time is read and never moved on: only the service lets it pass. */
const readNow = async (redis: RedisClient, env: Environment, meta: string): Promise<number> => {
  if (!env.clock) return Date.now();
  return Number((await redis.hget(meta, 'clockAt')) ?? env.clock.startAt);
};

const open = async (env: Environment, log: Log): Promise<Bench & { readonly close: () => Promise<void> }> => {
  const campaign = loadCampaign(env.campaignFile ?? demoCampaignFile, env.bureau);
  makeDataFolder(env.dataDir);
  const connected = await connectOrStartRedis({ redisUrl: env.redisUrl, dataDir: env.dataDir, log });
  const redis = createRedis(connected.address, 'commands', log);
  let unfollow = (): void => {};
  const close = async (): Promise<void> => {
    unfollow();
    redis.disconnect();
    await connected.stop();
  };
  try {
    await untilReady(redis);
    unfollow = await followReplicas(redis);
    const keys = keysOf(campaign.settings.bureau);
    const now = await readNow(redis, env, keys.meta);
    const store = createRedisStore(redis, keys, { bundleWindowMs: campaign.settings.bundleWindowMs, now: () => now });
    return { env, campaign: await campaignThatCounts(campaign, store), log, redis, address: connected.address, store, now, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What has been imported; before the first import, what the campaign's own workbooks say, without keeping it. */
const directoryOf = async ({ env, campaign, store, now }: Bench): Promise<Directory> => {
  const { settings, ...workbooks } = campaign;
  let source: Pick<Store, 'loadCampaign'> = store;
  if ((await store.campaignVersion()) === 0) {
    const memory = createMemoryStore({ bundleWindowMs: 0, now: () => now });
    await importFirst({ store: memory, settings, at: now, workbooks, isDemo: env.mode === 'demo', log: silentLog });
    source = memory;
  }
  const { organisation, roster } = await source.loadCampaign();
  const byRoster = buildDirectory(organisation, roster);
  return directoryNow({ store, settings }, byRoster, now);
};

/** Both halves of the ledger. */
const ledgerOf = ({ env, campaign, redis }: Bench) => {
  const { bureau } = campaign.settings;
  return {
    stream: createLedgerStream(redis, keysOf(bureau), bureau),
    archive: createFileArchive({ folder: join(env.dataDir, 'archive', bureau) }),
    digests: createDigests(),
  };
};

const sealerOf = async (bench: Bench) => {
  const { stream, archive, digests } = ledgerOf(bench);
  const signer = await openSigner(join(bench.env.dataDir, 'keys'));
  const sealer = createSealer({
    stream,
    archive,
    signer,
    digests,
    clock: { now: () => bench.now },
    holder: `command-${randomUUID()}`,
  });
  return { stream, archive, signer, sealer };
};

/** Every action opens what it needs when it is called, once, and leaves nothing running. */
const createActions = (env: Environment, log: Log): { readonly actions: CliActions; readonly close: () => Promise<void> } => {
  let opened: ReturnType<typeof open> | undefined;
  let directory: Promise<Directory> | undefined;
  const bench = () => (opened ??= open(env, log));
  const getDirectory = () => (directory ??= bench().then(directoryOf));
  const zone = () => loadCampaign(env.campaignFile ?? demoCampaignFile, env.bureau).settings.timeZone;
  const importDeps = async () => {
    const { store, campaign, now } = await bench();
    return { store, clock: { now: () => now }, settings: campaign.settings, workbooks: createWorkbookReader() };
  };
  /** What is handed over is said by the running service, or by the next one: it goes into the outbox with the items. */
  const itemDeps = async () => {
    const deps = await importDeps();
    const { store, clock, settings } = deps;
    const world = createWorld({ store, clock, secrets: nodeSecrets, log, settings, hasVoice: false, hasSms: false, leaseMs: 0 });
    return { ...deps, ...listDoor(world) };
  };
  const optionsOf = ({ isDryRun, year, map }: Parameters<CliActions['importContacts']>[0]) => ({
    isDryRun,
    map,
    ...(year === undefined ? {} : { year }),
    ...(env.mode === 'demo' ? refuseRealPeople : {}),
  });
  const itemOptionsOf = (given: Parameters<CliActions['importBatch']>[0]) => ({
    ...optionsOf(given),
    ...(given.handedOverAt === undefined ? {} : { handedOverAt: given.handedOverAt }),
  });
  const actions: CliActions = {
    timeZone: zone,
    importContacts: async (given) => {
      const deps = await importDeps();
      return importContacts(deps, { path: given.path }, { ...optionsOf(given), ...(await fromTheStart(await bench())) });
    },
    importRoster: async (given) => importRoster(await importDeps(), { path: given.path }, optionsOf(given)),
    importBatch: async (given) => importBatch(await itemDeps(), { path: given.path }, itemOptionsOf(given)),
    importRequests: async (given) => importRequests(await itemDeps(), { path: given.path }, itemOptionsOf(given)),
    whoIsOnDuty: async ({ at, unit }) => {
      const { now } = await bench();
      const directory = await getDirectory();
      return whoIsOnDuty(at !== undefined && at > now ? asPlanned(directory) : directory, at ?? now, isoIn(zone()), unit);
    },
    handovers: async ({ xlsx, ...asked }) => {
      const { store, campaign, now } = await bench();
      const { settings } = campaign;
      const deps = { store, settings, now: () => now, loadDirectory: getDirectory, iso: isoIn(zone()) };
      const answer = await viewHandovers(deps, asked);
      if (!answer.ok || xlsx === undefined) return answer;
      await writeFile(xlsx, await writeWorkbook([handoverSheet(answer.items, settings.name)]));
      const { post = null, from = null, to = null } = asked;
      await store.append([takenByCommand(now, { what: 'handovers', post, from, to })]);
      return answer;
    },
    gaps: async (window) => {
      const { fromAt, toAt } = (await bench()).campaign.settings;
      return findGaps(await getDirectory(), isoIn(zone()), { from: fromAt, to: toAt, ...window });
    },
    ...rosterActions(async () => {
      const opened = await bench();
      const { stream, archive } = ledgerOf(opened);
      return { ...opened, isDemo: opened.env.mode === 'demo', ledger: createLedgerReader(stream, archive) };
    }),
    report: reportAction(async () => {
      const opened = await bench();
      const { stream, archive } = ledgerOf(opened);
      return { ...opened, ledger: createLedgerReader(stream, archive) };
    }),
    rehearse: async (given) => (await import('./rehearse-by-command.ts')).rehearseByCommand(env, log, given),
    ...accountActions(async () => {
      const opened = await bench();
      const { settings, contacts } = opened.campaign;
      return { ...opened, settings, hasWorkbooks: contacts !== undefined, stream: ledgerOf(opened).stream };
    }),
    ...webhookActions(env, async () => {
      const opened = await bench();
      const { stream, archive } = ledgerOf(opened);
      return { ...opened, settings: opened.campaign.settings, ledger: createLedgerReader(stream, archive) };
    }),
    appoint: async (given) => {
      const { store, now } = await bench();
      return appoint({ store, clock: { now: () => now } }, given, isoIn(zone()));
    },
    understand: async (line) => {
      const { now } = await bench();
      const { units, people } = (await getDirectory()).organisation;
      return toJsonLine(understand(line, { now, timeZone: zone(), units, people }, vocabulary));
    },
    exportLedger: async ({ folder }) => {
      const opened = await bench();
      const note = { note: async (event: LedgerEvent) => opened.store.append([event]), now: () => opened.now };
      return exportLedger(
        { ...(await sealerOf(opened)), ...note, readme: exportReadme },
        folder ?? `ledger-export-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`,
      );
    },
    verifyLedger: async ({ path, publicKeyFile }) => {
      const pem = await readFile(publicKeyFile, 'utf8').catch(() => {
        throw new Error(`ZG_KEY_ABSENT: ${publicKeyFile} can't be read; give the file public-key.pem out of the export.`);
      });
      const isSigned = readPublicKey(pem);
      const { sha256 } = createDigests();
      if (path.toLowerCase().endsWith('.zip'))
        return verifyEvidence(await readZip(path), { sha256, isSigned, sha256OfBytes: (bytes) => hash('sha256', bytes) });
      return verifyLedger({ sha256, isSigned }, await openArchiveFiles(path));
    },
    replayLedger: async () => {
      const parts = await bench();
      const { stream, archive, digests } = ledgerOf(parts);
      return replayLedger({ store: parts.store, reader: createLedgerReader(stream, archive), sha256: digests.sha256 });
    },
    backUp: async (folder) => withBackup(await bench(), (parts) => backUp(parts, folder)),
    listBackups,
    pruneBackups,
    restore: async (folder) => withBackup(await bench(), (parts) => restoreBackup(parts, folder)),
    forget: async ({ isDryRun, keeps }) => {
      const opened = await bench();
      const { toAt } = opened.campaign.settings;
      return withBackup(opened, (parts) => forgetCampaign({ ...parts, toAt, keeps }, isDryRun));
    },
    watch: async (given, say) => (await import('./watch.ts')).watchServices(env, given, say),
    serve: async () => (await import('./run-service.ts')).runService(process.env),
  };
  return { actions, close: async () => (await opened?.catch(() => undefined))?.close() };
};

/** Of a connection that waits as long as a snapshot takes. */
const withBackup = async <T>({ env, campaign, store, now, address, log }: Bench, work: (parts: BackupParts) => Promise<T>): Promise<T> => {
  const { bureau } = campaign.settings;
  const redis = createRedis(address, 'blocking', log);
  let unfollow = (): void => {};
  try {
    await untilReady(redis);
    unfollow = await followReplicas(redis);
    return await work({ redis, keys: keysOf(bureau), bureau, dataDir: env.dataDir, store, now: () => now });
  } finally {
    unfollow();
    redis.disconnect();
  }
};

/** The first list says how things were when the campaign began; a later one how they are from now on. */
const fromTheStart = async ({ store, campaign, now }: Bench): Promise<{ readonly from?: number }> =>
  (await store.campaignVersion()) === 0 ? { from: Math.min(now, campaign.settings.fromAt) } : {};

/** The watchdog stands on another machine, or beside the service in the same image: what the service needs to start is none of its. */
const isOfWatchdog = ([name]: readonly [string, unknown]): boolean => name.startsWith('WATCH_') || name === 'LOG_LEVEL';

const environmentFor = (argv: readonly string[], variables: NodeJS.ProcessEnv): Environment => {
  const isWatch = argv.find((one) => !one.startsWith('-')) === 'watch';
  return readEnvironment(isWatch ? Object.fromEntries(Object.entries(variables).filter(isOfWatchdog)) : variables, parseRedisTarget);
};

/** Runs one command and answers its exit code; stdout carries nothing but the answer. */
export const runCommandLine = async (argv: readonly string[], variables: NodeJS.ProcessEnv): Promise<ExitCode> => {
  const env = environmentFor(argv, variables);
  const log = createLog(env.logLevel === 'info' ? 'warn' : env.logLevel, 'stderr');
  const { actions, close } = createActions(env, log);
  try {
    return await runCli(argv, actions, {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
      lines: createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    });
  } finally {
    await close();
    process.stdin.destroy();
  }
};
