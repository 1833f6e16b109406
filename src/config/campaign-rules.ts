import { z } from 'zod';
import { type Band, type ContactPolicy, isInBand } from '../domain/contact/contact-policy.ts';
import { itemPolicies } from '../domain/escalation/item-policies.ts';
import { reachPolicy } from '../domain/escalation/reach-policy.ts';
import { requestPolicies } from '../domain/escalation/request-policies.ts';
import { checkPolicy, officePolicy, type Policy, restorePolicy, roles, urgentPolicy, type Via } from '../domain/escalation/policy.ts';
import { durationMs, endMinuteOfDay, isRead, minuteOfDay, nameField, numberField, whereList } from './fields.ts';

const whole = (example: number, most: number) =>
  numberField(`a whole number from 0 to ${most}`, example, (value) => Number.isInteger(value) && value >= 0 && value <= most);

/** More than these in a day is a slip of the keyboard, and would keep nobody awake but everybody angry. */
const mostRandom = 24;
/** As many as the shipped ladders have at the most. */
const mostReminders = 144;

/** No fixed times were given, which is not the same as none: told apart by being this very list. */
const notSaid: readonly number[] = [];

const answerWindow = durationMs({ example: 'PT10M' }).prefault('PT10M');

const band = z
  .strictObject({
    name: nameField('the name of a band', 'day'),
    from: minuteOfDay,
    to: endMinuteOfDay,
    fixed: z.array(minuteOfDay).optional(),
    random: whole(1, mostRandom).default(1),
    answerWindow,
    silenceLimit: durationMs({ example: 'PT4H' }),
  })
  .transform((read): Band => ({
    name: read.name,
    fromMinute: read.from,
    toMinute: read.to,
    fixedMinutes: read.fixed?.toSorted((a, b) => a - b) ?? notSaid,
    random: read.random,
    answerWindowMs: read.answerWindow,
    silenceLimitMs: read.silenceLimit,
  }))
  .refine((read) => read.fixedMinutes.every((minute) => isInBand(read, minute)), {
    path: ['fixed'],
    message: 'a fixed check lies outside the band',
  })
  .refine((read) => read.answerWindowMs < read.silenceLimitMs, { path: ['answerWindow'], message: 'must be shorter than silenceLimit' });

const overlap = (one: Band, other: Band): boolean => isInBand(one, other.fromMinute) || isInBand(other, one.fromMinute);

const areApart = (bands: readonly Band[]): boolean =>
  bands.every((one, index) => bands.slice(index + 1).every((other) => !overlap(one, other)));

const bands = z
  .array(band)
  .min(1, 'must have at least one band')
  .refine((read) => !read.every(isRead) || areApart(read), { when: whereList, message: 'two bands overlap' });

const contactPolicy = (defaults: { readonly bands: z.input<typeof bands> }) =>
  z
    .strictObject({
      bands: bands.prefault(defaults.bands),
      quietAfterPresence: durationMs({ from: 0, example: 'PT20M' }).prefault('PT20M'),
      proof: z.enum(['acknowledge', 'code']).default('acknowledge'),
    })
    .transform((read): ContactPolicy => ({ bands: read.bands, quietAfterPresenceMs: read.quietAfterPresence, proof: read.proof }))
    .prefault({});

/** Where the team is on site the fixed times of everybody hold as well, unless it has its own. */
const withFixedOf = (posts: ContactPolicy, onSite: ContactPolicy): ContactPolicy => {
  if (onSite.bands.some(({ fixedMinutes }) => fixedMinutes !== notSaid)) return onSite;
  const fixed = posts.bands.flatMap(({ fixedMinutes }) => fixedMinutes).toSorted((a, b) => a - b);
  return { ...onSite, bands: onSite.bands.map((one) => ({ ...one, fixedMinutes: fixed.filter((minute) => isInBand(one, minute)) })) };
};

