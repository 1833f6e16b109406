import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Transition } from '../../src/ports/store.ts';
import { INBOX_GROUP } from './keys.ts';
import { pack } from './pack.ts';
import { joinParts, partPattern, replicatedScriptOf } from './script.ts';

/** So many writes of handovers are remembered; whoever has seen less reads all. */
export const mostMoves = 500;

/** Between what belongs to different transitions: no JSON text has a line break of its own, and one before a comma changes nothing. */
const betweenTransitions = '\n,';

/**
 * The commit: everything that a decision changes, in one script. Each transition is checked whole before its first
 * write, for scripts do not roll back; a transition that comes twice (ioredis resends what was in flight) finds its
 * versions moved on and does nothing.
 *
 * What all of them write goes to Redis together, and what all of them say is one text that is taken apart only where a
 * transition was refused: a command costs more than a field, and Lua keeps each text that it sees in a table whose
 * buckets it chooses by a few of its bytes, which in rows of a ledger are mostly the same.
 *
 * KEYS: state, due, ledger, outbox, meta, bundles, inbox, campaign, handed.
 * ARGV: inbox group, bundle due at, then of all transitions together: heads, states, events, notices, held notices.
 *   Heads are parts: for each transition campaign version ('' = any), settled entry or '', number of writes, number of
 *   events, of notices, of held notices, of reads, (id, expected version, due at or '')…, (recipient)…, (id, version)…. States are parts in the
 *   order of the writes, '' for none; held notices are parts.
 *   After them, where one transition comes alone, what the campaign has become.
 * Answers one digit a transition: 0 conflict, 1 committed, 2 settled before, 3 campaign or something read moved on.
 */
const lua = `
local state, due, ledger, outbox, meta, bundles, inbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local version = redis.call('HGET', meta, 'campaignVersion') or '0'
-- Lua passes so many values to a call and hardly more
local most = 4000
local function inSlices(command, key, list)
  for from = 1, #list, most do redis.call(command, key, unpack(list, from, math.min(from + most - 1, #list))) end
end
-- what is long is found by its end: a pattern would look at each byte
local function partsOf(text)
  local from = 1
  return function()
    local to = string.find(text, '\\31', from, true)
    local found = string.sub(text, from, to - 1)
    from = to + 1
    return found
  end
end
local heads, from, count = ARGV[3], 1, 0
local wanted, settles, writes, said, sent, held, reads = {}, {}, {}, {}, {}, {}, {}
local ids, expected, dueAts, recipients, readIds, readVersions = {}, {}, {}, {}, {}, {}
local length = #heads
while from <= length do
  count = count + 1
  local w, s, h, r
  wanted[count], settles[count], w, said[count], s, h, r, from = string.match(heads, '^${partPattern.repeat(7)}()', from)
  writes[count], sent[count], held[count], reads[count] = tonumber(w), s ~= '0', tonumber(h), tonumber(r)
  for at = #ids + 1, #ids + writes[count] do
    ids[at], expected[at], dueAts[at], from = string.match(heads, '^${partPattern.repeat(3)}()', from)
  end
  for at = #recipients + 1, #recipients + held[count] do
    recipients[at], from = string.match(heads, '^${partPattern}()', from)
  end
  for at = #readIds + 1, #readIds + reads[count] do
    readIds[at], readVersions[at], from = string.match(heads, '^${partPattern.repeat(2)}()', from)
  end
end
local versions = {}
for first = 1, #ids, most do
  for at, found in ipairs(redis.call('HMGET', state, unpack(ids, first, math.min(first + most - 1, #ids)))) do
    versions[ids[first + at - 1]] = found and string.match(found, '^%d+') or '0'
  end
end
for _, id in ipairs(readIds) do
  if not versions[id] then
    local found = redis.call('HGET', state, id)
    versions[id] = found and string.match(found, '^%d+') or '0'
  end
end
local nextState, nextHeld = partsOf(ARGV[4]), partsOf(ARGV[7])
local results, settled, eventCount, isAnySaid, isAnySent, isAll = {}, {}, 0, false, false, true
-- by id: of two writes of one batch the later one holds
local states, dues = {}, {}
local write, recipient, read = 0, 0, 0
local bundled = {}
for i = 1, count do
  local firstWrite, lastWrite = write + 1, write + writes[i]
  write = lastWrite
  local result = 1
  if wanted[i] ~= '' and wanted[i] ~= version then result = 3 end
  local firstRead, lastRead = read + 1, read + reads[i]
  read = lastRead
  if result == 1 then
    for r = firstRead, lastRead do
      if versions[readIds[r]] ~= readVersions[r] then result = 3 break end
    end
  end
  if result == 1 then
    for w = firstWrite, lastWrite do
      if versions[ids[w]] ~= expected[w] then result = 0 break end
    end
  end
  if result == 1 and settles[i] ~= '' then
    if redis.call('XACK', inbox, ARGV[1], settles[i]) == 0 then result = 2 else settled[#settled + 1] = settles[i] end
  end
  for w = firstWrite, lastWrite do
    local new = nextState()
    if result == 1 then
      states[ids[w]], dues[ids[w]] = new, dueAts[w]
      versions[ids[w]] = new == '' and '0' or string.match(new, '^%d+')
    end
  end
  for h = 1, held[i] do
    recipient = recipient + 1
    local notice, to = nextHeld(), recipients[recipient]
    if result == 1 then
      local list = bundled[to]
      if list then list[#list + 1] = notice else bundled[to] = { notice } end
    end
  end
  if result == 1 then
    eventCount = eventCount + tonumber(said[i])
    isAnySaid, isAnySent = isAnySaid or said[i] ~= '0', isAnySent or sent[i]
  else isAll = false end
  results[i] = result
end
local set, deleted, planned, unplanned, moved = {}, {}, {}, {}, {}
for _, id in ipairs(ids) do
  local new, dueAt = states[id], dues[id]
  if new then
    states[id] = nil
    if new == '' then deleted[#deleted + 1] = id else set[#set + 1] = id set[#set + 1] = new end
    if string.byte(id) == ${'h'.codePointAt(0)} then moved[#moved + 1] = id end
    if dueAt == '' then unplanned[#unplanned + 1] = id else planned[#planned + 1] = dueAt planned[#planned + 1] = id end
  end
end
-- once for each recipient: a bundle grows long, and is written whole
for to, list in pairs(bundled) do
  local old = redis.call('HGET', bundles, to)
  local new = table.concat(list, ',')
  redis.call('HSET', bundles, to, old and (old .. ',' .. new) or new)
  redis.call('ZADD', due, 'NX', ARGV[2], 'b' .. to)
end
inSlices('HSET', state, set)
inSlices('HDEL', state, deleted)
inSlices('ZADD', due, planned)
inSlices('ZREM', due, unplanned)
inSlices('XDEL', inbox, settled)
if #moved > 0 then
  redis.call('XADD', KEYS[9], 'MAXLEN', '~', ${mostMoves}, '*', 'i', #moved > ${mostMoves} and '' or table.concat(moved, ' '))
end
-- the texts of those that were committed, of a text for each that has one
local function committed(text, has)
  if isAll then return text end
  local kept, at = {}, 1
  for i = 1, count do
    if has(i) then
      local to = string.find(text, '${betweenTransitions.replace('\n', String.raw`\n`)}', at, true) or #text + 1
      if results[i] == 1 then kept[#kept + 1] = string.sub(text, at, to - 1) end
      at = to + ${betweenTransitions.length}
    end
  end
  return table.concat(kept, ',')
end
if isAnySaid then
  local first = redis.call('HINCRBY', meta, 'seq', eventCount) - eventCount + 1
  local text = committed(ARGV[5], function(i) return said[i] ~= '0' end)
  redis.call('XADD', ledger, string.format('%.0f-0', first), 'e', '[' .. text .. ']')
end
if isAnySent then
  redis.call('XADD', outbox, '*', 'n', '[' .. committed(ARGV[6], function(i) return sent[i] end) .. ']')
end
if ARGV[8] and results[1] == 1 then
  redis.call('HSET', KEYS[8], 'data', ARGV[8])
  redis.call('HINCRBY', meta, 'campaignVersion', 1)
end
return table.concat(results)
`;

