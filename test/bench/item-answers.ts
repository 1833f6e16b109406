import { createBoard } from '../../src/app/items/board.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { speech } from '../../src/wiring/speech.ts';
import { roundAt } from './bureau.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import { startItems } from './items.ts';

/** What a liaison and the office say about items, each in turn. */
const said = ['我的任务', '签收 {number}', '进展 {number} 已到现场', '逾期', '各区情况', '按类型', '{number}为什么是这个时限'];

/** Real people and texts, the decision and its commit on a Redis that writes to disk; without the doors before and behind. */
export const measureItemAnswers = async (count: number, turns: number): Promise<readonly Figure[]> => {
  const stage = await startItems(count, roundAt + 72 * 3_600_000);
  const { world } = stage;
  const board = createBoard(world.store, createLedgerStream(stage.redis, stage.keys, world.settings.bureau));
  const deps = {
    world,
    board,
    identify: (_channel: string, from: string) => world.directory.people.get(from),
    pageUrl: '',
    ...speech(world),
  };
  const roles = world.directory.organisation.appointments;
  const liaisons = roles.filter(({ role }) => role === 'liaison');
  const office = roles.find(({ role, of }) => role === 'member' && of === 'g1')!;
  const tookMs: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const text = said[turn % said.length]!.replace('{number}', `D2SD20210827${String((turn % count) + 1).padStart(5, '0')}`);
    const isOffice = turn % said.length >= 3;
    const from = isOffice ? office.personId : liaisons[turn % 16]!.personId;
    const begunAt = performance.now();
    const message = { id: `t${turn}`, channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: stage.clock.now(), text };
    const { transition, replies } = await decideMessage(deps, message);
    if (replies.length === 0 || replies.some(({ template }) => template === 'reply.notYet')) throw new Error(`no answer to ${text}`);
    await world.store.commit([transition], world.campaignVersion);
    tookMs.push(performance.now() - begunAt);
  }
  await stage.end();
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(tookMs, share));
  return [toFigure({ name: 'items.answers', value: p95!, unit: 'ms p95', n: turns, p50: p50!, p99: p99! })];
};
