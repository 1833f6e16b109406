import { limits } from './limits.ts';
import { figurePaths, figureSchemas } from './openapi-figures.ts';
import { chatBody, sessionSchemas, signedOut, signOutBody } from './openapi-session.ts';

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

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const pageOf = (name: string): object =>
  json({
    type: 'object',
    required: ['items', 'next'],
    properties: { items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } }, next: { type: ['string', 'null'] } },
  });

const text = { type: 'string' };
const instant = { type: 'string', format: 'date-time' };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };
const object = (required: readonly string[], properties: object): object => ({ type: 'object', required, properties });

const pathId = { name: 'id', in: 'path', required: true, schema: text };
const viewer = query('as', 'In a demo, who looks: the id of a person.', text);
const itemId = { name: 'id', in: 'path', required: true, description: "The item's id.", schema: text };
const binary = (type: string): object => ({ content: { [type]: { schema: { type: 'string', format: 'binary' } } } });
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const subject = {
  subject: text,
  color: { enum: ['green', 'waiting', 'escalated', 'empty', 'missed'] },
  lastContactAt: { type: ['string', 'null'], format: 'date-time' },
  nextCheckAt: instant,
  obligation: { type: 'object' },
};

const holder = object(['role', 'personId', 'name'], { role: text, personId: text, name: text });
const named = object(['personId', 'name'], { personId: text, name: text });
const part = object(['postId', 'post', 'role', 'from', 'to'], { postId: text, post: text, role: text, from: instant, to: instant });

