import { appealSchemas, figureSchemas } from './openapi-figures.ts';
import { sessionSchemas } from './openapi-session.ts';
import { setUpSchemas } from './openapi-set-up.ts';

/** What goes in and out below `/api`, as OpenAPI describes it. */

export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

export const text = { type: 'string' };
export const instant = { type: 'string', format: 'date-time' };
export const count = { type: 'integer', minimum: 0 };
export const texts = { type: 'array', items: text };
export const object = (required: readonly string[], properties: object): object => ({ type: 'object', required, properties });

const subject = {
  subject: text,
  color: { enum: ['green', 'waiting', 'escalated', 'empty', 'missed'] },
  lastContactAt: { type: ['string', 'null'], format: 'date-time' },
  lastContactBy: { ...text, description: 'Who gave it, where that is nobody who stands the post now.' },
  nextCheckAt: instant,
  obligation: { type: 'object' },
};

const holder = object(['role', 'personId', 'name'], { role: text, personId: text, name: text });
const named = object(['personId', 'name'], { personId: text, name: text });
const part = object(['postId', 'post', 'role', 'from', 'to'], { postId: text, post: text, role: text, from: instant, to: instant });

const paperFiles = {
  type: 'array',
  items: object(['sha256', 'name', 'bytes'], { sha256: { ...text, description: 'Of `/api/files/{sha256}`.' }, name: text, bytes: count }),
};
const paperSteps = {
  type: 'array',
  description: 'Who did what of it, in order; `at` null where it is still awaited, of a signature the date beside it.',
  items: object(['step', 'at', 'by'], { step: text, at: { type: ['string', 'null'] }, by: text, registeredBy: text, reason: text }),
};

export const schemas = {
  ...figureSchemas,
  ...appealSchemas,
  ...sessionSchemas,
  ...setUpSchemas,
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
  Obligation: object(
    ['id', 'kind', 'subject', 'subjectName', 'policy', 'status', 'stepNo', 'asked', 'told', 'openedAt', 'answerBy', 'nextAt'],
    {
      id: text,
      kind: text,
      policy: { ...text, description: 'The ladder that it climbs by.' },
      itemId: { ...text, description: 'The item, request, handover or other thing whose clock it is.' },
      key: { ...text, description: 'Tells clocks of one kind of one thing apart.' },
      roundId: text,
      cause: { ...text, description: 'Why it was opened, as figures.' },
      asked: { ...texts, description: 'Whose answer is owed.' },
      told: { ...texts, description: 'Who else was told.' },
      openedBy: text,
      isDelivered: { type: 'boolean' },
      isRead: { type: 'boolean' },
      deliveredLateMs: count,
      callResult: { enum: ['onPost', 'busy', 'invalidNumber', 'noAnswer', 'hungUp', 'standIn', 'pickedUp'] },
      missedAt: instant,
      endedAt: instant,
      endedBy: text,
      endReason: text,
      subject: text,
      subjectName: text,
      status: { enum: ['open', 'withOffice', 'answered', 'takenOver', 'withdrawn'] },
      stepNo: { type: 'integer' },
      openedAt: instant,
      answerBy: instant,
      nextAt: { type: ['string', 'null'], format: 'date-time' },
    },
  ),
  Subject: object(['at', 'subject', 'kind', 'name', 'places', 'nextCheckAt', 'people', 'shifts', 'open', 'acts'], {
    at: instant,
    subject: text,
    kind: { enum: ['post', 'unit', 'person'] },
    name: text,
    places: { type: 'array', items: object(['id', 'name'], { id: text, name: text, role: text }) },
    landline: { ...text, description: 'Of the post; masked for whoever sees no whole numbers.' },
    lastContactAt: { type: ['string', 'null'], format: 'date-time' },
    lastContactBy: { ...text, description: 'Who gave it, where that is nobody who stands the post now.' },
    nextCheckAt: { type: ['string', 'null'], format: 'date-time' },
    people: { type: 'array', items: holder },
    shifts: {
      type: 'array',
      items: object(['id', 'postId', 'post', 'from', 'to', 'isNow', 'holders'], {
        id: text,
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
  WholeItem: {
    allOf: [
      ref('Item'),
      object(['item', 'clocks', 'papers'], {
        item: { type: 'object', description: 'As the rules keep it, with everything said and filed; its instants in epoch ms.' },
        clocks: { type: 'array', items: object(['kind', 'subject', 'dueAt'], { kind: text, subject: text, dueAt: instant }) },
        papers: object(['handIns', 'rechecks', 'progress', 'extensions'], {
          handIns: {
            type: 'array',
            items: object(['no', 'outcome', 'text', 'files', 'steps'], {
              no: count,
              outcome: { enum: ['done', 'interim'] },
              text,
              finding: { enum: ['true', 'mostlyTrue', 'partlyTrue', 'untrue'] },
              handling: text,
              accountability: text,
              files: paperFiles,
              steps: paperSteps,
            }),
          },
          rechecks: {
            type: 'array',
            items: object(['at', 'by', 'passed', 'text'], { at: instant, by: text, passed: { type: 'boolean' }, text }),
          },
          progress: { type: 'array', items: object(['at', 'by', 'text', 'files'], { at: instant, by: text, text, files: paperFiles }) },
          extensions: {
            type: 'array',
            items: object(['no', 'toAt', 'reason', 'steps'], { no: count, toAt: instant, reason: text, steps: paperSteps }),
          },
        }),
      }),
    ],
  },
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