/** Three checks by day and one by night for a post, one in daytime for a standing contact; silence at most 4 hours, 10 by night. Twice as close where the team is on site. */
export const contactPolicies = z
  .strictObject({
    posts: contactPolicy({
      bands: [
        { name: 'day', from: '07:00', to: '22:00', fixed: ['10:00', '16:00'], random: 1, silenceLimit: 'PT4H' },
        { name: 'night', from: '22:00', to: '07:00', random: 1, silenceLimit: 'PT10H' },
      ],
    }),
    onSite: contactPolicy({
      bands: [
        { name: 'day', from: '07:00', to: '22:00', random: 4, silenceLimit: 'PT2H' },
        { name: 'night', from: '22:00', to: '07:00', random: 2, silenceLimit: 'PT5H' },
      ],
    }),
    standing: contactPolicy({ bands: [{ name: 'day', from: '09:00', to: '17:00', random: 1, silenceLimit: 'PT36H' }] }),
  })
  .transform(({ posts, onSite, standing }) => ({ posts, onSite: withFixedOf(posts, onSite), standing }))
  .prefault({});

const vias = ['card', 'sms', 'voice'] as const satisfies readonly Via[];

const repeat = z
  .strictObject({ every: durationMs({ from: 1000, example: 'PT10M' }), times: whole(3, mostReminders) })
  .transform(({ every, times }) => ({ everyMs: every, times }));

/** `after` counts from the opening, or from an item's deadline; `before` is ahead of that deadline. */
const step = z
  .strictObject({
    after: durationMs({ from: 0, example: 'PT3M' }).optional(),
    before: durationMs({ from: 1000, example: 'PT24H' }).optional(),
    notify: z.array(z.enum(roles)),
    via: z.enum(vias).default('card'),
    repeat: repeat.optional(),
  })
  .refine((read) => (read.after === undefined) !== (read.before === undefined), {
    path: ['after'],
    message: 'a step has either after or before',
  })
  .transform((read) => ({
    afterMs: read.after ?? -(read.before ?? 0),
    notify: read.notify,
    via: read.via,
    ...(read.repeat && { repeat: read.repeat }),
  }));

const shippedOf = (name: string) => [...itemPolicies, ...requestPolicies, reachPolicy].find((shipped) => shipped.name === name);
const hoursOf = (name: string) => shippedOf(name)?.hours;

/** Any will do: the campaign's own take their place. */
const someHours = itemPolicies.find(({ hours }) => hours !== undefined)!.hours!;

/** Policies that ask of posts, whose ladders count from the opening. */
export const isForPosts = (name: string): boolean =>
  [checkPolicy, urgentPolicy, restorePolicy, officePolicy].some((policy) => policy.name === name);

const policy = z
  .strictObject({
    name: nameField('the name of a policy', 'check'),
    // what counts from a deadline may be late at once
    answerWindow: durationMs({ from: 0, example: 'PT10M' }).prefault('PT10M'),
    steps: z.array(step),
    opening: z.array(z.enum(roles)).optional(),
    waitsForHours: z.boolean().optional(),
    gather: durationMs({ from: 60_000, example: 'PT30M' }).optional(),
    remindOfficeEvery: durationMs({ from: 60_000, example: 'PT30M' }).prefault('PT30M'),
  })
  .refine((read) => !isForPosts(read.name) || read.answerWindow > 0, {
    path: ['answerWindow'],
    message: 'nobody can answer in no time at all',
  })
  .refine((read) => !isForPosts(read.name) || read.steps.every(({ afterMs }) => afterMs >= 0), {
    path: ['steps'],
    message: 'a step comes before a deadline, which only items have',
  })
  .refine((read) => !isForPosts(read.name) || (read.opening === undefined && read.gather === undefined && read.waitsForHours !== true), {
    message: 'opening, gather and waitsForHours are for items only',
  })
  .transform((read): Policy => {
    const gatherMs = read.gather ?? shippedOf(read.name)?.gatherMs;
    const hours = read.waitsForHours === undefined ? hoursOf(read.name) : read.waitsForHours ? someHours : undefined;
    return {
      name: read.name,
      answerWindowMs: read.answerWindow,
      steps: read.steps.toSorted((a, b) => a.afterMs - b.afterMs),
      ...(read.opening === undefined ? {} : { opening: read.opening }),
      ...(gatherMs === undefined ? {} : { gatherMs }),
      ...(hours === undefined ? {} : { hours }),
      remindOfficeEveryMs: read.remindOfficeEvery,
    };
  });

export const policies = z
  .array(policy)
  .refine((read) => !read.every(isRead) || new Set(read.map((each) => each.name)).size === read.length, {
    when: whereList,
    message: 'two policies have the same name',
  });
