import type { Intent } from '../../domain/command/intent.ts';
import type { Person } from '../../domain/organisation/organisation.ts';
import type { World } from '../world.ts';

/*
 * What is left to whoever audits: to ask, to be let in, to stop and start their own channels, and what they owe themselves
 * where they stand a post, for a post that cannot answer would be called unmanned. Whatever else a role of theirs would
 * allow is not: they would check what they had done.
 */

/** Of their own shifts. */
const shiftWords: ReadonlySet<Intent> = new Set(['leave', 'swap', 'withdrawRequest', 'requests']);

const words: ReadonlySet<Intent> = new Set([
  ...shiftWords,
  'acknowledge',
  'standIn',
  'notOnPost',
  'passOn',
  'help',
  'undo',
  'handover',
  'whoIsOnDuty',
  'roster',
  'myShifts',
  'calendarLink',
  'resetCalendarLink',
  'readiness',
  'dashboard',
  'pauseChannel',
  'resumeChannel',
  'usage',
  'unclear',
]);

const buttons: ReadonlySet<string> = new Set([
  'acknowledge',
  'notOnPost',
  'passOn',
  'help',
  'undo',
  'confirmReach',
  'acceptHandover',
  'delayHandover',
  'noteHandover',
  'confirmDuty',
  'cancelDuty',
  'chooseDuty',
  'showDuty',
  'acceptDuty',
  'declineDuty',
  'calendarLink',
  'resetCalendarLink',
  'rosterVersions',
  'showRosterVersion',
]);

export const isAuditor = ({ settings }: World, { mobile }: Person): boolean => settings.auditors?.includes(mobile) ?? false;

export const isOfOwnShift = (intent: Intent): boolean => shiftWords.has(intent);

export const mayAuditorSay = (intent: Intent): boolean => words.has(intent);

export const mayAuditorPress = (action: string): boolean => buttons.has(action);
