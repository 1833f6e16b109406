import { checkCategories } from '../../src/domain/figures/check-category.ts';
import { stretchKinds } from '../../src/domain/figures/stretch.ts';
import { pictureNames } from '../../src/domain/figures/picture-names.ts';
import { reportTypes } from './figures.ts';

/** What `/api/figures` answers, and how it is asked for. */

type Parts = {
  readonly get: (summary: string, parameters: readonly object[], success: object) => object;
  readonly query: (name: string, description: string, schema: object) => object;
  readonly json: (schema: object) => object;
  readonly binary: (type: string) => object;
  readonly ref: (name: string) => object;
};

type AppealParts = Parts & {
  readonly post: (summary: string, body: object, success: { readonly [status: string]: object }) => object;
  readonly pageOf: (name: string) => object;
  readonly cursor: object;
  readonly limit: object;
  readonly fault: object;
};

const text = { type: 'string' };
const whole = { type: 'integer' };
const instant = { type: 'string', format: 'date-time' };
const maybe = (type: string, description: string): object => ({ type: [type, 'null'], description });
const object = (properties: object): object => ({ type: 'object', required: Object.keys(properties), properties });
const list = (properties: object, description?: string): object => ({
  type: 'array',
  ...(description === undefined ? {} : { description }),
  items: object(properties),
});

const measure = {
  asked: { ...whole, description: 'All checks: the sum of `counts`.' },
  counted: { ...whole, description: 'Those that count, the denominator of every rate.' },
  share: maybe('number', 'Answered in time, of those that count; null without any.'),
  p50Ms: maybe('integer', 'Half of those that count took no longer; silence counts as the whole window.'),
  p95Ms: maybe('integer', '95% of them took no longer.'),
  counts: object(Object.fromEntries(checkCategories.map((category) => [category, whole]))),
};
const itemCounts = { handedOver: whole, inTime: whole, late: whole, closed: whole, open: whole, overdue: whole };
const handovers = object({ inTime: whole, late: whole, lapsed: whole });
const definition = object({ title: text, meaning: text, numerator: text, denominator: text });

export const figureSchemas = {
  Figures: object({
    from: instant,
    to: { ...instant, description: 'Not included.' },
    asOf: {
      ...instant,
      description: 'Up to when they speak: the end of the period, or now; before `from` where the period has not begun.',
    },
    seq: { ...whole, description: 'The last row of the ledger that they rest on.' },
    units: list({ unitId: text, unit: text }, 'Whoever the caller may ask figures of: units, and working groups.'),
    coverage: list({
      postId: text,
      post: text,
      unitId: text,
      unit: text,
      totalMs: whole,
      coveredMs: whole,
      stretches: list({ from: instant, to: instant, kind: { enum: [...stretchKinds] }, people: list({ personId: text, name: text }) }),
    }),
    heat: list(
      { weekday: { ...whole, minimum: 1, maximum: 7 }, hour: whole, counted: whole, unanswered: whole },
      'Each hour of the week; Monday is 1.',
    ),
    league: {
      ...object({ rows: list({ unitId: text, unit: text, rank: maybe('integer', '1 is best.'), ...measure }), all: object(measure) }),
      description:
        'For the office best first, with ranks. An auditor sees each row without a rank, in the order of the directory; others their own.',
    },
    items: object({
      byKind: list({ kind: text, label: text, ...itemCounts }),
      byUnit: list({ unitId: text, unit: text, ...itemCounts }),
      ages: list({ upToDays: maybe('integer', 'Null: older than all others.'), count: whole }),
    }),
    loads: list({ personId: text, name: text, shifts: whole, nights: whole, weekends: whole, holidays: whole, standingMs: whole }),
    matters: object({ help: whole, postEmpty: whole, channelFailure: whole, handovers }),
    definitions: { type: 'object', additionalProperties: definition, description: 'What each figure is, of what.' },
  }),
};

const texts = { type: 'array', items: text };

const maybePerson = { anyOf: [object({ personId: text, name: text }), { type: 'null' }] };
const maybeInstant = { type: ['string', 'null'], format: 'date-time' };

const appealStatuses = ['appealable', 'asked', 'upheld', 'rejected', 'withdrawn'] as const;

export const appealSchemas = {
  Misses: object({
    unitId: text,
    unit: text,
    from: instant,
    to: instant,
    seq: { ...whole, description: 'The last row of the ledger that they rest on.' },
    items: list(
      {
        obligationId: { ...text, description: 'The check.' },
        subject: text,
        subjectName: text,
        openedAt: instant,
        category: { enum: [...checkCategories] },
        isDelivered: { type: 'boolean', description: 'A channel reported delivery, or a telephone rang.' },
        appeal: { enum: [...appealStatuses.filter((status) => status !== 'appealable'), null] },
        appealUntil: { ...instant, description: 'Until then the unit may appeal.' },
      },
      'The newest first.',
    ),
    isCut: { type: 'boolean', description: 'Older ones stand in the ledger alone.' },
  }),
  Appeal: object({
    id: { type: ['string', 'null'], description: 'Null while nobody has appealed.' },
    obligationId: { ...text, description: 'The check.' },
    unitId: text,
    unit: text,
    openedAt: { ...instant, description: 'When the check was asked.' },
    category: { enum: [...checkCategories], description: 'What it counted as when it was appealed against.' },
    status: { enum: [...appealStatuses] },
    askedAt: maybeInstant,
    askedBy: maybePerson,
    reason: maybe('string', 'Why the unit appeals.'),
    dueAt: { ...maybeInstant, description: 'When the word of the office is late.' },
    wordId: maybe('string', 'The obligation of the office to decide; null while nobody waits for its word.'),
    decidedAt: maybeInstant,
    decidedBy: maybePerson,
    verdict: maybe('string', 'Why it was rejected.'),
    withdrawnAt: maybeInstant,
    withdrawnBy: maybePerson,
  }),
};

