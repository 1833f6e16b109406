import type { ContactPolicy } from './contact/contact-policy.ts';
import type { Policy } from './escalation/policy.ts';
import type { ReportTimes } from './figures/report-times.ts';
import type { ConsentSettings } from './shift-change/consent.ts';
import type { DutyLimits } from './shift-change/proposal-rules.ts';
import type { ItemKind } from './items/item-kind.ts';
import type { ChainDays } from './items/limit.ts';
import type { CampaignPhase } from './items/phase.ts';

/** `HH:MM` to `HH:MM` of the local day; `toMinute` at or below `fromMinute` ends on the next day. */
export type ShiftHours = { readonly fromMinute: number; readonly toMinute: number };

/** How shifts are handed over (交接班). */
export type HandoverSettings = {
  /** Without it shifts change by the clock alone. */
  readonly isRequired: boolean;
  /** How long before its boundary a handover is opened. */
  readonly leadMs: number;
  /** How long after the boundary an acceptance is in time; then others are told. */
  readonly windowMs: number;
  /** Who must accept where several come: the first of them for all (`one`), or each for themselves. */
  readonly acceptance?: 'one' | 'each';
};

/** What is said to people ahead of their shifts. */
export type AheadSettings = {
  /** How long before each of their shifts people are reminded; none without any. */
  readonly reminders: readonly number[];
  /** Without it nobody is tested. */
  readonly test?: {
    /** How long before somebody's first shift they are asked for a sign of life. */
    readonly aheadMs: number;
    /** How long before it who has not answered is listed to the office. */
    readonly answerBeforeMs: number;
    /** After so long without a shift the next one is a first one again. */
    readonly againMs: number;
  };
};

/** A campaign (保障期): the period in which the rules hold, and the rules themselves, as plain data. */
export type CampaignSettings = {
  /** Short name of the tenant, lower-case letters, digits and dashes. */
  readonly bureau: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch ms, inclusive. */
  readonly fromAt: number;
  /** Epoch ms, exclusive. */
  readonly toAt: number;
  readonly posts: ContactPolicy;
  readonly standing: ContactPolicy;
  /** For the posts of a district while the inspection team is on site there. */
  readonly onSite: ContactPolicy;
  /** By name. The shipped ones are always here, unless the campaign has its own of that name. */
  readonly policies: { readonly [name: string]: Policy };
  /** By name. The shipped ones are always here, unless the campaign has its own of that name. */
  readonly kinds: { readonly [name: string]: ItemKind };
  /** Days of each level of the chain of limits, counted from handing over. */
  readonly chainDays: ChainDays;
  /** What units have to file before the inspection arrives is asked from the first instant on, by the second; nothing by itself without it. */
  readonly readiness?: { readonly fromAt: number; readonly dueAt: number };
  /** By their beginnings. `unit`: the name of the one district it is about; without it, everybody. */
  readonly phases: readonly { readonly phase: CampaignPhase; readonly fromAt: number; readonly toAt?: number; readonly unit?: string }[];
  /** Ladders of items that take the place of others where a clock opens in a phase of its unit: name to name. */
  readonly phasePolicies?: { readonly [phase in CampaignPhase]?: { readonly [policy: string]: string } };
  /** Minutes of the local day at which the office's group gets its digest. */
  readonly digestMinutes: readonly number[];
  /** Local hours of every day in which people are written to about paper; what is urgent does not wait for them. */
  readonly workingHours: ShiftHours;
  /** A group hears nothing but calls for help; `fromMinute` above `toMinute` runs through midnight. */
  readonly quietHours: { readonly fromMinute: number; readonly toMinute: number };
  /** One alert about the channel, not many about people: when at least this share, and this many, fail together. */
  readonly massFailure: { readonly share: number; readonly atLeast: number };
  /** Alerts to one recipient inside this time become one message. */
  readonly bundleWindowMs: number;
  /** Hours of a shift where a roster workbook doesn't say. */
  readonly shiftHours: ShiftHours;
  readonly minimumHeadcount: number;
  /** Mobile numbers of those who read everything and change nothing. */
  readonly auditors?: readonly string[];
  /** What a leave, a swap or a cover must keep to. */
  readonly limits: DutyLimits;
  /** Whose consent each takes. */
  readonly consent: ConsentSettings;
  readonly handover: HandoverSettings;
  /** Whether a unit's liaison or head changes the roster of their own post by a sentence, or only proposes it to the office. */
  readonly rosterChanges: 'office' | 'unit';
  readonly ahead: AheadSettings;
  /** When reports are drafted by themselves, and how long the office has to send each; without it none are. */
  readonly reports?: ReportTimes & { readonly withinMs: number };
  /** How long the office has for a word about an appeal. */
  readonly appealWithinMs?: number;
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  readonly makeUpWorkdays: readonly string[];
};
