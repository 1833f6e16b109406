import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Transition } from '../../src/ports/store.ts';
import { INBOX_GROUP } from './keys.ts';
import { pack } from './pack.ts';
import { scriptOf } from './script.ts';

/**
 * The commit: everything that a decision changes, in one script. Each transition is checked whole before its first
 * write, for scripts do not roll back; a transition that comes twice (ioredis resends what was in flight) finds its
 * versions moved on and does nothing.
 *
 * KEYS: state, due, ledger, outbox, meta, bundles, inbox.
 * ARGV: inbox group, bundle due at, then for each transition: campaign version ('' = any), settled entry or '',
 *   number of writes, (id, expected version, new state or '', due at or '')…, number of events, events joined by
 *   commas, notices joined by commas, number of held notices, (recipient, notice)….
 * Answers one digit a transition: 0 conflict, 1 committed, 2 settled before, 3 campaign moved on.
 */
const lua = `
local state, due, ledger, outbox, meta, bundles, inbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local version = redis.call('HGET', meta, 'campaignVersion') or '0'
local results, events, notices, eventCount = {}, {}, {}, 0
local at, last = 3, #ARGV
while at <= last do
  local wanted, settles, writes = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 3
  local firstWrite = at
  at = at + writes * 4
  local count, said, sent, held = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  local firstHeld = at + 4
  at = firstHeld + held * 2
  local result = 1
  if wanted ~= '' and wanted ~= version then result = 3 end
  if result == 1 then
    for w = firstWrite, firstWrite + (writes - 1) * 4, 4 do
      local found = redis.call('HGET', state, ARGV[w])
      local is = found and string.match(found, '^%d+') or '0'
      if is ~= ARGV[w + 1] then result = 0 break end
    end
  end
  if result == 1 and settles ~= '' then
    if redis.call('XACK', inbox, ARGV[1], settles) == 0 then result = 2 else redis.call('XDEL', inbox, settles) end
  end
  if result == 1 then
    for w = firstWrite, firstWrite + (writes - 1) * 4, 4 do
      local id, new, dueAt = ARGV[w], ARGV[w + 2], ARGV[w + 3]
      if new == '' then redis.call('HDEL', state, id) else redis.call('HSET', state, id, new) end
      if dueAt == '' then redis.call('ZREM', due, id) else redis.call('ZADD', due, dueAt, id) end
    end
    if count > 0 then eventCount = eventCount + count events[#events + 1] = said end
    if sent ~= '' then notices[#notices + 1] = sent end
    for h = firstHeld, firstHeld + (held - 1) * 2, 2 do
      local old = redis.call('HGET', bundles, ARGV[h])
      redis.call('HSET', bundles, ARGV[h], old and (old .. ',' .. ARGV[h + 1]) or ARGV[h + 1])
      redis.call('ZADD', due, 'NX', ARGV[2], 'b' .. ARGV[h])
    end
  end
  results[#results + 1] = result
end
if eventCount > 0 then
  local first = redis.call('HINCRBY', meta, 'seq', eventCount) - eventCount + 1
  redis.call('XADD', ledger, string.format('%.0f-0', first), 'e', '[' .. table.concat(events, ',') .. ']')
end
if #notices > 0 then redis.call('XADD', outbox, '*', 'n', '[' .. table.concat(notices, ',') .. ']') end
return table.concat(results)
`;

export const runCommit = scriptOf(lua);

export type Item = { readonly transition: Transition; readonly campaignVersion: number | null };

const joined = (list: readonly (LedgerEvent | Notice)[]): string => (list.length === 0 ? '' : JSON.stringify(list).slice(1, -1));

const pushItem = (args: (string | number)[], { transition, campaignVersion }: Item): void => {
  const { writes, events, notices, settles } = transition;
  args.push(campaignVersion ?? '', settles ?? '', writes.length);
  for (const { id, expected, aggregate, dueAt } of writes) {
    args.push(
      id,
      expected,
      aggregate === null ? '' : pack(expected + 1, aggregate),
      aggregate === null || dueAt === null ? '' : Math.ceil(dueAt),
    );
  }
  const held = notices.filter((notice) => notice.isBundled);
  const sent = held.length === 0 ? notices : notices.filter((notice) => !notice.isBundled);
  args.push(events.length, joined(events), joined(sent), held.length);
  for (const notice of held) args.push(notice.to, JSON.stringify(notice));
};

export const commitArguments = (items: readonly Item[], bundleDueAt: number): (string | number)[] => {
  const args: (string | number)[] = [INBOX_GROUP, Math.ceil(bundleDueAt)];
  for (const item of items) pushItem(args, item);
  return args;
};
