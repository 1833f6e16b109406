import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { scriptOf } from '../../adapters/redis/script.ts';

/** The least that could call itself an answering service: each request runs one script that records an answer. */

export type AnsweringOrder = {
  readonly socket: string;
  readonly port: number;
  /** A hash of what is open, by conversation, and a sorted set of what is due. */
  readonly state: string;
  readonly due: string;
};

/**
 * What an answer cannot do without: taken once however often it comes, the state that it ends read and written, nothing of it due any
 * more, and a row in the log. KEYS: seen, state, due, log. ARGV: message, obligation, its new state, the row.
 */
const answerScript = scriptOf(`
if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 0 end
if not redis.call('HGET', KEYS[2], ARGV[2]) then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('XADD', KEYS[4], '*', 'e', ARGV[4])
return 1`);

const { socket, port, state, due } = JSON.parse(process.argv[2] ?? '{}') as AnsweringOrder;
const redis = new Redis(socket, { enableAutoPipelining: true });
const keys = ['{c}:seen', state, due, '{c}:log'];

/** What has become of an answered check, in as many bytes as the service keeps of one. */
const answered = '2|[0,"p400",0,1630029600000,600000,2,0,0,1,null,"m800",null,"rpkstpjcw0",null,null,null,null,null,3317,"m800"]';

/** As many bytes as the row of an answer has in the ledger. */
const rowOf = (id: string, actor: string, text: string): string =>
  JSON.stringify({
    at: Date.now(),
    obligationId: id,
    actor,
    channel: 'webchat',
    event: 'AnswerRecorded',
    data: {
      subject: id,
      kind: 'check',
      by: actor,
      role: 'onDuty',
      isLate: false,
      proof: text,
      stepNo: 1,
      afterMs: 2110,
      nextCheckAt: Date.now(),
      nextCause: 'silence',
    },
  });

let messages = 0;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
  request.on('end', () => {
    const { text, from } = JSON.parse(body) as { readonly text: string; readonly from: { readonly id: string } };
    const id = request.url?.split('/')[4] ?? '';
    messages += 1;
    void answerScript(redis, keys, [`webchat:${messages}`, id, answered, rowOf(id, from.id, text)]).then((taken) => {
      response.statusCode = taken === 1 ? 200 : 409;
      response.setHeader('content-type', 'application/json');
      response.end(`{"id":"${messages}"}`);
    });
  });
});
server.listen(port, '127.0.0.1', () => process.send?.({ type: 'ready', port }));
process.on('message', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
