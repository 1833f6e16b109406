import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { createHttpServer, type HttpServerDeps } from '../../adapters/http/server.ts';
import { createMemoryFiles } from '../../adapters/memory/memory-files.ts';
import { createTokens } from '../../adapters/webchat/verify.ts';
import { createCloserLook } from '../../src/app/desk/closer-look.ts';
import { createBoard } from '../../src/app/items/board.ts';
import { createPostItem } from '../../src/app/items/intake/post-item.ts';
import { createReadItems } from '../../src/app/items/records/read-items.ts';
import { toLedgerRowView } from '../../src/app/ledger/view-ledger.ts';
import { createSheetDoor } from '../../src/app/roster/export-sheet.ts';
import { makeLinkToken } from '../../src/app/sign-in/sign-in-link.ts';
import { isoIn } from '../../src/app/views/view-page.ts';
import { createRowsFor, createRowTest, createViewsFor } from '../../src/app/views/views-for.ts';
import { createViews } from '../../src/app/views/views.ts';
import { checkPolicy } from '../../src/domain/escalation/policy.ts';
import type { OpenIdSettings } from '../../src/config/sign-in.ts';
import { handoversDoor } from '../../src/wiring/handovers.ts';
import { openSignIn } from '../../src/wiring/sign-in.ts';
import { idOf, type Name } from './invented.ts';
import { quietLog } from './quiet-log.ts';
import { startRedis } from './redis.ts';
import { ruleSections } from './set-up-rules.ts';
import { setUpSections } from './set-up.ts';
import { startService, type ServiceOptions } from './service.ts';

const utf8 = new TextEncoder();
const minuteMs = 60_000;

export type DeskOptions = ServiceOptions & {
  readonly mode?: 'demo' | 'production';
  readonly openId?: OpenIdSettings;
  /** Where people reach the service; where it listens, without it. */
  readonly publicUrl?: string;
  readonly webRoot?: string;
  readonly more?: Partial<HttpServerDeps>;
};

/** The doors of the page as they are wired, before the use cases in memory; sessions in a real Redis, the real clock moved by hand. */
export const startSignInDesk = async (options: DeskOptions = {}) => {
  const { mode = 'production', webRoot = '/nowhere' } = options;
  const redis = await startRedis({ appendfsync: 'everysec' });
  const service = await startService(options);
  const { world, store, clock } = service;
  const { timeZone } = world.settings;
  let real = Date.parse('2026-01-01T00:00:00Z');
  const realNow = (): number => real;
  let origin = '';
  const tokens = createTokens(Buffer.alloc(32, 7), realNow);
  const signIn = await openSignIn({
    world,
    commands: redis.redis,
    bureau: 'test',
    env: { mode, signIn: { idleMs: 60 * minuteMs, mostMs: 24 * 60 * minuteMs, openId: options.openId ?? null } },
    tokens,
    publicUrl: () => options.publicUrl ?? `${origin}/`,
    realNow,
  });
  const ledger = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  };
  const board = createBoard(store, ledger);
  const loadDirectory = async () => world.directory;
  const views = createViews({
    store,
    ledger,
    loadDirectory,
    clock,
    realNow,
    policyOf: (name) => world.settings.policies[name] ?? checkPolicy,
    campaignName: () => world.settings.name,
    mode,
    clockScale: 1,
    timeZone,
  });
  const seeing = { loadDirectory, readItems: board.read, clock };
  const rowsFor = createRowsFor(seeing);
  const writeWorkbook = async () => utf8.encode('a workbook');
  const files = createMemoryFiles();
  const readItems = createReadItems({
    world,
    board,
    clock,
    files,
    makeZip: async () => utf8.encode('a pack'),
    writeWorkbook,
    sealedArchive: async () => ({ archive: { files: [], close: async () => {} } as never, publicKeyPem: '' }),
    sha256: () => '',
  });
  let items = 0;
  const server = await createHttpServer({
    mode,
    log: quietLog(),
    ...signIn.http,
    readiness: async () => ({ ok: true, reasons: [] }),
    views: createViewsFor({ views, ...seeing }),
    items: (access) => ({ ...readItems(access), post: createPostItem(world, () => `n${(items += 1)}`) }),
    handovers: handoversDoor(world, writeWorkbook),
    closerLook: createCloserLook(world, board, service.figures.readFigures),
    figures: { ...service.figures.routes, view: async () => ({}) as never, report: async () => new Uint8Array() },
    channels: async () => ({ at: isoIn(timeZone)(clock.now()), windowMinutes: 5, items: [] }),
    sheets: createSheetDoor(world, { writeWorkbook, writePdf: writeWorkbook, signer: createLinkSigner(new Uint8Array(32)) }),
    follow: async (access) => {
      const sees = await createRowTest(() => rowsFor(access), realNow);
      return async function* follow() {
        for (const row of store.rows()) if (await sees(row)) yield toLedgerRowView(row, isoIn(timeZone));
      };
    },
    wallFor: () => Promise.reject(new Error('no wall')),
    files,
    webRoot,
    setUp: [
      ...setUpSections({ world, files, ledger }),
      ...ruleSections({ ...service, ledger, redis: redis.redis, channels: [service.chat] }),
    ],
    ...options.more,
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });

  const linkOf = (name: Name): string => `${origin}/sign-in/${makeLinkToken(signIn.maker.signer, world.secrets, idOf(name), real)}`;
  const press = (link: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(link, { method: 'POST', redirect: 'manual', headers: { 'sec-fetch-site': 'same-origin', ...headers } });
  const cookieOf = (answer: Response): string =>
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  return {
    ...service,
    origin,
    redis: redis.redis,
    tokens,
    signIn,
    files,
    board,
    linkOf,
    press,
    cookieOf,
    /** The cookie of somebody who has come in by a link. */
    enter: async (name: Name): Promise<string> => cookieOf(await press(linkOf(name))),
    ask: (path: string, cookie = '', init: RequestInit = {}): Promise<Response> =>
      fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers: { ...(cookie === '' ? {} : { cookie }), ...init.headers } }),
    realPasses: (ms: number): void => void (real += ms),
    events: (event: string) => store.rows().filter((row) => row.event === event),
    stop: async () => {
      await server.close();
      await redis.stop();
    },
  };
};

export type SignInDesk = Awaited<ReturnType<typeof startSignInDesk>>;
