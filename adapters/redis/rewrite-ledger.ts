import type { RedisClient } from './connect.ts';
import type { Keys } from './keys.ts';
import { scriptOf } from './script.ts';

// nobody reads the ledger through a group: what is left is all there is to it but its last ids
const rewrite = scriptOf(`
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local facts = redis.call('XINFO', 'STREAM', KEYS[1])
local fact = {}
for i = 1, #facts, 2 do fact[facts[i]] = facts[i + 1] end
local kept = redis.call('XRANGE', KEYS[1], '-', '+')
if #kept == 0 then return 0 end
redis.call('DEL', KEYS[1])
for _, entry in ipairs(kept) do redis.call('XADD', KEYS[1], entry[1], unpack(entry[2])) end
redis.call('XSETID', KEYS[1], fact['last-generated-id'], 'ENTRIESADDED', fact['entries-added'], 'MAXDELETEDID', fact['max-deleted-entry-id'])
return #kept`);

/**
 * Writes the live ledger anew: Redis only marks what is trimmed off a stream as gone, and keeps its bytes, in memory and on
 * disk, as long as a row of the same hundred stays.
 */
export const rewriteLedger = async (redis: RedisClient, keys: Keys): Promise<void> => void (await rewrite(redis, [keys.ledger], []));
