import { scriptOf } from './script.ts';

/**
 * Lends what is due to the caller: its due time is put off by the lease, so that nobody else takes it meanwhile and
 * it comes back by itself. A bundle that is due needs no decision and goes straight into the outbox.
 *
 * KEYS: state, due, bundles, outbox. ARGV: now, limit, lent until.
 * Answers: next due time or '', then (id, due at, state)….
 */
const lua = `
local state, due, bundles, outbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local found = redis.call('ZRANGEBYSCORE', due, '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local answer, ids, dueAts, lent = { '' }, {}, {}, {}
for i = 1, #found, 2 do
  local id = found[i]
  if string.sub(id, 1, 1) == 'b' then
    local recipient = string.sub(id, 2)
    local held = redis.call('HGET', bundles, recipient)
    if held then redis.call('XADD', outbox, '*', 'n', '[' .. held .. ']', 'b', recipient) end
    redis.call('HDEL', bundles, recipient)
    redis.call('ZREM', due, id)
  else
    ids[#ids + 1] = id
    dueAts[#dueAts + 1] = found[i + 1]
  end
end
local states = #ids > 0 and redis.call('HMGET', state, unpack(ids)) or {}
for i, id in ipairs(ids) do
  local packed = states[i]
  if packed then
    lent[#lent + 1] = ARGV[3]
    lent[#lent + 1] = id
    answer[#answer + 1] = id
    answer[#answer + 1] = dueAts[i]
    answer[#answer + 1] = packed
  else
    redis.call('ZREM', due, id)
  end
end
if #lent > 0 then redis.call('ZADD', due, 'XX', unpack(lent)) end
local next = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if next[2] then answer[1] = next[2] end
return answer
`;

export const runTakeDue = scriptOf(lua);