const asked = (ref: AppealParts['ref']): object => ({
  allOf: [ref('Appeal'), object({ isNew: { type: 'boolean', description: 'False where it was appealed against before.' } })],
});

const reason = { type: 'string', minLength: 1, maxLength: 500 };
const body = (properties: object): object => ({ ...object(properties), additionalProperties: false });

export const appealPaths = ({
  get,
  post,
  query,
  cursor,
  limit,
  json,
  pageOf,
  ref,
  fault,
}: AppealParts): { readonly [path: string]: object } => {
  const ended = (summary: string, asked: object, success: string): object => {
    const path = post(summary, asked, {
      '200': { description: success, ...json(ref('Appeal')) },
      '404': fault,
      '409': fault,
    }) as { readonly post: object };
    const id = { name: 'id', in: 'path', required: true, description: "The appeal's id.", schema: text };
    return { post: { ...path.post, parameters: [id] } };
  };
  const told = 'The appeal as it stands; the unit has been told';
  return {
    '/api/appeals': {
      ...get(
        'Appeals against checks; or the checks of the last two weeks that may be appealed against',
        [
          cursor,
          limit,
          query('status', 'All appeals without it; `appealable`: what nobody has appealed against.', {
            enum: [...appealStatuses],
          }),
          query('unit', 'The id or a name of a unit.', text),
          query('order', 'Which comes first.', { enum: ['oldest', 'newest'], default: 'oldest' }),
        ],
        pageOf('Appeal'),
      ),
      ...post('Appeals against a check that counts against a unit of the caller', body({ obligationId: text, reason }), {
        '201': { description: 'The office has been asked', ...json(asked(ref)) },
        '200': { description: 'It was appealed against before; the appeal as it stands', ...json(asked(ref)) },
        '409': fault,
      }),
    },
    '/api/appeals/{id}/uphold': ended('The check leaves the figures', body({}), told),
    '/api/appeals/{id}/reject': ended('The check goes on counting; the unit is told why', body({ reason }), told),
    '/api/appeals/{id}/withdraw': ended(
      'Takes back what was appealed for a unit of the caller, until it is decided; it may be brought anew',
      body({}),
      'The appeal as it stands; the office owes no word any more',
    ),
  };
};

const report = { type: 'object', description: 'The same as the other forms say: a title, sections with their lines, tables.' };

const picture = {
  type: 'object',
  required: ['figure', 'from', 'to'],
  properties: {
    figure: { enum: [...pictureNames] },
    from: { ...text, maxLength: 40, description: 'As for /api/figures.' },
    to: { ...text, maxLength: 40, description: 'As for /api/figures.' },
    unit: { ...text, minLength: 1, maxLength: 200, description: 'The id or a name of a unit; all without it.' },
  },
  additionalProperties: false,
};

export const figurePaths = ({ get, post, query, json, binary, ref }: AppealParts): { readonly [path: string]: object } => ({
  '/api/figures': get(
    'The figures of a period, computed from the ledger, each with its definition',
    [
      query('from', 'A local date, or an instant; without it the campaign so far, its last 31 days at most.', text),
      query('to', 'A local date, which is included, or an instant, which is not; today without it.', text),
      query('unit', 'Ids or names of units; all without it. May be given several times.', texts),
      query('lang', 'Of the definitions and labels.', { enum: ['zh-CN', 'en'], default: 'zh-CN' }),
    ],
    json(ref('Figures')),
  ),
  '/api/figures/misses': get(
    'The checks of a period that count against a unit',
    [
      query('unit', 'The id or a name of a unit.', text),
      query('from', 'As for /api/figures.', text),
      query('to', 'As for /api/figures.', text),
    ],
    json(ref('Misses')),
  ),
  '/api/figures/pictures': post('Tells the ledger that a chart is saved as a picture, which the page draws by itself', picture, {
    '200': { description: 'It is in the ledger', ...json(object({ figure: text })) },
  }),
  ...Object.fromEntries(
    (['xlsx', 'pdf', 'png', 'json'] as const).map((format) => [
      `/api/reports/figures.${format}`,
      get(
        `The figures of a period as a report, ${format}; each export is in the ledger`,
        [
          query('from', 'As for /api/figures.', text),
          query('to', 'As for /api/figures.', text),
          query('unit', 'Ids or names of units; all without it.', texts),
          query('kind', 'What it is called.', { enum: ['daily', 'weekly', 'campaign', 'period'], default: 'period' }),
        ],
        format === 'json' ? json(report) : binary(reportTypes[format]),
      ),
    ]),
  ),
});
