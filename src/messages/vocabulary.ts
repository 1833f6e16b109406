import type { Vocabulary } from '../domain/command/vocabulary.ts';
import { accountWords } from './vocabulary-accounts.ts';
import { acknowledgementWords } from './vocabulary-acknowledge.ts';
import { dateReaders } from './vocabulary-dates.ts';
import { handoverNote } from './vocabulary-handover.ts';
import { phaseWords } from './vocabulary-phases.ts';
import { phrases, helpToConfirm, no, startCheck, yes } from './vocabulary-phrases.ts';
import { rosterChangeWords } from './vocabulary-roster-changes.ts';
import { addressees, clauses, guards, rules, substitutes, thirdPersons } from './vocabulary-rules.ts';
import { shiftChangeRules, shiftChangeWords } from './vocabulary-shift-changes.ts';
import { folds, signs } from './vocabulary-signs.ts';

/** The words that people type, Chinese and English together: a chat mixes both. */
export const vocabulary: Vocabulary = {
  folds,
  signs,
  everyone: ['所有人', '全体成员', '全体', '全员', '大家', 'all', 'everyone', 'channel', 'here', 'team'],
  phrases,
  helpToConfirm,
  yes,
  no,
  acknowledgement: acknowledgementWords,
  guards,
  thirdPersons,
  addressees,
  clauses,
  rules: [...shiftChangeRules, ...rules],
  shiftChange: shiftChangeWords,
  rosterChange: rosterChangeWords,
  accounts: accountWords,
  startCheck,
  phases: phaseWords,
  handoverNote,
  dates: dateReaders,
  substitutes,
  unitEndings: ['区', '县', '市'],
};
