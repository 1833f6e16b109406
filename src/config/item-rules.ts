import { z } from 'zod';
import { shippedKinds, type ItemField, type ItemKind, type KindLimit } from '../domain/items/item-kind.ts';
import { limitLevels, type LimitLevel } from '../domain/items/item.ts';
import { usualChainDays, type ChainDays } from '../domain/items/limit.ts';
import type { CampaignPhase } from '../domain/items/phase.ts';
import { deadline, durationMs, isRead, minuteOfDay, moment, nameField, numberField, textField, whereList } from './fields.ts';

const mostDays = 3_660;

const wholeUpTo = (example: number, most: number) =>
  numberField(`a whole number from 1 to ${most}`, example, (value) => Number.isInteger(value) && value >= 1 && value <= most);

const limit = z.union([
  z
    .strictObject({ days: wholeUpTo(3, mostDays), working: z.boolean().default(false) })
    .transform(({ days, working }): KindLimit => ({ type: 'days', count: days, day: working ? 'working' : 'natural' })),
  z.strictObject({ hours: wholeUpTo(24, mostDays * 24) }).transform(({ hours }): KindLimit => ({ type: 'hours', count: hours })),
  z.strictObject({ daily: minuteOfDay }).transform(({ daily }): KindLimit => ({ type: 'daily', minute: daily })),
  z.literal('asked').transform((): KindLimit => ({ type: 'asked' })),
]);

const phaseNames = ['before', 'during', 'onSite', 'after'] as const satisfies readonly CampaignPhase[];
const fieldNames = ['text', 'number', 'district', 'pollution', 'limit', 'source'] as const satisfies readonly ItemField[];

const kindName = textField('a name of letters and digits', 'sandstorm', (text) =>
  /^[a-z][A-Za-z\d]{0,31}$/.test(text) ? text : undefined,
);

const shippedNames = shippedKinds.map((kind) => kind.name);

const opens = z.union([
  z
    .strictObject({ daily: z.array(z.enum(phaseNames)).min(1) })
    .transform(({ daily }): NonNullable<ItemKind['opens']> => ({ type: 'daily', phases: daily })),
  z
    .strictObject({ phaseEnd: z.enum(phaseNames) })
    .transform(({ phaseEnd }): NonNullable<ItemKind['opens']> => ({ type: 'phaseEnd', phase: phaseEnd })),
]);

/** What is left out is as in the kind that it is `like`. */
const kind = z
  .strictObject({
    name: kindName,
    label: nameField('what people call it', 'Sandstorm').optional(),
    like: z.enum(shippedNames).optional(),
    limit: limit.optional(),
    receiptWithin: durationMs({ from: 60_000, example: 'PT2H' }).optional(),
    requires: z.array(z.enum(fieldNames)).optional(),
    policy: nameField('the name of a policy', 'work').optional(),
    receiptPolicy: nameField('the name of a policy', 'receipt').optional(),
    needsPlan: z.boolean().optional(),
    needsSignOff: z.boolean().optional(),
    followUpAfterDays: wholeUpTo(30, mostDays).nullable().optional(),
    reviewWithin: durationMs({ from: 60_000, example: 'P1D' }).optional(),
    amber: durationMs({ from: 0, example: 'P1D' }).optional(),
    opens: opens.nullable().optional(),
  })
  .transform((read): ItemKind => {
    const base = shippedKinds.find(({ name }) => name === (read.like ?? read.name)) ?? shippedKinds[0]!;
    const { followUpAfterDays: again, opens: opening, label: _label, ...rest } = base;
    const followUpAfterDays = read.followUpAfterDays === undefined ? again : (read.followUpAfterDays ?? undefined);
    const opened = read.opens === undefined ? opening : (read.opens ?? undefined);
    return {
      ...rest,
      name: read.name,
      ...(read.label === undefined ? {} : { label: read.label }),
      limit: read.limit ?? base.limit,
      receiptWithinMs: read.receiptWithin ?? base.receiptWithinMs,
      requiredFields: read.requires ?? base.requiredFields,
      policy: read.policy ?? base.policy,
      receiptPolicy: read.receiptPolicy ?? base.receiptPolicy,
      needsPlan: read.needsPlan ?? base.needsPlan,
      needsSignOff: read.needsSignOff ?? base.needsSignOff,
      ...(followUpAfterDays === undefined ? {} : { followUpAfterDays }),
      reviewWithinMs: read.reviewWithin ?? base.reviewWithinMs,
      ...(opened === undefined ? {} : { opens: opened }),
      amberMs: read.amber ?? base.amberMs,
    };
  });

const isUnlike = (names: readonly string[]): boolean => new Set(names).size === names.length;

export const kinds = z.array(kind).refine((read) => !read.every(isRead) || isUnlike(read.map(({ name }) => name)), {
  when: whereList,
  message: 'two kinds have the same name',
});

/** A phase from an instant on, for one district or (without `unit`) for all; `to` where its end is known. */
export const phases = z.array(
  z.strictObject({
    phase: z.enum(phaseNames),
    from: moment,
    to: moment.optional(),
    unit: nameField('the name of a unit', 'a district').optional(),
  }),
);

const ladders = z.record(nameField('the name of a policy', 'work'), nameField('the name of a policy', 'workUrgent')).optional();

/** Which ladders take the place of others where a unit is in a phase. */
export const phasePolicies = z.strictObject({ before: ladders, during: ladders, onSite: ladders, after: ladders }).optional();

/** What units have to file before the inspection arrives: by when, and how long ahead they are asked. */
export const readiness = z.strictObject({ by: deadline, ahead: durationMs({ from: 0, example: 'P14D' }).prefault('P14D') }).optional();

const levelDays = (level: LimitLevel) =>
  wholeUpTo(usualChainDays[level] ?? 3, mostDays)
    .nullable()
    .optional();

/** Whoever stands further out never has less time than those who answer to them. */
const growOutwards = (days: ChainDays): boolean => {
  const named = limitLevels.flatMap((level) => days[level] ?? []);
  return named.every((count, index) => index === 0 || named[index - 1]! <= count);
};

/** Days of each level from handing over; what is left out is as usual, `null` takes a level out of the chain. */
export const chainDays = z
  .strictObject({
    unit: wholeUpTo(3, mostDays).optional(),
    bureau: levelDays('bureau'),
    city: levelDays('city'),
    province: levelDays('province'),
    team: levelDays('team'),
  })
  .transform((read): ChainDays => {
    const days: { [level in LimitLevel]?: number } = {};
    for (const level of limitLevels) {
      const count = read[level] === undefined ? usualChainDays[level] : read[level];
      if (typeof count === 'number') days[level] = count;
    }
    return days;
  })
  .refine(growOutwards, {
    message: `must not shrink on the way out: ${limitLevels.join(', ')}`,
    params: { example: '{ "unit": 3, "bureau": 4, "city": 5, "province": 7, "team": 10 }' },
  })
  .prefault({});

/** A kind that names no limit of its own gives a unit its part of the chain, where the kind it is like does. */
export const inChain = (kind: ItemKind, { unit }: ChainDays): ItemKind => {
  // Taken over from a shipped kind it is the very same limit; one that the file names is another, whatever it says.
  const isTakenOver = shippedKinds.some(({ limit }) => limit === kind.limit);
  const { limit: own } = kind;
  if (!isTakenOver || own.type !== 'days' || own.count !== usualChainDays.unit || unit === undefined) return kind;
  return { ...kind, limit: { ...own, count: unit } };
};
