import { limits } from './limits.ts';
import { appealPaths, figurePaths } from './openapi-figures.ts';
import { instant, object, ref, schemas, text, texts } from './openapi-schemas.ts';
import { closerLookPaths } from './openapi-closer-look.ts';
import { setUpPaths } from './openapi-set-up.ts';
import { webhookPaths, webhooks } from './openapi-webhooks.ts';
import { chatBody, signedOut, signOutBody } from './openapi-session.ts';

const query = (name: string, description: string, schema: object): object => ({ name, in: 'query', description, schema });

const cursor = query('after', 'The `next` of the page before.', { type: 'string' });
const limit = query('limit', 'Most items on the page.', { type: 'integer', minimum: 1, maximum: limits.page, default: limits.pageDefault });

const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const fault = { description: 'A fault', ...json({ $ref: '#/components/schemas/Fault' }) };

const get = (summary: string, parameters: readonly object[], success: object): object => ({
  get: {
    summary,
    parameters,
    security: [{ bearer: [] }, {}],
    responses: { '200': { description: summary, ...success }, '400': fault, '401': fault, '403': fault, '503': fault },
  },
});

const post = (summary: string, body: object, success: { readonly [status: string]: object }): object => ({
  post: {
    summary,
    requestBody: { required: true, ...json(body) },
    security: [{ bearer: [] }, {}],
    responses: { ...success, '400': fault, '401': fault, '403': fault, '415': fault, '503': fault },
  },
});

const pageSchema = (name: string): object =>
  object(['items', 'next'], { items: { type: 'array', items: ref(name) }, next: { type: ['string', 'null'] } });
const pageOf = (name: string): object => json(pageSchema(name));

const postedItem = {
  allOf: [ref('WholeItem'), object(['isNew'], { isNew: { type: 'boolean', description: 'False where its number was known.' } })],
};

type Operations = { readonly [method: string]: { readonly responses: object } };

/** What any of them may answer: that nothing is there under an id, that somebody asks too often, that something is ours to mend. */
const withUsualFaults = (paths: { readonly [path: string]: object }): { readonly [path: string]: object } => {
  const completed = (path: string, operations: Operations): object =>
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => {
        const missing = path.includes('{') ? { '404': fault } : {};
        const sent = method === 'post' ? { '413': fault, '415': fault } : {};
        // what is set up names things that may be gone, and was shown before it counts
        const setUp = method === 'post' && path.startsWith('/api/set-up/') ? { '404': fault, '409': fault } : {};
        const usual = { '400': fault, '401': fault, '403': fault, ...missing, ...sent, ...setUp, '429': fault, '500': fault, '503': fault };
        return [method, { ...operation, responses: { ...usual, ...operation.responses } }];
      }),
    );
  return Object.fromEntries(Object.entries(paths).map(([path, operations]) => [path, completed(path, operations as Operations)]));
};

const pathId = { name: 'id', in: 'path', required: true, schema: text };
const viewer = query('as', 'In a demo, who looks: the id of a person.', text);
const itemId = { name: 'id', in: 'path', required: true, description: "The item's id.", schema: text };
const binary = (type: string): object => ({ content: { [type]: { schema: { type: 'string', format: 'binary' } } } });
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const handoversAsked = [
  query('post', 'A post or a unit by its id or a name that people use; every post by default.', text),
  query('from', 'Boundaries from this instant on.', instant),
  query('to', 'Boundaries before this instant.', instant),
];

const figureParts = { get, post, query, json, binary, ref, pageOf, cursor, limit, fault };

