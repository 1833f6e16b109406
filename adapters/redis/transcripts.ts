import type { Listener, Passage, Said, Transcripts, Utterance } from '../../src/ports/conversations.ts';
import { orAway } from './away.ts';
import { coalesce } from './coalesce.ts';
import { keysOf } from './keys.ts';
import { type RedisClient, scriptOf } from './script.ts';

/** Utterances kept of each conversation. */
const kept = 200;
/** What somebody sees who comes without knowing where they were. */
const shownToNewcomers = 50;

/**
 * One hash a conversation: `n` the last number; `<number>` the JSON; `m:<number>` what belongs to it and goes with it;
 * `k:<cardKey>` the numbers of a card; `o:<onceId>` the number it got; `d:<obligationId>` somebody saw it.
 */
const appendScript = scriptOf(`
local keep = tonumber(ARGV[1])
local function forget(key, n)
  local gone = redis.call('HGET', key, 'm:' .. n)
  if gone then
    for _, field in ipairs(cjson.decode(gone)) do redis.call('HDEL', key, field) end
  end
  redis.call('HDEL', key, n, 'm:' .. n)
end
-- beside: names of fields that get the number, after what they held before
local function say(key, channel, text, meta, beside)
  local n = redis.call('HINCRBY', key, 'n', 1)
  local json = text(n)
  local fields = { n, json }
  if #meta > 0 then
    fields[3] = 'm:' .. n
    fields[4] = cjson.encode(meta)
  end
  for field, before in pairs(beside) do
    fields[#fields + 1] = field
    fields[#fields + 1] = before .. n
  end
  redis.call('HSET', key, unpack(fields))
  if n > keep then forget(key, n - keep) end
  return n, redis.call('PUBLISH', channel, n .. ' ' .. json)
end
local function line(kind, name, n, members)
  return string.format('{"type":"%s","id":"%s|%07d",', kind, name, n) .. members .. '}'
end
local out = {}
for i = 1, #KEYS do
  local key, b = KEYS[i], 2 + (i - 1) * 7
  local name, channel, members, once = ARGV[b], ARGV[b + 1], ARGV[b + 2], ARGV[b + 3]
  local card, isUpdate, owed = ARGV[b + 4], ARGV[b + 5] == '1', ARGV[b + 6]
  local known = once ~= '' and redis.call('HGET', key, 'o:' .. once)
  if known then out[i] = { tonumber(known), 0 }
  else
    local n, heard, meta, beside = 0, 0, {}, {}
    if once ~= '' then
      meta[#meta + 1] = 'o:' .. once
      beside['o:' .. once] = ''
    end
    if owed ~= '' then meta[#meta + 1] = 'd:' .. owed end
    local earlier = card ~= '' and redis.call('HGET', key, 'k:' .. card)
    if isUpdate and earlier then
      for first in string.gmatch(earlier, '%d+') do
        if redis.call('HEXISTS', key, first) == 1 then
          redis.call('HSET', key, first, line('message', name, first, members))
          n, heard = say(key, channel, function() return line('messageUpdate', name, first, members) end, meta, beside)
        end
      end
    end
    if n == 0 and not isUpdate then
      if card ~= '' then
        meta[#meta + 1] = 'k:' .. card
        beside['k:' .. card] = earlier and earlier .. ' ' or ''
      end
      n, heard = say(key, channel, function(number) return line('message', name, number, members) end, meta, beside)
    end
    if owed ~= '' and heard > 0 then redis.call('HSET', key, 'd:' .. owed, 1) end
    out[i] = { n, heard }
  end
end
return out`);

const readScript = scriptOf(`
local last = tonumber(redis.call('HGET', KEYS[1], 'n') or '0')
local after, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
local isNewcomer = after < 0 or after > last
if isNewcomer then after = last - tonumber(ARGV[3]) end
local out = { last }
for n = math.max(after, last - keep, 0) + 1, last do
  local json = redis.call('HGET', KEYS[1], n)
  if json and not (isNewcomer and string.sub(json, 1, 23) == '{"type":"messageUpdate"') then
    out[#out + 1] = n
    out[#out + 1] = json
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

  const argsOf = (said: Utterance): readonly string[] => [
    said.conversation,
    channelOf(said.conversation),
    said.members,
    said.onceId ?? '',
    said.cardKey ?? '',
    said.isUpdate ? '1' : '',
    said.obligationId ?? '',
  ];
  const append = coalesce<Utterance, Said>(
    async (batch) => {
      const answer = await appendScript(
        redis,
        batch.map((said) => keyOf(said.conversation)),
        [kept, ...batch.flatMap(argsOf)],
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
