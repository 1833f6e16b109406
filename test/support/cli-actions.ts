import type { CliActions, ExitCode } from '../../adapters/cli/actions.ts';
import { runCli } from '../../adapters/cli/run-cli.ts';
import { accountActionsFor } from './cli-accounts.ts';
import { bad, good, rehearsed, shiftOnDuty, subscriberView } from './cli-samples.ts';

export const asked: unknown[] = [];
export const replayed = { isSame: true };
export const actions: CliActions = {
  timeZone: () => 'Asia/Shanghai',
  listWebhooks: async () => ({ items: [subscriberView] }),
  testWebhook: async (name) => (name === 'nobody' ? undefined : name === 'dead' ? { isTaken: false, code: 'timeout' } : { isTaken: true }),
  importContacts: async (given) => (asked.push(given), good),
  importRoster: async (given) => (asked.push(given), bad),
  importBatch: async (given) => (asked.push(given), good),
  importRequests: async (given) => (asked.push(given), bad),
  whoIsOnDuty: async (given) => {
    asked.push(given);
    if (given.unit === '莱芜') return { ok: false, code: 'ZG_UNIT_AMBIGUOUS', unit: '莱芜', candidates: ['莱芜区', '莱芜高新区'] };
    return { ok: true, at: '2021-08-26T10:00:00+08:00', posts: [{ unit: '局机关', post: '局机关', ...shiftOnDuty }] };
  },
  ...accountActionsFor(asked),
  handovers: async (given) => {
    asked.push(given);
    if (given.post === '城阳区') return { ok: false, post: '城阳区' };
    const person = (role: 'onDuty' | 'shiftLeader', name: string) => ({ role, personId: name, name });
    const times = { at: '2021-08-28T08:30:00+08:00', openedAt: '2021-08-28T08:15:00+08:00', acceptedAt: '2021-08-28T08:41:00+08:00' };
    const rest = { lapsedAt: null, reason: null, open: [], due: [], delays: [], acceptances: [] };
    const notes = [{ at: times.at, by: '姜洋', text: '西门监控故障' }];
    const sides = { outgoing: [person('shiftLeader', '带班'), person('onDuty', '姜洋')], incoming: [person('onDuty', '赵明')] };
    const where = { id: 'hp2.a', postId: 'p2', post: '历下区', unit: '历下区' };
    return { ok: true, items: [{ ...where, ...times, ...sides, status: 'late', acceptedBy: '赵明', notes, ...rest }] };
  },
  gaps: async (given) => (asked.push(given), { ok: true, gaps: [] }),
  draftRoster: async (given) => {
    asked.push(given);
    const errors = given.isPublished ? [{ code: 'ZG_DRAFT_GAPS', message: '还有空缺，没有发布。' }] : [];
    const rest = { shifts: [], loads: [], gaps: [], unwanted: [], open: [], published: false, lines: ['有 1 个空缺'] };
    return { ok: errors.length === 0, from: given.from, to: given.to, ...rest, errors };
  },
  rehearse: async (given) => {
    asked.push(given);
    return rehearsed;
  },
  contactVersions: async () => ({ ok: true, versions: [] }),
  restoreContacts: async (version) => ({ ok: false, code: 'ZG_VERSION_UNKNOWN', version }),
  rosterVersions: async () => ({
    ok: true,
    versions: [{ version: 3, at: '2021-08-27T10:00:00+08:00', actor: '冯主任', by: 'override', shifts: 31, overrides: 1 }],
  }),
  rosterVersion: async (version) => ({ ok: false, code: 'ZG_VERSION_UNKNOWN', version }),
  rosterSheet: async (given) => (asked.push(given), { bytes: 5 }),
  report: async (given) => (asked.push(given), { bytes: 6 }),
  appoint: async (given) => {
    asked.push(given);
    const { role, unit, person } = given;
    if (person === '谁也不是') return { ok: false, code: 'ZG_PERSON_UNKNOWN', role, unit, person, candidates: [] };
    return { ok: true, isChanged: true, role, unit: '历下区', person, from: '2021-08-28T08:30:00+08:00' };
  },
  understand: async (line) => JSON.stringify({ text: line, intent: 'unclear' }),
  exportLedger: async () => {
    throw new Error('ZG_LEDGER_EMPTY: nothing has happened yet.');
  },
  verifyLedger: async ({ path }) => ({
    ok: path !== 'broken',
    rows: 1,
    seals: 1,
    from: 1,
    to: 1,
    hash: 'ab',
    personal: { checked: 2, removed: 3 },
    faults: path === 'broken' ? [{ file: 'ledger-1.jsonl', line: 7, seq: 5, what: 'rowChanged', message: 'Row 5 was changed.' }] : [],
    omitted: path === 'broken' ? 4 : 0,
  }),
  replayLedger: async () => {
    asked.push('replay');
    const differences = replayed.isSame
      ? []
      : [{ aggregate: 'organisation', id: 'm3', what: 'changed', members: ['mobile', 'name'] } as const];
    return { ok: replayed.isSame, rows: 7, compared: { people: 5, obligation: 2 }, nameless: 1, differences, omitted: 0 };
  },
  backUp: async (folder) => {
    asked.push(folder);
    return { ok: true, folder, bureau: 'jinan', takenAt: '2021-09-01T00:30:00Z', seq: 77, keys: 9, bytes: 1234, stallMs: 3 };
  },
  listBackups: async (folder) => {
    asked.push(folder);
    const { takenAt, ...rest } = { takenAt: '2021-09-01T03:00:00.000Z', seq: 77, bytes: 1234, bureau: 'jinan' };
    const backups = [
      { name: 'b1', state: 'whole', takenAt, ...rest },
      ...(folder === 'broken' ? [{ name: 'b0', state: 'damaged', takenAt, ...rest } as const] : []),
    ] as const;
    return { folder, backups: folder === 'empty' ? [] : backups, others: folder === 'mixed' ? ['notes.txt'] : [] };
  },
  pruneBackups: async (folder, given) => {
    asked.push({ folder, ...given });
    return { removed: [{ name: 'b1', state: 'whole' }], kept: [{ name: 'b2', state: 'unfinished' }] };
  },
  restore: async (folder) => {
    asked.push(folder);
    const replay = { ok: folder !== 'broken', rows: 77, compared: {}, nameless: 0, differences: [], omitted: 0 };
    return { ok: replay.ok, bureau: 'jinan', takenAt: '2021-09-01T00:30:00Z', seq: 77, keys: 9, ledger: undefined, replay };
  },
  forget: async (given) => {
    asked.push(given);
    const counts = {
      people: 3,
      accounts: 1,
      items: 4,
      requests: 0,
      handovers: 0,
      appeals: 0,
      dialogues: 0,
      files: 6,
      conversations: 2,
      unsent: 0,
      isLogRewritten: false,
    };
    return { ok: true, isDryRun: given.isDryRun, kept: given.keeps, rows: 5, ...counts };
  },
  watch: async (given, say) => {
    asked.push(given);
    if (given.isTest) return { status: 'tested', faults: given.webhook === undefined ? [] : ['the webhook answered 500'] };
    if (given.command === undefined) return { status: 'noWay' };
    say({ status: 'down', url: given.urls[0]!, text: '异常', faults: [] });
    return { status: 'ended' };
  },
  serve: async () => undefined,
};

export const run = async (
  line: string,
  input: readonly string[] = [],
): Promise<{ exit: ExitCode; out: string; err: string; last: unknown }> => {
  let [out, err] = ['', ''];
  asked.length = 0;
  const lines = (async function* () {
    yield* input;
  })();
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), lines };
  const exit = await runCli(line.split(' '), actions, io);
  return { exit, out, err, last: asked.at(-1) };
};