export const runCommit = replicatedScriptOf(lua, 4);

export type Item = { readonly transition: Transition; readonly campaignVersion: number | null };

const joined = (list: readonly (LedgerEvent | Notice)[]): string => JSON.stringify(list).slice(1, -1);

/** Each part ends with the separator, the last one too. */
const ended = (parts: readonly (string | number)[]): string => (parts.length === 0 ? '' : joinParts([...parts, '']));

export const commitArguments = (items: readonly Item[], bundleDueAt: number): (string | number)[] => {
  const heads: (string | number)[] = [];
  const states: string[] = [];
  const said: string[] = [];
  const sent: string[] = [];
  const held: string[] = [];
  for (const { transition, campaignVersion } of items) {
    const { writes, reads = [], events, notices, settles } = transition;
    const bundled = notices.filter((notice) => notice.isBundled);
    const single = bundled.length === 0 ? notices : notices.filter((notice) => !notice.isBundled);
    heads.push(campaignVersion ?? '', settles ?? '', writes.length, events.length, single.length, bundled.length, reads.length);
    for (const { id, expected, aggregate, dueAt } of writes) {
      heads.push(id, expected, aggregate === null || dueAt === null ? '' : Math.ceil(dueAt));
      states.push(aggregate === null ? '' : pack(expected + 1, aggregate));
    }
    for (const notice of bundled) {
      heads.push(notice.to);
      held.push(JSON.stringify(notice));
    }
    for (const { id, version } of reads) heads.push(id, version);
    if (events.length > 0) said.push(joined(events));
    if (single.length > 0) sent.push(joined(single));
  }
  const texts = [said, sent].map((list) => list.join(betweenTransitions));
  return [INBOX_GROUP, Math.ceil(bundleDueAt), ended(heads), ended(states), ...texts, ended(held)];
};
