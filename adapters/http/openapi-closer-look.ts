import { lookedKinds } from '../../src/ports/looked-kinds.ts';
import { instant, object, ref, text } from './openapi-schemas.ts';

type Parts = {
  readonly get: (summary: string, parameters: readonly object[], success: object) => object;
  readonly query: (name: string, description: string, schema: object) => object;
  readonly json: (schema: object) => object;
  readonly viewer: object;
  readonly pathId: object;
};

const holders = { type: 'array', items: object(['role', 'personId', 'name'], { role: text, personId: text, name: text }) };
const orNull = (schema: object): object => ({ oneOf: [schema, { type: 'null' }] });
const nullableText = { type: ['string', 'null'] };
const change = object(['id', 'at', 'status', 'acceptedAt', 'acceptedBy'], {
  id: text,
  at: instant,
  status: text,
  acceptedAt: { type: ['string', 'null'], format: 'date-time' },
  acceptedBy: nullableText,
});

const shift = object(['id', 'at', 'postId', 'post', 'unit', 'from', 'to', 'isNow', 'isOver', 'holders', 'people', 'requests'], {
  id: text,
  at: instant,
  postId: text,
  post: text,
  unit: object(['id', 'name'], { id: text, name: text }),
  from: instant,
  to: instant,
  isNow: { type: 'boolean' },
  isOver: { type: 'boolean' },
  landline: { ...text, description: 'Of the post; masked for whoever sees no whole numbers.' },
  holders,
  notHandedOverTo: holders,
  people: holders,
  takenOver: orNull(change),
  givenOn: orNull(change),
  requests: { type: 'array', items: ref('DutyRequest') },
  before: nullableText,
  after: nullableText,
});

const handover = {
  allOf: [
    ref('Handover'),
    object(['obligationId', 'shiftBefore', 'shiftAfter'], { obligationId: text, shiftBefore: nullableText, shiftAfter: nullableText }),
  ],
};

const input = object(['id', 'label', 'type', 'isRequired'], {
  id: { ...text, description: 'Sent under this name beside the members of the value.' },
  label: text,
  type: { enum: ['text', 'date', 'time', 'choice'] },
  isRequired: { type: 'boolean' },
  isMultiline: { type: 'boolean' },
  choices: { type: 'array', items: object(['title', 'value'], { title: text, value: text }) },
  value: text,
});

const offer = object(['title', 'value'], {
  title: text,
  value: { ...object(['action'], { action: text }), description: 'To be sent as `value` of a message, with what was put in.' },
  style: { enum: ['positive', 'destructive'] },
  inputs: { type: 'array', items: input },
  takesFiles: { type: 'boolean' },
  needsFiles: { type: 'boolean' },
  hint: text,
});

export const closerLookPaths = ({ get, query, json, viewer, pathId }: Parts): { readonly [path: string]: object } => ({
  '/api/shifts/{id}': get(
    'A shift: who stands it, how it was taken over and given on, what was asked for about it; its story is /api/ledger?subject=&from=&to=',
    [pathId],
    json(shift),
  ),
  '/api/handovers/{id}': get('A change of shift: who goes, who comes, what was handed over, what was noted', [pathId], json(handover)),
  '/api/desk/{kind}/{id}': get(
    'What whoever looks may do about it, each as the bot takes it in their own conversation; asked of the rules that decide',
    [
      { name: 'kind', in: 'path', required: true, schema: { enum: lookedKinds } },
      pathId,
      viewer,
      query('lang', 'Of the titles and labels.', { enum: ['zh-CN', 'en'], default: 'zh-CN' }),
    ],
    json(object(['items'], { items: { type: 'array', items: offer } })),
  ),
});