const schemas = {
  ...figureSchemas,
  ...sessionSchemas,
  Fault: object(['error'], {
    error: object(['code', 'message', 'what_to_do'], { code: text, message: text, what_to_do: text, detail: text }),
  }),
  Person: object(['id', 'name', 'mobile', 'isOffice', 'isDisabled', 'roles', 'posts'], {
    id: text,
    name: text,
    mobile: text,
    title: text,
    isOffice: { type: 'boolean' },
    isDisabled: { type: 'boolean' },
    roles: { type: 'array', items: object(['role', 'of', 'name'], { role: text, of: text, name: text }) },
    posts: { type: 'array', items: object(['id', 'name', 'unit'], { id: text, name: text, unit: text }) },
  }),
  Obligation: object(['id', 'kind', 'subject', 'subjectName', 'status', 'stepNo', 'openedAt', 'answerBy', 'nextAt'], {
    id: text,
    kind: text,
    itemId: text,
    subject: text,
    subjectName: text,
    status: { enum: ['open', 'withOffice', 'answered', 'takenOver', 'withdrawn'] },
    stepNo: { type: 'integer' },
    openedAt: instant,
    answerBy: instant,
    nextAt: { type: ['string', 'null'], format: 'date-time' },
  }),
  Subject: object(['at', 'subject', 'kind', 'name', 'places', 'lastContactAt', 'nextCheckAt', 'people', 'shifts', 'open', 'acts'], {
    at: instant,
    subject: text,
    kind: { enum: ['post', 'unit', 'person'] },
    name: text,
    places: { type: 'array', items: object(['id', 'name'], { id: text, name: text, role: text }) },
    landline: text,
    lastContactAt: { type: ['string', 'null'], format: 'date-time' },
    nextCheckAt: { type: ['string', 'null'], format: 'date-time' },
    people: { type: 'array', items: holder },
    shifts: {
      type: 'array',
      items: object(['postId', 'post', 'from', 'to', 'isNow', 'holders'], {
        postId: text,
        post: text,
        from: instant,
        to: instant,
        isNow: { type: 'boolean' },
        holders: { type: 'array', items: holder },
        notHandedOverTo: { type: 'array', items: holder },
      }),
    },
    open: { type: 'array', items: ref('Obligation') },
    subjects: texts,
    acts: texts,
  }),
  Item: object(['id', 'number', 'kind', 'status', 'heat', 'text', 'units', 'handedOverAt', 'dueAt', 'versions'], {
    id: text,
    number: text,
    kind: text,
    status: text,
    heat: { enum: ['green', 'amber', 'red', 'overdue', 'none'] },
    text,
    batch: text,
    district: text,
    pollution: texts,
    isSpecial: { type: 'boolean' },
    isUrgent: { type: 'boolean' },
    units: {
      type: 'array',
      items: object(['id', 'name', 'isLead'], { id: text, name: text, isLead: { type: 'boolean' }, receivedAt: instant }),
    },
    handedOverAt: instant,
    dueAt: { type: ['string', 'null'], format: 'date-time' },
    versions: { type: 'integer' },
    closedAt: instant,
    followUpDueAt: instant,
  }),
  NewItem: {
    ...object(['kind', 'text', 'units'], {
      kind: { ...text, description: "A kind's name, such as assigned or petition." },
      number: { ...text, maxLength: 60, description: 'The same number is the same item; one is made up where it is left out.' },
      text: { ...text, maxLength: 10_000 },
      units: { ...texts, minItems: 1, maxItems: 50, description: 'Names or ids; the first one leads.' },
      limit: {
        ...text,
        maxLength: 120,
        description: "As people write it, such as 3\u65e5\u5185 or 2021-09-03 17:00; the kind's own where it is left out.",
      },
      handedOverAt: { ...instant, description: 'Now where it is left out.' },
      district: text,
      pollution: { ...texts, maxItems: 20 },
      source: text,
      isUrgent: { type: 'boolean', default: false },
    }),
    additionalProperties: false,
  },
  DutyRequest: object(
    [
      'id',
      'kind',
      'status',
      'askedAt',
      'askedBy',
      'holder',
      'substitute',
      'gives',
      'takes',
      'consent',
      'acceptedAt',
      'approvedAt',
      'approvedBy',
      'statusAt',
    ],
    {
      id: text,
      kind: { enum: ['leave', 'swap', 'cover'] },
      status: { enum: ['asked', 'accepted', 'effective', 'refused', 'withdrawn', 'expired', 'undone'] },
      isOutside: { type: 'boolean', description: 'The substitute is of another unit.' },
      askedAt: instant,
      askedBy: named,
      holder: { ...named, description: 'Who goes.' },
      substitute: { oneOf: [named, { type: 'null' }], description: 'Who comes; null while nobody is named.' },
      gives: { type: 'array', items: part, description: 'What the holder hands over.' },
      takes: { type: 'array', items: part, description: 'What the holder stands in return.' },
      standing: object(['from', 'to'], { from: instant, to: instant }),
      consent: object(['rule', 'people'], {
        rule: { enum: ['leader', 'principal', 'shiftLeader', 'office'] },
        people: { type: 'array', items: named },
      }),
      acceptedAt: { type: ['string', 'null'], format: 'date-time' },
      approvedAt: { type: ['string', 'null'], format: 'date-time' },
      approvedBy: { oneOf: [named, { type: 'null' }] },
      statusAt: instant,
    },
  ),
  LedgerRow: object(['seq', 'at', 'bureau', 'event', 'data'], {
    seq: { type: 'integer' },
    at: instant,
    bureau: text,
    event: text,
    obligationId: text,
    itemId: text,
    actor: text,
    channel: text,
    data: { type: 'object' },
  }),
  RosterRow: object(['postId', 'post', 'unit', 'from', 'to', 'holders'], {
    postId: text,
    post: text,
    unit: text,
    from: { type: ['string', 'null'], format: 'date-time' },
    to: { type: ['string', 'null'], format: 'date-time' },
    holders: { type: 'array', items: object(['role', 'personId', 'name'], { role: text, personId: text, name: text }) },
    notHandedOverTo: {
      type: 'array',
      description: 'Who is to take it over and has not accepted; absent where it is handed over.',
      items: object(['personId', 'name'], { personId: text, name: text }),
    },
  }),
  Handover: object(['id', 'postId', 'post', 'unit', 'at', 'openedAt', 'status', 'outgoing', 'incoming', 'acceptedAt', 'acceptedBy'], {
    id: text,
    postId: text,
    post: text,
    unit: text,
    at: { ...instant, description: 'The boundary between the shifts.' },
    openedAt: instant,
    status: { type: 'string', enum: ['waiting', 'overdue', 'accepted', 'late', 'lapsed'] },
    outgoing: { type: 'array', items: object(['role', 'personId', 'name'], { role: text, personId: text, name: text }) },
    incoming: { type: 'array', items: object(['role', 'personId', 'name'], { role: text, personId: text, name: text }) },
    acceptedAt: { type: ['string', 'null'], format: 'date-time' },
    acceptedBy: { type: ['string', 'null'] },
    lapsedAt: { type: ['string', 'null'], format: 'date-time' },
    reason: { type: ['string', 'null'], description: 'Why it came to nothing.' },
    open: { type: 'array', items: object(['kind', 'subject', 'since'], { kind: text, subject: text, since: instant }) },
    due: { type: 'array', items: object(['itemId', 'kind', 'dueAt'], { itemId: text, kind: text, dueAt: instant }) },
    notes: { type: 'array', items: object(['at', 'by', 'text'], { at: instant, by: text, text }) },
    delays: { type: 'array', items: object(['at', 'by'], { at: instant, by: text }) },
  }),
  Channels: object(['at', 'windowMinutes', 'items'], {
    at: instant,
    windowMinutes: { type: 'number', description: 'Real minutes that the figures are of.' },
    items: { type: 'array', items: ref('Channel') },
  }),
  Channel: object(['channel', 'state', 'sent', 'perMinute', 'failed', 'errors', 'latencyMs', 'breaker', 'quotas', 'received'], {
    channel: text,
    state: { enum: ['failing', 'troubled', 'working', 'idle'] },
    failingSince: { ...instant, description: 'Since when the office knows that it fails; absent while it does not.' },
    sent: count,
    perMinute: { type: 'number' },
    failed: count,
    errors: {
      type: 'array',
      items: object(['kind', 'code', 'count'], {
        kind: { enum: ['transport', 'refused', 'busy', 'limited', 'leftAlone'] },
        code: text,
        count,
      }),
    },
    latencyMs: { type: ['object', 'null'], properties: { p50: { type: 'number' }, p95: { type: 'number' } } },
    breaker: { enum: ['closed', 'open', 'halfOpen', null], description: 'The worst of all instances.' },
    quotas: { type: 'array', items: object(['left', 'of', 'perMs'], { left: count, of: count, perMs: count }) },
    lastSentAt: { type: ['string', 'null'], format: 'date-time' },
    lastFailedAt: { type: ['string', 'null'], format: 'date-time' },
    lastCode: { type: ['string', 'null'], description: 'What the platform said at the last failure.' },
    received: {
      type: 'object',
      description: 'Requests of the platform: taken, or why they were refused.',
      additionalProperties: count,
    },
  }),
  Wall: object(['at', 'campaign', 'mode', 'clockScale', 'posts', 'standing', 'office', 'counts'], {
    at: instant,
    campaign: text,
    mode: { type: 'string', enum: ['demo', 'production'] },
    clockScale: { type: 'number', description: 'Campaign seconds to a real second.' },
    nextRoundAt: { type: 'string', description: 'When all posts are asked next; absent where no round is ahead.' },
    posts: {
      type: 'array',
      items: {
        type: 'object',
        properties: { ...subject, unit: text, post: text, onDuty: texts, coDuty: texts, shiftLeader: texts, notHandedOverTo: texts },
      },
    },
    standing: { type: 'array', items: { type: 'object', properties: { ...subject, name: text, roles: texts } } },
    office: { type: 'array', items: { type: 'object' } },
    counts: { type: 'object', additionalProperties: { type: 'integer' } },
  }),
};

