import type { Listener, Passage, Said, Transcripts, Utterance } from '../../src/ports/conversations.ts';
import { orAway } from './away.ts';
import { coalesce } from './coalesce.ts';
import { keysOf } from './keys.ts';
import { asPart, joinParts, partPattern, type RedisClient, scriptOf } from './script.ts';

/** Utterances kept of each conversation. */
const kept = 200;
/** What somebody sees who comes without knowing where they were. */
const shownToNewcomers = 50;

/**
 * One hash a conversation: `n` the last number; `<number>` the JSON, or `>` and the number of the card that it changed,
 * for a card is written down once however often it is told; `m:<number>` what belongs to it and goes with it;
 * `k:<cardKey>` the numbers of a card; `o:<onceId>` the number it got; `d:<obligationId>` somebody saw it.
 *
 * ARGV: how many are kept, prefix of channels, then an argument an utterance.
 */
const appendScript = scriptOf(`
local keep, prefix = tonumber(ARGV[1]), ARGV[2]
local function forget(key, n)
  local gone = redis.call('HGET', key, 'm:' .. n)
  if gone then
    for _, field in ipairs(cjson.decode(gone)) do redis.call('HDEL', key, field) end
  end
  redis.call('HDEL', key, n, 'm:' .. n)
end
local function line(kind, name, n, members)
  return string.format('{"type":"%s","id":"%s|%07d",', kind, name, n) .. members .. '}'
end
local function shown(key, found)
  local there = {}
  for first in string.gmatch(found, '%d+') do
    if redis.call('HEXISTS', key, first) == 1 then there[#there + 1] = first end
  end
  return there
end
local out = {}
for i = 1, #KEYS do
  local key = KEYS[i]
  -- the long part last and by its place: to match it would be to look at each byte of it
  local name, card, isUpdate, owed, once, from = string.match(ARGV[i + 2], '^${partPattern.repeat(5)}()')
  local members = string.sub(ARGV[i + 2], from)
  local found = redis.call('HMGET', key, 'n', once ~= '' and 'o:' .. once or 'n', card ~= '' and 'k:' .. card or 'n')
  local earlier = card ~= '' and found[3]
  if once ~= '' and found[2] then out[i] = { tonumber(found[2]), 0 }
  else
    local n, heard, meta, fields, told = tonumber(found[1] or 0), 0, {}, {}, {}
    local before = n
    local function set(field, value)
      fields[#fields + 1] = field
      fields[#fields + 1] = value
    end
    if once ~= '' then meta[1] = 'o:' .. once end
    if owed ~= '' then meta[#meta + 1] = 'd:' .. owed end
    if isUpdate == '1' then
      for _, first in ipairs(earlier and shown(key, earlier) or {}) do
        n = n + 1
        set(first, line('message', name, first, members))
        set(n, '>' .. first)
        if #meta > 0 then set('m:' .. n, cjson.encode(meta)) end
        told[#told + 1] = n .. ' ' .. line('messageUpdate', name, first, members)
      end
    else
      n = n + 1
      local json = line('message', name, n, members)
      set(n, json)
      if card ~= '' then
        meta[#meta + 1] = 'k:' .. card
        set('k:' .. card, earlier and earlier .. ' ' .. n or n)
      end
      if #meta > 0 then set('m:' .. n, cjson.encode(meta)) end
      told[1] = n .. ' ' .. json
    end
    if n > before then
      if once ~= '' then set('o:' .. once, n) end
      set('n', n)
      redis.call('HSET', key, unpack(fields))
      for gone = math.max(1, before + 1 - keep), n - keep do forget(key, gone) end
      for _, message in ipairs(told) do heard = redis.call('PUBLISH', prefix .. name, message) end
      if owed ~= '' and heard > 0 then redis.call('HSET', key, 'd:' .. owed, 1) end
      out[i] = { n, heard }
    else out[i] = { 0, 0 } end
  end
end
return out`);

