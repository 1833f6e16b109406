import { checkCategories } from '../../src/domain/figures/check-category.ts';
import { stretchKinds } from '../../src/domain/figures/stretch.ts';

/** What `/api/figures` answers. */

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
