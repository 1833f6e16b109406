import { describe, expect, it, vi } from 'vitest';
import { intents } from '../../../src/domain/command/intent.ts';
import { speech } from '../../../src/wiring/speech.ts';
import { differencesIn, row, type Row, type World } from '../../support/chat-matrix.ts';
import { actOf } from '../../support/chat-worlds.ts';
import { wordsAboutItems, wordsAboutLeave, wordsOfACalmDay, wordsWhileAPostIsSilent } from '../../support/chat-word-worlds.ts';
import { idOf } from '../../support/invented.ts';

vi.setConfig({ testTimeout: 60_000 });

/* Who may what with words, said a second time by hand, for every meaning that the code knows. */

const unit = 'principal liaison onDuty';

const table: { readonly [name: string]: Row } = {
  // standing contacts confirm that they are there, and nothing is open of theirs
  acknowledge: row('onDuty', 'AnswerRecorded', ['office liaison otherLiaison auditor', /reply\.confirmed/u]),
  // recorded, and counts for nothing
  standIn: row('onDuty', 'AnswerRecorded', ['everybody', 'StandInRecorded']),
  notOnPost: row('onDuty elsewhere', 'ObligationOpened postEmpty.ask', ['office liaison otherLiaison auditor', /reply\.notOnPost/u]),
  passOn: row('onDuty', 'StepFired'),
  help: row('everybody', 'ObligationOpened help.alert'),
  undo: row('elsewhere', 'PresenceWithdrawn'),
  startCheck: row('office shiftLeader', 'RoundOpened'),
  whoIsOnDuty: row('everybody', /^reply\.whoIsOnDuty/u),
  roster: row('everybody', /^reply\.roster /u),
  'roster versions': row('office', /值班表的版本/u),
  myShifts: row('everybody', /^reply\.myShifts/u),
  usage: row('everybody', /^reply\.usage/u),
  unclear: row('everybody', /^reply\.usage/u),
  dashboard: row('everybody', /^reply\.dashboard/u),
  readiness: row(`office auditor otherLiaison elsewhere ${unit}`, /^reply\.readiness/u),
  pauseChannel: row('everybody', 'ChannelPaused'),
  resumeChannel: row('everybody', /^reply\.notPaused/u),
  calendarLink: row('everybody', /\/calendar\//u),
  'calendarLink of a unit': row('office auditor', /\/calendar\/u2/u),
  resetCalendarLink: row('everybody', 'CalendarLinkReset'),
  'resetCalendarLink of a unit': row('office', 'CalendarLinkReset'),
  draftRoster: row('office', /^reply\.draft /u),
  changeRoster: row('office principal liaison', /请确认/u),
  // of one's own shifts, and of what one answers for
  leave: row(`office leader auditor otherLiaison elsewhere ${unit}`, /^reply\.dutyProposed/u, ['shiftLeader', /^reply\.dutyAsked/u]),
  swap: row('shiftLeader onDuty elsewhere', /^reply\.dutyAsked/u),
  requests: row('everybody', /^reply\.dutyList/u),
  withdrawRequest: row('onDuty', 'RequestWithdrawn'),
  'withdrawRequest that is granted': row('onDuty', 'RequestUndone'),
  approve: row('colleague', 'SubstituteAccepted'),
  'approve as whoever consents': row('principal', 'RequestApproved'),
  reject: row('colleague', 'SubstituteDeclined'),
  'reject as whoever consents': row('principal', 'RequestRefused'),
  handover: row('shiftLeader onDuty elsewhere', 'ShiftNoted'),
  'handover log': row('everybody', /^reply\.handoverLog/u),
  changePhase: row('office', /^reply\.phaseProposed/u),
  assignReadiness: row('office', /^reply\.readinessProposed/u),
  report: row('office', 'ReportDrafted'),
  accounts: row('office', /账号绑定情况/u),
  'accounts by code': row('office', 'BindingCodeSent'),
  myItems: row(`office leader shiftLeader colleague otherLiaison elsewhere ${unit}`, /^reply\.items/u),
  receiveItem: row(unit, 'ItemReceived'),
  reportProgress: row(unit, /^reply\.itemForm/u),
  closeItem: row(unit, /^reply\.itemForm/u),
  requestExtension: row('principal liaison', 'ExtensionAsked'),
  'unclear but for its number': row(`office ${unit}`, /^item\.card/u),
  'unclear but for an act': row('office', 'ItemUrged'),
  'unclear but for a form': row('office', /^reply\.itemForm/u),
};

const tried = new Set<string>();

const differencesOf = async (world: World): Promise<readonly string[]> => {
  const { story, tries } = world;
  const { understand } = speech(story.world);
  const speaker = story.world.directory.people.get(idOf('冯主任'))!;
  for (const [name, { text = '' }] of Object.entries(tries)) {
    tried.add(name);
    expect([text, understand(text, speaker, story.clock.now()).intent]).toEqual([text, actOf(name)]);
  }
  return differencesIn(world, table);
};

describe('whoever says something', () => {
  it.each([
    ['while a post is silent', wordsWhileAPostIsSilent],
    ['on a calm day', wordsOfACalmDay],
  ] as const)('has it done where they may, and nothing else, %s', async (_, make) => {
    expect((await differencesOf(await make())).join('\n')).toBe('');
  });

  it.each([
    ['about leave', wordsAboutLeave],
    ['about items', wordsAboutItems],
  ] as const)('has it done where they may, and nothing else, %s', async (_, worlds) => {
    const differences: string[] = [];
    for await (const world of worlds()) differences.push(...(await differencesOf(world)));
    expect(differences.join('\n')).toBe('');
  });

  it('has said everything that can be meant', () => {
    const meant = new Set([...tried].map(actOf));
    expect(intents.filter((intent) => !meant.has(intent))).toEqual([]);
    expect(Object.keys(table).filter((name) => !tried.has(name))).toEqual([]);
  });
});