const readScript = scriptOf(`
local key = KEYS[1]
local last = tonumber(redis.call('HGET', key, 'n') or '0')
local after, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
local isNewcomer = after < 0 or after > last
if isNewcomer then after = last - tonumber(ARGV[3]) end
local out = { last }
for n = math.max(after, last - keep, 0) + 1, last do
  local json = redis.call('HGET', key, n)
  local isUpdate = json and (string.sub(json, 1, 1) == '>' or string.sub(json, 1, 23) == '{"type":"messageUpdate"')
  if json and not (isNewcomer and isUpdate) then
    if string.sub(json, 1, 1) == '>' then
      local card = redis.call('HGET', key, string.sub(json, 2))
      json = card and '{"type":"messageUpdate"' .. string.sub(card, 18)
    end
    if json then
      out[#out + 1] = n
      out[#out + 1] = json
    end
  end
end
return out`);

const toPassage = (answer: unknown): Passage => {
  const [last, ...rest] = answer as [number, ...(number | string)[]];
  const lines: { number: number; json: string }[] = [];
  for (let index = 0; index < rest.length; index += 2) lines.push({ number: Number(rest[index]), json: String(rest[index + 1]) });
  return { last, lines };
};

const splitPush = (message: string): [number, string] => {
  const space = message.indexOf(' ');
  return [Number(message.slice(0, space)), message.slice(space + 1)];
};

export type TranscriptsDeps = {
  readonly redis: RedisClient;
  /** A connection of its own: it only listens. */
  readonly listening: RedisClient;
  readonly bureau: string;
  readonly timeoutMs?: number;
};

/** The product's own conversations. One per process and bureau: every listener shares one subscribed connection. */
export const createTranscripts = ({ redis, listening, bureau, timeoutMs = 3_000 }: TranscriptsDeps): Transcripts => {
  const { prefix } = keysOf(bureau);
  const keyOf = (conversation: string): string => `${prefix}:chat:${conversation}`;
  const channelOf = (conversation: string): string => `${prefix}:heard:${conversation}`;
  const listeners = new Map<string, { readonly set: Set<Listener>; readonly subscribed: Promise<unknown> }>();

  listening.on('message', (channel: string, message: string) => {
    const [number, json] = splitPush(message);
    for (const listener of listeners.get(channel)?.set ?? []) listener.heard(number, json);
  });
  // the client subscribes again by itself; what was said meanwhile is for the listeners to fetch
  listening.on('ready', () => {
    for (const { set } of listeners.values()) for (const listener of set) listener.missed();
  });

  const argumentOf = ({ conversation, members, cardKey = '', isUpdate, obligationId = '', onceId = '' }: Utterance): string =>
    joinParts([conversation, cardKey, isUpdate ? '1' : '', obligationId, asPart(onceId), members]);
  const append = coalesce<Utterance, Said>(
    async (batch) => {
      const answer = await appendScript(
        redis,
        batch.map((said) => keyOf(said.conversation)),
        [kept, channelOf(''), ...batch.map(argumentOf)],
      );
      return (answer as [number, number][]).map(([number, heard]) => ({ number, isHeard: heard > 0 }));
    },
    { batch: 200, waiting: 20_000, timeoutMs },
  );

  return {
    append,
    read: async (conversation, after) =>
      toPassage(await orAway(readScript(redis, [keyOf(conversation)], [after ?? -1, kept, shownToNewcomers]))),
    markSeen: async (conversation, obligationIds) => {
      const marked = await orAway(Promise.all(obligationIds.map((id) => redis.hsetnx(keyOf(conversation), `d:${id}`, '1'))));
      return obligationIds.filter((_, index) => marked[index] === 1);
    },
    listen: async (conversation, listener) => {
      const channel = channelOf(conversation);
      const known = listeners.get(channel);
      const heard = known ?? { set: new Set<Listener>(), subscribed: orAway(listening.subscribe(channel)) };
      if (!known) listeners.set(channel, heard);
      heard.set.add(listener);
      const stop = (): void => {
        heard.set.delete(listener);
        if (heard.set.size > 0 || listeners.get(channel) !== heard) return;
        listeners.delete(channel);
        listening.unsubscribe(channel).catch(() => {}); // gone with the connection, or with the next one
      };
      try {
        await heard.subscribed;
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
  };
};
