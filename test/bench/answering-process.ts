import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { scriptOf } from '../../adapters/redis/script.ts';

/** The least that could call itself an answering service: each request runs one script that records an answer. */

export type AnsweringOrder = { readonly socket: string; readonly port: number };

const answerScript = scriptOf(`
local found = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], (tonumber(found) or 0) + 1)
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('XADD', KEYS[3], '*', 'id', ARGV[1], 'text', ARGV[2])
return 1`);

const { socket, port } = JSON.parse(process.argv[2] ?? '{}') as AnsweringOrder;
const redis = new Redis(socket, { enableAutoPipelining: true });

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  request.on('end', () => {
    const { text: said } = JSON.parse(text) as { readonly text: string };
    void answerScript(redis, ['{c}:state', '{c}:due', '{c}:log'], [request.url ?? '', said]).then(() => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1"}');
    });
  });
});
server.listen(port, '127.0.0.1', () => process.send?.({ type: 'ready', port }));
process.on('message', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
