import { checkCategories } from '../../src/domain/figures/check-category.ts';
import { stretchKinds } from '../../src/domain/figures/stretch.ts';
import { reportTypes } from './figures.ts';

/** What `/api/figures` answers, and how it is asked for. */

type Parts = {
  readonly get: (summary: string, parameters: readonly object[], success: object) => object;
  readonly query: (name: string, description: string, schema: object) => object;
  readonly json: (schema: object) => object;
  readonly binary: (type: string) => object;
  readonly ref: (name: string) => object;
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
    asOf: { ...instant, description: 'Up to when they speak: the end of the period, or now.' },
    seq: { ...whole, description: 'The last row of the ledger that they rest on.' },
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
      description: 'Best first. How units compare is only for the office; others see their own row, without a rank.',
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

export const figurePaths = ({ get, query, json, binary, ref }: Parts): { readonly [path: string]: object } => ({
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
        binary(reportTypes[format]),
      ),
    ]),
  ),
});
