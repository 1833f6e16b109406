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
local answer = { '' }
for i = 1, #found, 2 do
  local id = found[i]
  if string.sub(id, 1, 1) == 'b' then
    local recipient = string.sub(id, 2)
    local held = redis.call('HGET', bundles, recipient)
    if held then redis.call('XADD', outbox, '*', 'n', '[' .. held .. ']', 'b', recipient) end
    redis.call('HDEL', bundles, recipient)
    redis.call('ZREM', due, id)
  else
    local packed = redis.call('HGET', state, id)
    if packed then
      redis.call('ZADD', due, 'XX', ARGV[3], id)
      answer[#answer + 1] = id
      answer[#answer + 1] = found[i + 1]
      answer[#answer + 1] = packed
    else
      redis.call('ZREM', due, id)
    end
  end
end
local next = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if next[2] then answer[1] = next[2] end
return answer
`;

export const runTakeDue = scriptOf(lua);
