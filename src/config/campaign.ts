import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import { handoverPolicy } from '../domain/escalation/handover-policy.ts';
import { itemPolicies } from '../domain/escalation/item-policies.ts';
import { shippedKinds } from '../domain/items/item-kind.ts';
import { type Policy, shippedPolicies } from '../domain/escalation/policy.ts';
import { contactPolicies, policies } from './campaign-rules.ts';
import { ConfigurationError, type Fault, faultsOf, suggest } from './faults.ts';
import {
  always,
  bureauName,
  durationMs,
  endMinuteOfDay,
  isRead,
  localDate,
  minuteOfDay,
  moment,
  nameField,
  numberField,
  timeZone,
} from './fields.ts';
import { auditors, consentRules, dutyLimits, reachTest, rosterChanges, shiftReminders } from './duty-rules.ts';
import { appealRules, reportTimes } from './figure-rules.ts';
import { chainDays, inChain, kinds, phasePolicies, phases, readiness } from './item-rules.ts';

const path = (example: string) => nameField('the path of a workbook', example);

const hours = z.strictObject({ from: minuteOfDay, to: endMinuteOfDay }).transform(({ from, to }) => ({ fromMinute: from, toMinute: to }));

const wholeFrom = (least: number, example: number) =>
  numberField(`a whole number of at least ${least}`, example, (value) => Number.isInteger(value) && value >= least);

const handover = z
  .strictObject({
    isRequired: z.boolean().default(true),
    lead: durationMs({ from: 0, example: 'PT15M' }).prefault('PT15M'),
    window: durationMs({ from: 60_000, example: 'PT10M' }).prefault('PT10M'),
    acceptance: z.enum(['one', 'each']).default('one'),
  })
  .transform(({ isRequired, lead, window, acceptance }) => ({ isRequired, leadMs: lead, windowMs: window, acceptance }))
  .prefault({});

const fields = z.strictObject({
  bureau: bureauName.optional(),
  name: nameField('the name of the campaign', 'Flood season 2024'),
  timeZone: timeZone.default('Asia/Shanghai'),
  from: moment,
  to: moment,
  contacts: path('contacts.xlsx').optional(),
  roster: path('roster.xlsx').optional(),
  shiftHours: hours.prefault({ from: '08:30', to: '08:30' }),
  minimumHeadcount: wholeFrom(1, 1).default(1),
  handover,
  auditors,
  rosterChanges,
  shiftReminders,
  reachTest,
  limits: dutyLimits,
  consent: consentRules,
  checks: contactPolicies,
  policies: policies.default([]),
  kinds: kinds.default([]),
  phases: phases.default([]),
  phasePolicies,
  chainDays,
  readiness,
  reports: reportTimes,
  appeals: appealRules,
  digestAt: z.array(minuteOfDay).prefault(['07:00', '18:00']),
  workingHours: hours.prefault({ from: '08:00', to: '20:00' }),
  quietHours: hours.prefault({ from: '22:00', to: '07:00' }),
  massFailure: z
    .strictObject({
      share: numberField('a share above 0 and up to 1', 0.5, (value) => value > 0 && value <= 1).default(0.5),
      atLeast: wholeFrom(2, 5).default(5),
    })
    .prefault({}),
  bundleWindow: durationMs({ from: 0, example: 'PT20S' }).prefault('PT20S'),
  holidays: z.array(localDate).default([]),
  makeUpWorkdays: z.array(localDate).default([]),
});

const policiesOf = (read: z.output<typeof fields>): CampaignSettings['policies'] => {
  const all = [...shippedPolicies, handoverPolicy(read.handover.windowMs), ...read.policies];
  return Object.fromEntries(all.map((policy) => [policy.name, inHours(policy, read)]));
};

const endsAfterItBegins = (read: z.output<typeof fields>): boolean => {
  if (!isRead(read) || typeof read.from !== 'function' || typeof read.to !== 'function' || typeof read.timeZone !== 'string') return true;
  return read.from(read.timeZone) < read.to(read.timeZone);
};