const handoversAsked = [
  query('post', 'A post or a unit by its id or a name that people use; every post by default.', text),
  query('from', 'Boundaries from this instant on.', instant),
  query('to', 'Boundaries before this instant.', instant),
];

/** OpenAPI 3.1 of what is below `/api`. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'zaigang',
    version: '1',
    description:
      'What there is, and items to add. In a demo it is open to the machine itself; in production it wants the session of a person who is signed in, or their token, and shows what their roles see.',
  },
  paths: {
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
      json({ allOf: [ref('Obligation'), object(['acts'], { acts: texts })] }),
    ),
    '/api/subjects/{id}': get(
      'A post, a unit or a person: who stands, what is open, what comes, and what the one who looks may do',
      [pathId, viewer],
      json(ref('Subject')),
    ),
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
        query('order', 'With newest, `after` is the seq to go back from.', { enum: ['oldest', 'newest'], default: 'oldest' }),
      ],
      pageOf('LedgerRow'),
    ),
    '/api/roster': get(
      'Who stands each post',
      [cursor, limit, query('at', 'ISO 8601 with offset; now by default.', instant)],
      pageOf('RosterRow'),
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
        '201': { description: 'It is new: its units have been told', ...json(ref('Item')) },
        '200': { description: 'The number was known; the item as it stands', ...json(ref('Item')) },
      }),
    },
    '/api/items/{id}': get('One item, whole, with the clocks that run', [itemId], json(ref('Item'))),
    '/api/items/{id}/evidence': get('Everything ever said and filed about it, with hashes and seals', [itemId], binary('application/zip')),
    ...figurePaths({ get, query, json, binary, ref }),
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
    '/api/channels': get('How each channel does, as all instances see it together', [], json(ref('Channels'))),
    '/api/wall': get('The whole campaign at a glance', [], json({ $ref: '#/components/schemas/Wall' })),
    '/api/wall/live': get(
      'The wall as it moves, as server-sent events: `wall` once, whole, then `news`: tiles that are another than before, and the newest rows',
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
  },
  components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
};