/** OpenAPI 3.1 of what is below `/api`. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'zaigang',
    version: '1',
    description:
      'What there is, and items to add. In a demo it is open to the machine itself; in production it wants the session of a person who is signed in, or their token, and shows what their roles see.',
  },
  paths: withUsualFaults({
    '/api/session': get('Who is signed in, and what they may see and do', [], json(ref('Session'))),
    '/api/session/end': post('Signs out here, or everywhere', signOutBody, { '200': { description: 'Signed out', ...json(signedOut) } }),
    '/api/session/chat': post('A token of Direct Line that speaks as whoever is signed in, for as long as they are', chatBody, {
      '200': { description: 'The token', ...json(ref('ChatToken')) },
    }),
    '/api/people': get('People with their roles and posts', [cursor, limit], pageOf('Person')),
    '/api/obligations': get(
      'Who owes an answer, oldest first',
      [cursor, limit, query('open', 'Only those that have not ended.', { type: 'boolean', default: false })],
      pageOf('Obligation'),
    ),
    '/api/obligations/{id}': get(
      'One obligation as it stands, and what the one who looks may do about it; its story is /api/ledger?obligationId=',
      [pathId, viewer],
      json({
        allOf: [
          ref('Obligation'),
          object(['acts'], {
            acts: texts,
            shiftId: text,
            landline: { ...text, description: 'Of the post, for whoever sees whole numbers.' },
          }),
        ],
      }),
    ),
    '/api/subjects/{id}': get(
      'A post, a unit or a person: who stands, what is open, what comes, and what the one who looks may do',
      [pathId, viewer],
      json(ref('Subject')),
    ),
    ...closerLookPaths({ get, query, json, viewer, pathId }),
    '/api/requests': get(
      'Leave, swaps and covers that were asked for, oldest first',
      [cursor, limit, query('open', 'Only those that wait for somebody.', { type: 'boolean', default: false })],
      pageOf('DutyRequest'),
    ),
    '/api/ledger': get(
      'What happened, in order',
      [
        query('after', 'Rows with a greater seq.', { type: 'integer', minimum: 0, default: 0 }),
        limit,
        query('itemId', 'Only rows of this item; go on with `next` until it is null.', text),
        query('obligationId', 'Only rows of this obligation.', text),
        query('subject', "Only rows about a post, a unit (its posts' too) or a person, or by them.", text),
        query('from', 'Rows from this instant on.', instant),
        query('to', 'Rows before this instant.', instant),
        query('order', 'With newest, `after` is the seq to go back from.', { enum: ['oldest', 'newest'], default: 'oldest' }),
      ],
      pageOf('LedgerRow'),
    ),
    '/api/roster': get(
      'Who stands each post',
      [cursor, limit, query('at', 'ISO 8601 with offset; now by default.', instant)],
      json({ allOf: [pageSchema('RosterRow'), object(['at'], { at: instant })] }),
    ),
    '/api/handovers': get('The log of handovers, by their boundary', [cursor, limit, ...handoversAsked], pageOf('Handover')),
    '/api/reports/handovers': get('The log of handovers as a workbook to be printed', handoversAsked, binary(xlsx)),
    ...Object.fromEntries(
      (['xlsx', 'pdf'] as const).map((format) => [
        `/api/roster/sheet.${format}`,
        get(
          'The duty sheet on A4, as it hangs in the office; at most 100 days',
          [
            query('from', 'The first day; today by default.', { type: 'string', format: 'date' }),
            query('to', 'The last day; the end of the roster by default.', { type: 'string', format: 'date' }),
            query('unit', 'A unit by its id or a name that people use; every post by default.', text),
          ],
          binary(format === 'pdf' ? 'application/pdf' : xlsx),
        ),
      ]),
    ),
    '/api/items': {
      ...get(
        'Items handed over, what is due first comes first',
        [
          cursor,
          limit,
          query('unit', 'A unit by its id or short name.', text),
          query('kind', 'A kind by its name.', text),
          query('status', 'How it stands.', text),
          query('batch', 'The batch or list it came with.', text),
          query('heat', 'How near its deadline.', { enum: ['green', 'amber', 'red', 'overdue', 'none'] }),
          query('open', 'Only those that have not ended.', { type: 'boolean', default: false }),
        ],
        pageOf('Item'),
      ),
      ...post('Adds one item; the same number is the same item, which then stays as it is', ref('NewItem'), {
        '201': { description: 'It is new: its units have been told', ...json(postedItem) },
        '200': { description: 'The number was known; the item as it stands', ...json(postedItem) },
      }),
    },
    '/api/items/{id}': get('One item, whole, with the clocks that run', [itemId], json(ref('WholeItem'))),
    '/api/items/{id}/evidence': get('Everything ever said and filed about it, with hashes and seals', [itemId], binary('application/zip')),
    ...figurePaths(figureParts),
    ...appealPaths(figureParts),
    ...setUpPaths({ get, post, query, json, binary, ref }),
    '/api/reports/items': get(
      'How many are open, and how near their deadlines',
      [query('by', 'One count for each.', { enum: ['unit', 'kind'], default: 'unit' })],
      json({ type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'integer' } } }),
    ),
    '/api/reports/disclosure': get(
      'The public table in the ten columns of the inspection',
      [query('batch', 'One batch; cumulative without it.', text)],
      binary(xlsx),
    ),
    '/api/reports/item-ledger': get('The list by which items are struck off, with their ages', [], binary(xlsx)),
    '/api/files/{sha256}': get(
      'A file that was handed in',
      [
        { name: 'sha256', in: 'path', required: true, description: 'As the ledger and the messages name it.', schema: text },
        query('name', 'What to save it as.', text),
      ],
      { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
    ),
    ...webhookPaths(get),
    '/api/channels': get('How each channel does, as all instances see it together', [], json(ref('Channels'))),
    '/api/wall': get('The whole campaign at a glance', [], json({ $ref: '#/components/schemas/Wall' })),
    '/api/wall/live': get(
      'The wall as it moves, as server-sent events: `wall` once, whole, then `news`: tiles that are another than before, the newest rows, and of the last day what is new. Goes on after Last-Event-ID',
      [query('t', 'The token, where a header cannot be sent.', text)],
      { content: { 'text/event-stream': { schema: text } } },
    ),
    '/api/live': get(
      'The ledger as it grows, as server-sent events; goes on after Last-Event-ID',
      [
        query('after', 'Rows with a greater seq; only new ones by default.', { type: 'integer', minimum: 0 }),
        query('t', 'The token, where a header cannot be sent.', text),
      ],
      { content: { 'text/event-stream': { schema: text } } },
    ),
  }),
  webhooks,
  components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
};
