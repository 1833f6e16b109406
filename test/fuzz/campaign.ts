import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readCampaign } from '../../src/config/campaign.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';
import { type Fuzz, withinWork } from './fuzz.ts';
import { anyJson, oddText } from './hostile.ts';

const whole: unknown = {
  ...(JSON.parse(readFileSync(demoCampaignFile, 'utf8')) as object),
  policies: [{ name: 'check', answerWindow: 'PT10M', steps: [{ after: 'PT0S', notify: ['onDuty'], via: 'card' }] }],
  kinds: [{ name: 'sandstorm', label: '扬沙', like: 'assigned', limit: { hours: 12 }, policy: 'workUrgent' }],
  auditors: ['138-0000-0001'],
  limits: { consecutiveShifts: 3, rest: 'PT12H' },
  handover: { lead: 'PT15M', window: 'PT10M' },
  reachTest: { ahead: 'PT24H', answerBefore: 'PT12H', again: 'P14D' },
  shiftReminders: ['PT24H'],
  readiness: { by: '2021-08-25T18:00', ahead: 'P5D' },
  chainDays: { unit: 3, city: 3 },
};

type Change = {
  readonly path: readonly number[];
  readonly how: 'remove' | 'replace' | 'rename' | 'add';
  readonly put: unknown;
  readonly name: string;
};

/** Follows the numbers down as far as there is something, and changes what is there. */
const changed = (value: unknown, { path, how, put, name }: Change): unknown => {
  if (typeof value !== 'object' || value === null || path.length === 0) return put;
  const [at = 0, ...rest] = path;
  const names = Object.keys(value);
  if (names.length === 0) return put;
  const one = names[at % names.length]!;
  const inner: unknown = Reflect.get(value, one);
  const others = Object.entries(value).filter(([key]) => key !== one);
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    if (isLast && how === 'remove') return value.filter((_, index) => String(index) !== one);
    if (isLast && how === 'add') return [...(value as unknown[]), put];
    return value.with(Number(one), isLast ? put : changed(inner, { path: rest, how, put, name }));
  }
  if (!isLast) return { ...value, [one]: changed(inner, { path: rest, how, put, name }) };
  if (how === 'remove') return Object.fromEntries(others);
  if (how === 'rename') return Object.fromEntries([...others, [name, inner]]);
  return how === 'add' ? Object.fromEntries([...Object.entries(value), [name, put]]) : { ...value, [one]: put };
};

const wrong = fc.oneof(
  anyJson,
  fc.constantFrom<unknown>(
    'PT',
    'P1Y',
    '-PT1H',
    'PT99999999999H',
    '25:00',
    '24:00',
    '08:30',
    '2021-02-30',
    '2021-08-27T25:00',
    'Mars/Phobos',
    '../x.xlsx',
    'PT0S',
    'P300000Y',
  ),
);

const change: fc.Arbitrary<Change> = fc.record({
  path: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom('remove', 'replace', 'replace', 'rename', 'add'),
  put: wrong,
  name: fc.oneof(oddText, fc.constantFrom('__proto__', 'constructor', 'polices', 'Name', 'quiethours')),
});

/** A file that is not right is told with each fault and where it is, and one that is read is read whole. */
export const campaign: Fuzz = {
  name: 'campaign',
  cases: 400,
  open: async () => ({
    property: fc.asyncProperty(
      fc.oneof(
        { weight: 8, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce(changed, whole)) },
        { weight: 1, arbitrary: anyJson },
      ),
      async (json) => {
        const size = JSON.stringify(json)?.length ?? 0;
        await withinWork(size, { atLeast: 5_000, perKb: 200 }, async () => {
          try {
            readCampaign(json);
          } catch (error) {
            if (!(error instanceof ConfigurationError)) throw error;
            if (error.faults.length === 0) throw new Error('refused without a fault', { cause: error });
            const nameless = error.faults.find(({ problem }) => problem.trim() === '');
            if (nameless) throw new Error(`a fault that says nothing: ${JSON.stringify(nameless)}`, { cause: error });
          }
        });
      },
    ),
    close: async () => {},
  }),
};
