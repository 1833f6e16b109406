import type { Path } from './campaign-draft.ts';

/** What the form for the campaign is made of. */
export type FieldKind = 'text' | 'moment' | 'time' | 'duration' | 'number' | 'yesNo' | 'choice' | 'list' | 'durations' | 'json' | 'days';

export type FieldSpec = {
  readonly path: Path;
  readonly kind: FieldKind;
  /** Of labels, where the last part of the path is not it. */
  readonly label?: string;
  readonly choices?: string;
  readonly isOptional?: boolean;
};

export type GroupSpec = {
  readonly name: string;
  readonly fields: readonly FieldSpec[];
  /** A list of the same few fields. */
  readonly rows?: {
    readonly path: Path;
    readonly title: 'band' | 'phase';
    readonly fields: readonly FieldSpec[];
    readonly fresh: 'band' | 'phase';
  };
  /** Whole members that may be left out, also one within another: their fields are there only while they are. */
  readonly parts?: readonly PartSpec[];
};

export type PartSpec = {
  readonly path: Path;
  readonly off: 'null' | 'absent';
  readonly fresh: 'readiness' | 'reachTest' | 'reports' | 'daily' | 'weekly';
};

const field = (path: Path, kind: FieldKind, more: Omit<FieldSpec, 'path' | 'kind'> = {}): FieldSpec => ({ path, kind, ...more });

const hours = (name: string): readonly FieldSpec[] => [
  field([name, 'from'], 'time', { label: `${name} from` }),
  field([name, 'to'], 'time', { label: `${name} to` }),
];

const band = [
  field(['name'], 'text'),
  field(['from'], 'time'),
  field(['to'], 'time'),
  field(['fixed'], 'list'),
  field(['random'], 'number'),
  field(['answerWindow'], 'duration'),
  field(['silenceLimit'], 'duration'),
];

const checks = (of: 'posts' | 'onSite' | 'standing'): GroupSpec => ({
  name: of,
  rows: { path: ['checks', of, 'bands'], title: 'band', fields: band, fresh: 'band' },
  fields: [field(['checks', of, 'quietAfterPresence'], 'duration'), field(['checks', of, 'proof'], 'choice', { choices: 'proof' })],
});

export const campaignGroups: readonly GroupSpec[] = [
  {
    name: 'basics',
    fields: [
      field(['name'], 'text'),
      field(['from'], 'moment'),
      field(['to'], 'moment'),
      ...hours('shiftHours'),
      field(['minimumHeadcount'], 'number'),
      field(['holidays'], 'list'),
      field(['makeUpWorkdays'], 'list'),
    ],
  },
  checks('posts'),
  checks('standing'),
  checks('onSite'),
  {
    name: 'hours',
    fields: [
      ...hours('quietHours'),
      ...hours('workingHours'),
      field(['digestAt'], 'list'),
      field(['bundleWindow'], 'duration'),
      field(['massFailure', 'share'], 'number'),
      field(['massFailure', 'atLeast'], 'number'),
    ],
  },
  {
    name: 'phases',
    fields: [],
    rows: {
      path: ['phases'],
      title: 'phase',
      fresh: 'phase',
      fields: [
        field(['phase'], 'choice', { choices: 'phase' }),
        field(['from'], 'moment'),
        field(['to'], 'moment', { isOptional: true }),
        field(['unit'], 'text', { isOptional: true }),
      ],
    },
  },
  {
    name: 'readiness',
    parts: [{ path: ['readiness'], off: 'absent', fresh: 'readiness' }],
    fields: [field(['readiness', 'by'], 'moment'), field(['readiness', 'ahead'], 'duration')],
  },
  {
    name: 'handover',
    fields: [
      field(['handover', 'isRequired'], 'yesNo'),
      field(['handover', 'lead'], 'duration'),
      field(['handover', 'window'], 'duration'),
      field(['handover', 'acceptance'], 'choice', { choices: 'acceptance' }),
    ],
  },
  {
    name: 'limits',
    fields: [
      field(['limits', 'consecutiveShifts'], 'number'),
      field(['limits', 'rest'], 'duration'),
      ...(['leave', 'swap', 'cover', 'ofLeaders'] as const).map((name) => field(['consent', name], 'choice', { choices: 'consent' })),
      field(['rosterChanges'], 'choice', { choices: 'rosterChanges' }),
    ],
  },
  {
    name: 'ahead',
    parts: [{ path: ['reachTest'], off: 'null', fresh: 'reachTest' }],
    fields: [
      field(['shiftReminders'], 'durations'),
      field(['reachTest', 'ahead'], 'duration'),
      field(['reachTest', 'answerBefore'], 'duration'),
      field(['reachTest', 'again'], 'duration'),
    ],
  },
  {
    name: 'chain',
    fields: (['unit', 'bureau', 'city', 'province', 'team'] as const).map((level) =>
      field(['chainDays', level], 'days', level === 'unit' ? { label: 'chainUnit' } : {}),
    ),
  },
  {
    name: 'reports',
    parts: [
      { path: ['reports'], off: 'null', fresh: 'reports' },
      { path: ['reports', 'daily'], off: 'null', fresh: 'daily' },
      { path: ['reports', 'weekly'], off: 'null', fresh: 'weekly' },
    ],
    fields: [
      field(['reports', 'daily'], 'time', { label: 'dailyAt' }),
      field(['reports', 'weekly', 'day'], 'choice', { choices: 'weekday' }),
      field(['reports', 'weekly', 'at'], 'time', { label: 'weeklyAt' }),
      field(['reports', 'campaign'], 'yesNo'),
      field(['reports', 'within'], 'duration', { label: 'sentWithin' }),
    ],
  },
  { name: 'appeals', fields: [field(['appeals', 'within'], 'duration', { label: 'decidedWithin' })] },
  { name: 'people', fields: [field(['auditors'], 'list')] },
  { name: 'advanced', fields: [field(['kinds'], 'json'), field(['phasePolicies'], 'json')] },
];

/** What a row or a part begins as. */
export const freshOf = {
  band: { name: 'band', from: '07:00', to: '22:00', fixed: [], random: 1, answerWindow: 'PT10M', silenceLimit: 'PT4H' },
  phase: { phase: 'during', from: '' },
  readiness: { by: '', ahead: 'P14D' },
  reachTest: { ahead: 'PT24H', answerBefore: 'PT12H', again: 'P14D' },
  reports: { daily: '17:00', weekly: { day: 'friday', at: '16:30' }, campaign: true, within: 'PT1H' },
  daily: '17:00',
  weekly: { day: 'friday', at: '16:30' },
} as const;
