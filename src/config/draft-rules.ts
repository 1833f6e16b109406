import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { NamedRules } from '../domain/draft/named-rules.ts';
import { rotationKinds } from '../domain/rotation/rotation.ts';
import { dayKinds } from '../domain/roster/shift-hours.ts';
import { ConfigurationError, faultsOf } from './faults.ts';
import { localDate, moment, nameField, numberField, textField } from './fields.ts';

const wholeFrom = (least: number, example: number) =>
  numberField(`a whole number of at least ${least}`, example, (value) => Number.isInteger(value) && value >= least);

const clock = textField('a time of day', '08:30', (text) => (/^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(text) ? text : undefined));

/** An end at or before the begin is on the next day. */
const hours = z
  .strictObject({
    days: z
      .array(z.enum(dayKinds))
      .min(1)
      .default([...dayKinds]),
    from: clock,
    to: clock,
  })
  .transform(({ days, from, to }) => ({ kinds: days, hours: { from, to, toDay: to <= from ? (1 as const) : (0 as const) } }));

const person = nameField("a person's name or mobile number", 'Zhao Ming');
const people = z.array(person).min(1);

const rotation = z.strictObject({
  kind: z.enum(rotationKinds),
  length: wholeFrom(1, 1).default(1),
  startAt: moment,
  teams: z.array(people).min(1),
});

const post = z.strictObject({
  post: nameField('the name of a post or of its unit', 'Lixia'),
  hours: z.array(hours).min(1).optional(),
  officers: wholeFrom(1, 2).optional(),
  leader: z.boolean().optional(),
  people: people.optional(),
  leaders: people.optional(),
  rotation: rotation.optional(),
});

const fields = z.strictObject({
  restHours: numberField('a number of hours from 0 to 240', 12, (value) => value >= 0 && value <= 240).optional(),
  mostInRow: wholeFrom(1, 3).optional(),
  hours: z.array(hours).min(1).optional(),
  wishes: z.array(z.strictObject({ person, date: localDate, wants: z.boolean() })).default([]),
  away: z.array(z.strictObject({ person, from: localDate, to: localDate })).default([]),
  posts: z.array(post).default([]),
});

const keys = [fields, post, rotation].flatMap(({ shape }) => Object.keys(shape));

const parseJson = (source: string, text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new ConfigurationError(source, [{ name: 'the whole', problem: `no JSON: ${String(error)}` }]);
  }
};

/** Reads the rules of a draft. Throws a ConfigurationError with every fault at once. */
export const parseDraftRules = (source: string, text: string, zone: string): NamedRules => {
  const parsed = fields.safeParse(parseJson(source, text));
  if (!parsed.success) throw new ConfigurationError(source, faultsOf(parsed.error, keys));
  const { posts, ...rest } = parsed.data;
  return {
    ...rest,
    posts: posts.map(({ rotation: turns, ...own }) => (turns ? { ...own, rotation: { ...turns, startAt: turns.startAt(zone) } } : own)),
  };
};

export const readDraftRules = (path: string, zone: string): NamedRules => {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError(path, [{ name: 'the file', problem: 'it cannot be read', example: '--rule rules.json' }]);
  }
  return parseDraftRules(path, text, zone);
};
