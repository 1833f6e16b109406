import { instant, object, text } from './openapi-schemas.ts';

type Get = (summary: string, parameters: readonly object[], success: object) => object;

const orNull = (schema: object): object => ({ oneOf: [schema, { type: 'null' }] });
const whole = { type: 'integer', minimum: 0 };

const subscriber = object(
  ['name', 'host', 'events', 'state', 'seq', 'behind', 'failures', 'failingSince', 'lastCode', 'lastTakenAt', 'nextTryAt'],
  {
    name: text,
    host: text,
    events: { oneOf: [{ const: 'all' }, { type: 'array', items: text }] },
    state: { enum: ['new', 'working', 'failing'] },
    seq: orNull(whole),
    behind: whole,
    failures: whole,
    failingSince: orNull(instant),
    lastCode: orNull(text),
    lastTakenAt: orNull(instant),
    nextTryAt: orNull(instant),
  },
);

export const webhookPaths = (get: Get): { readonly [path: string]: object } => ({
  '/api/webhooks': get('Systems that hear of events, and how far each has come', [], {
    content: { 'application/json': { schema: object(['items'], { items: { type: 'array', items: subscriber } }) } },
  }),
});

const header = (name: string, description: string): object => ({ name, in: 'header', required: true, description, schema: text });

/** What is sent to them, signed. */
export const webhooks = {
  event: {
    post: {
      summary: 'One event of the ledger, in its order, sent again until it is taken',
      description:
        'Signed as Standard Webhooks describe it: HMAC-SHA256 over `webhook-id`.`webhook-timestamp`.body, one signature for each secret.',
      parameters: [
        header('webhook-id', 'The same each time that the same event is sent.'),
        header('webhook-timestamp', 'When it was sent, in seconds since 1970.'),
        header('webhook-signature', '`v1,` and the signature in base64; several with blanks between.'),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: object(['type', 'timestamp', 'data'], {
              type: { ...text, description: 'The name of the event, or Test.' },
              timestamp: instant,
              data: object(['seq', 'bureau', 'data'], {
                seq: { type: 'integer', minimum: 1 },
                bureau: text,
                obligationId: text,
                itemId: text,
                actor: text,
                channel: text,
                data: { type: 'object', description: 'Ids, instants, numbers and codes.' },
              }),
            }),
          },
        },
      },
      responses: { '2XX': { description: 'Taken' }, default: { description: 'Sent again later' } },
    },
  },
} as const;