/** A roster needs people, and people without a roster would look begun to each later start: both are read at the first, or later by hand. */
const checkWorkbooks = (read: z.output<typeof fields>, context: z.RefinementCtx): void => {
  if (!isRead(read) || (read.contacts === undefined) === (read.roster === undefined)) return;
  const [missing, other] = read.contacts === undefined ? ['contacts', 'roster'] : ['roster', 'contacts'];
  const message = `missing beside ${other}: give both, or neither, and import them later`;
  context.addIssue({ code: 'custom', path: [missing], message });
};

const areNamed = (list: unknown): list is readonly { readonly name: string }[] => Array.isArray(list) && list.every(isRead);

/** A kind that climbs by a ladder that nobody has described would fall back to another, and nobody would hear of it. */
const checkPolicyNames = (read: z.output<typeof fields>, context: z.RefinementCtx): void => {
  if (!isRead(read) || !areNamed(read.kinds) || !areNamed(read.policies)) return;
  const known = [...new Set([...itemPolicies, ...read.policies, ...shippedPolicies].map(({ name }) => name))];
  for (const [index, kind] of read.kinds.entries())
    for (const member of ['policy', 'receiptPolicy'] as const) {
      // absent where another part of the kind is at fault
      const name: unknown = kind[member];
      if (typeof name !== 'string' || known.includes(name)) continue;
      const message = `there is no policy ${JSON.stringify(name)}${suggest(name, known)}; known are ${known.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['kinds', index, member], message });
    }
};

const checkPhasePolicies = (read: z.output<typeof fields>, context: z.RefinementCtx): void => {
  if (!isRead(read) || !areNamed(read.policies) || typeof read.phasePolicies !== 'object') return;
  const known = [...new Set([...itemPolicies, ...read.policies, ...shippedPolicies].map(({ name }) => name))];
  for (const [phase, ladders] of Object.entries(read.phasePolicies ?? {}))
    for (const [from, to] of Object.entries(ladders ?? {}))
      for (const name of [from, to]) {
        if (typeof name !== 'string' || known.includes(name)) continue;
        const message = `there is no policy ${JSON.stringify(name)}${suggest(name, known)}; known are ${known.join(', ')}`;
        context.addIssue({ code: 'custom', path: ['phasePolicies', phase, from], message });
      }
};

const schema = fields
  .superRefine(checkWorkbooks, { when: always })
  .superRefine(checkPolicyNames, { when: always })
  .superRefine(checkPhasePolicies, { when: always })
  .refine(endsAfterItBegins, { when: always, path: ['to'], message: 'the campaign must end after it begins' });

const innerKeys =
  'posts standing bands fixed random answerWindow silenceLimit quietAfterPresence proof after before notify via repeat every times steps opening waitsForHours gather remindOfficeEvery share atLeast label isRequired lead window like limit days working hours daily receiptWithin requires policy receiptPolicy needsPlan needsSignOff followUpAfterDays reviewWithin amber opens phaseEnd phase unit consecutiveShifts rest leave swap cover ofLeaders bureau city province team by ahead answerBefore again weekly day at within';
const knownKeys = [...Object.keys(fields.shape), ...innerKeys.split(' ')];

/** The rules of a campaign, and the workbooks that it begins with, as the file names them. */
export type CampaignFile = {
  readonly settings: CampaignSettings;
  /** Left out where the lists are imported later. */
  readonly contacts?: string;
  readonly roster?: string;
  /** As it was written. */
  readonly words: CampaignWords;
};

/** Policies that wait for working hours wait for the campaign's own. */
const inHours = (policy: Policy, { workingHours, timeZone }: Pick<CampaignSettings, 'workingHours' | 'timeZone'>): Policy =>
  policy.hours === undefined ? policy : { ...policy, hours: { ...workingHours, timeZone } };

const defaultBureau = 'jinan';

const bureauFaults = (read: z.output<typeof schema>, bureau: string | null): readonly Fault[] =>
  bureau !== null && read.bureau !== undefined && read.bureau !== bureau
    ? [{ name: 'bureau', problem: `says ${read.bureau}, but ZAIGANG_BUREAU says ${bureau}; leave one of them out` }]
    : [];

/** Without a word about phases the inspection is there from the campaign's beginning to its end. */
const phasesOf = (read: z.output<typeof schema>): CampaignSettings['phases'] => {
  const zone = read.timeZone;
  if (read.phases.length === 0) return [{ phase: 'during', fromAt: read.from(zone), toAt: read.to(zone) }];
  return read.phases
    .map(({ phase, from, to, unit }) => ({
      phase,
      fromAt: from(zone),
      ...(to === undefined ? {} : { toAt: to(zone) }),
      ...(unit === undefined ? {} : { unit }),
    }))
    .toSorted((one, other) => one.fromAt - other.fromAt);
};

type PhasePolicies = NonNullable<CampaignSettings['phasePolicies']>;

/** Phases that were left out stay left out. */
const laddersOf = (read: NonNullable<z.output<typeof phasePolicies>>): PhasePolicies =>
  Object.fromEntries(Object.entries(read).filter(([, ladders]) => ladders !== undefined));

const readinessOf = ({ by, ahead }: NonNullable<z.output<typeof readiness>>, zone: string): NonNullable<CampaignSettings['readiness']> => ({
  fromAt: by(zone) - ahead,
  dueAt: by(zone),
});

/**
 * Reads a campaign; what is left out gets the defaults of duty practice. `bureau` is ZAIGANG_BUREAU, null where it is not set.
 * Throws ConfigurationError with every fault and its path.
 */
export const readCampaign = (json: unknown, bureau: string | null = null, source = 'the campaign'): CampaignFile => {
  const result = schema.safeParse(json);
  if (!result.success) throw new ConfigurationError(source, faultsOf(result.error, knownKeys));
  const read = result.data;
  const faults = bureauFaults(read, bureau);
  if (faults.length > 0) throw new ConfigurationError(source, faults);
  const settings: CampaignSettings = {
    bureau: bureau ?? read.bureau ?? defaultBureau,
    name: read.name,
    timeZone: read.timeZone,
    fromAt: read.from(read.timeZone),
    toAt: read.to(read.timeZone),
    posts: read.checks.posts,
    standing: read.checks.standing,
    onSite: read.checks.onSite,
    policies: policiesOf(read),
    kinds: Object.fromEntries([...shippedKinds, ...read.kinds].map((kind) => [kind.name, inChain(kind, read.chainDays)])),
    chainDays: read.chainDays,
    ...(read.readiness === undefined ? {} : { readiness: readinessOf(read.readiness, read.timeZone) }),
    phases: phasesOf(read),
    ...(read.phasePolicies === undefined ? {} : { phasePolicies: laddersOf(read.phasePolicies) }),
    ...(read.reports === null ? {} : { reports: read.reports }),
    appealWithinMs: read.appeals.within,
    digestMinutes: read.digestAt.toSorted((a, b) => a - b),
    workingHours: read.workingHours,
    quietHours: read.quietHours,
    massFailure: read.massFailure,
    bundleWindowMs: read.bundleWindow,
    shiftHours: read.shiftHours,
    minimumHeadcount: read.minimumHeadcount,
    ...(read.auditors.length === 0 ? {} : { auditors: read.auditors }),
    rosterChanges: read.rosterChanges,
    ahead: { reminders: read.shiftReminders, ...(read.reachTest === null ? {} : { test: read.reachTest }) },
    limits: read.limits,
    consent: read.consent,
    handover: read.handover,
    holidays: read.holidays,
    makeUpWorkdays: read.makeUpWorkdays,
  };
  // an object of JSON, or the schema would have refused it
  const { contacts, roster } = read;
  const workbooks = contacts === undefined || roster === undefined ? {} : { contacts, roster };
  return { settings, ...workbooks, words: json as CampaignWords };
};

const readJson = (file: string, source: string): unknown => {
  const refuse = (problem: string): never => {
    throw new ConfigurationError(source, [{ name: file, problem, example: 'src/config/demo/campaign.json' }]);
  };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(`can't be read: ${String(error)}`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse(`is not JSON: ${String(error)}`);
  }
};

/** Reads a campaign's file. The workbooks come back as absolute paths, taken from where the file stands. */
export const loadCampaign = (file: string, bureau: string | null = null): CampaignFile => {
  const source = `the campaign file ${file}`;
  const campaign = readCampaign(readJson(file, source), bureau, source);
  const from = dirname(resolve(file));
  const { contacts, roster } = campaign;
  return contacts === undefined || roster === undefined
    ? campaign
    : { ...campaign, contacts: resolve(from, contacts), roster: resolve(from, roster) };
};
