import type { AccountsSaid } from './read-accounts.ts';
import type { RosterChangeSaid } from './read-roster-change.ts';
import type { ShiftChange } from './read-shift-change.ts';
import type { CampaignPhase } from '../items/phase.ts';
import type { PersonId, UnitId } from '../organisation/organisation.ts';

/** What a message can mean. The names are a contract: scripts read them from `zaigang understand`. */
export const intents = [
  'acknowledge',
  'standIn',
  'notOnPost',
  'passOn',
  'help',
  'approve',
  'reject',
  'undo',
  'whoIsOnDuty',
  'roster',
  'myShifts',
  'draftRoster',
  'changeRoster',
  'calendarLink',
  'resetCalendarLink',
  'leave',
  'swap',
  'withdrawRequest',
  'requests',
  'handover',
  'myItems',
  'receiveItem',
  'reportProgress',
  'closeItem',
  'requestExtension',
  'startCheck',
  'changePhase',
  'readiness',
  'assignReadiness',
  'dashboard',
  'report',
  'accounts',
  'pauseChannel',
  'resumeChannel',
  'usage',
  'unclear',
] as const;

export type Intent = (typeof intents)[number];

/** What must be known about the campaign and the speaker to read a message. */
export type UnderstandContext = {
  /** Epoch ms, campaign clock: `tomorrow` counts from here. */
  readonly now: number;
  /** IANA name, for example `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly units: readonly { readonly id: UnitId; readonly name: string; readonly aliases: readonly string[] }[];
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  /** Whose message it is. Without it a name before an acknowledgement is always somebody else's. */
  readonly speakerId?: PersonId;
  /** The units the speaker may answer for. Where given, another unit's name before an acknowledgement is a stand-in. */
  readonly speakerUnitIds?: readonly UnitId[];
  /** Names that the bot goes by in the channel, to be taken out of a mention that no space ends. */
  readonly botNames?: readonly string[];
};

export type UnitMention = { readonly id: UnitId; readonly name: string };

/** `ids` is empty for somebody whom the campaign doesn't know, and longer than one for namesakes. */
export type PersonMention = { readonly name: string; readonly ids: readonly PersonId[] };

export type Understood = {
  /** As it was written, at most `maxTextLength` characters of it. */
  readonly text: string;
  readonly intent: Intent;
  /** The first unit named. */
  readonly unit?: UnitMention;
  /** Every unit named, in the order of the text, where there is any. */
  readonly units?: readonly UnitMention[];
  /** Each of the units is named by itself, and not one of several that a name may mean. */
  readonly areUnitsListed?: boolean;
  /** Of an item handed over, in its plain form: `D2SD202108260001`. */
  readonly item?: string;
  /** The first person named who is not the speaker. */
  readonly person?: PersonMention;
  /** ISO 8601 with offset. With `to`: a period from (inclusive) to (exclusive); alone: an instant. */
  readonly from?: string;
  readonly to?: string;
  /** The same as epoch ms. */
  readonly fromAt?: number;
  readonly toAt?: number;
  /** A date was written that no calendar has. */
  readonly isDateUnreadable?: boolean;
  /** The letter of a short reply (`1a`): which of several obligations is meant. Unknown letters answer nothing. */
  readonly code?: string;
  /** Digits to be compared with the presence code that was asked for. */
  readonly digits?: string;
  /** Ask first whether it is meant: a typed 3 is easily typed by mistake, and a call for help wakes people. */
  readonly needsConfirmation?: boolean;
  /** Plain consent or refusal, for a question that was asked back; never a proof of presence by itself. */
  readonly answer?: 'yes' | 'no';
  /** What follows the words for a note to whoever comes. */
  readonly note?: string;
  /** The phase that is said to begin; without `from` now. */
  readonly phase?: CampaignPhase;
  /** The team goes from one unit to another: `phase` is the one that begins where it arrives. */
  readonly journey?: { readonly leftId: string; readonly toId: string; readonly leftAt?: number };
  /** Of `leave` and `swap`: what else was said. */
  readonly shiftChange?: ShiftChange;
  /** It speaks of the leave or the swap of others, which they ask for themselves. */
  readonly isOfOthers?: boolean;
  /** Of `changeRoster`: who comes, who goes. */
  readonly rosterChange?: RosterChangeSaid;
  /** Of `accounts`: what is to be done with whose. */
  readonly accounts?: AccountsSaid;
  /** A check of everybody was asked for in so many words; a phase begins for everybody. */
  readonly isForAll?: boolean;
};
