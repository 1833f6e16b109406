import { describe, expect, it, vi } from 'vitest';
import { cardActs } from '../../support/chat-acts.ts';
import { throughAnItemsLife } from '../../support/chat-item-worlds.ts';
import { differencesIn, row, type Row, type World } from '../../support/chat-matrix.ts';
import {
  actOf,
  afterARound,
  whileAPostIsSilent,
  whileAShiftIsHandedOver,
  whileSomebodyIsTested,
  withAccounts,
  withADraft,
  withALongList,
  withAPhaseToConfirm,
  withAReport,
  withChangesOfTheRoster,
  withLeave,
  withLeaveToConfirm,
  withReadinessToConfirm,
} from '../../support/chat-worlds.ts';

vi.setConfig({ testTimeout: 60_000 });

/*
 * Who may what with the values of buttons, said a second time by hand: held to the rules alone, a guard that is forgotten
 * would be found right. Buttons are forged by everybody, in a world in which whoever may could. The acts are the code's own.
 */

const unit = 'principal liaison onDuty';
const others = 'leader shiftLeader colleague otherLiaison elsewhere';

const ofPosts: { readonly [name: string]: Row } = {
  // a stand-in's word is recorded and counts for nothing; whoever audits confirms that they themselves are there
  acknowledge: row(
    'onDuty',
    'AnswerRecorded',
    ['office principal liaison', 'ObligationTakenOver'],
    [others, 'StandInRecorded'],
    ['auditor', /reply\.confirmed/u],
  ),
  takeOver: row('onDuty', 'AnswerRecorded', ['office principal liaison', 'ObligationTakenOver'], [others, 'StandInRecorded']),
  // of one's own post, whichever card it stands on; of nobody else's; standing contacts stand nowhere
  notOnPost: row('onDuty elsewhere', 'ObligationOpened postEmpty.ask'),
  passOn: row('onDuty office principal liaison', 'StepFired'),
  remind: row('office principal liaison', 'ReminderFired'),
  recordCall: row('office', 'CallRecorded'),
  startCheck: row('office shiftLeader', 'RoundOpened'),
  'startCheck of a contact': row('office', 'RoundOpened'),
  help: row('everybody', 'ObligationOpened help.alert'),
  undo: row('elsewhere', 'PresenceWithdrawn'),
  confirmReach: row('colleague', 'AnswerRecorded'),
  // any message of whoever is tested is a sign of life
  testCalled: row('office colleague', 'AnswerRecorded'),
  acceptHandover: row('colleague', 'HandoverAccepted'),
  delayHandover: row('colleague', 'HandoverDelayed'),
  noteHandover: row('onDuty colleague', 'HandoverNoted', ['shiftLeader elsewhere', 'ShiftNoted']),
};

const ofFigures: { readonly [name: string]: Row } = {
  appeal: row('otherLiaison elsewhere', 'AppealAsked'),
  showAppeal: row(`office colleague ${unit}`, /申诉人：东联络/u),
  upholdAppeal: row('office', 'AppealUpheld'),
  rejectAppeal: row('office', 'AppealRejected'),
  withdrawAppeal: row(`colleague ${unit}`, 'AppealWithdrawn'),
  showReport: row('office', 'ReportDrafted'),
  dropReport: row('office', 'ReportDropped'),
  sendReport: row('office', 'ReportSent'),
};

const ofRosters: { readonly [name: string]: Row } = {
  'applyRosterChange of a proposal': row('office', 'ProposalApplied RosterOverridden'),
  'applyRosterChange of a shift': row('office', 'RosterOverridden', ['principal liaison', 'RosterProposed']),
  declineRosterChange: row('office', 'ProposalDeclined'),
  withdrawRosterChange: row('liaison', 'ProposalWithdrawn'),
  settleRosterChange: row('office principal liaison', /请确认/u),
  // of one's own conversation
  cancelRosterChange: row(`office ${unit} ${others}`, /reply\.undone/u),
  undoRosterChange: row('office', 'RosterOverridden'),
  rosterVersions: row('office auditor', /值班表的版本/u),
  showRosterVersion: row('office auditor', /值班表第 1 版/u),
  applyWorkbook: row('office', 'RosterChanged'),
  workbookFaults: row('office', /请确认/u),
  'a workbook': row('office', /请确认/u),
  publishDraft: row('office', 'RosterChanged'),
  draftAgain: row('office', /排班草案/u),
  discardDraft: row('office', /reply\.undone/u),
};

const ofLeave: { readonly [name: string]: Row } = {
  askDuty: row('onDuty', /reply\.dutyProposed/u),
  confirmDuty: row('onDuty', 'RequestAsked'),
  chooseDuty: row('onDuty', /reply\.dutyProposed/u),
  cancelDuty: row('onDuty', /reply\.undone/u),
  showDuty: row('office principal onDuty colleague auditor', /^reply\.duty /u),
  acceptDuty: row('colleague', 'SubstituteAccepted'),
  declineDuty: row('colleague', 'SubstituteDeclined'),
  approveDuty: row('principal', 'RequestApproved'),
  refuseDuty: row('principal', 'RequestRefused'),
  withdrawDuty: row('onDuty', 'RequestWithdrawn'),
  nameDuty: row('onDuty', 'SubstituteNamed'),
  undoDuty: row('office principal onDuty', 'RequestUndone'),
};

const ofPhases: { readonly [name: string]: Row } = {
  confirmPhase: row('office', 'PhaseAnnounced'),
  declinePhase: row('office', /reply\.undone/u),
  choosePhase: row('office', /reply\.phaseProposed/u),
  confirmReadiness: row('office', 'ItemCorrected'),
  declineReadiness: row('office', /reply\.undone/u),
  assignReadiness: row('office', /reply\.readinessAssigned/u),
  urgeReadiness: row('office', 'ItemUrged'),
  'urgeReadiness of a unit': row('office', 'ItemUrged'),
};

const ofAccounts: { readonly [name: string]: Row } = {
  bindAccount: row('office', 'IdentityBound'),
  revokeAccount: row('office', 'IdentityRevoked'),
  askRevoke: row('office', /请确认解绑/u),
  cancelAccount: row('office', /reply\.undone/u),
  bindingCode: row('office', 'BindingCodeSent'),
  chooseForAccount: row('office', 'BindingCodeSent'),
  testChannel: row('office', 'channel.test'),
  'resetCalendarLink of the auditor': row('auditor', 'CalendarLinkReset'),
  'resetCalendarLink of all': row('office', 'CalendarLinkReset'),
  'resetCalendarLink of a unit': row('office', 'CalendarLinkReset'),
  'resetCalendarLink of somebody else': row('', /^$/u),
};

const lead = 'principal liaison';

const ofItems: { readonly [name: string]: Row } = {
  receiveItem: row(unit, 'ItemReceived'),
  // no button's: what the act is called within
  receive: row('', /^$/u),
  receiveAll: row(unit, 'ItemReceived'),
  showItem: row(`office ${unit}`, /^item\.card/u),
  explain: row(`office ${unit}`, /reply\.itemExplained/u),
  // each their own
  myItems: row(`office ${unit} ${others}`, /reply\.items/u),
  moreItems: row('office', /reply\.items/u),
  moreRows: row(lead, /reply\.itemForm/u),
  cancelForm: row(`office ${unit}`, /^item\.card/u),
  'attach a file': row(`office ${unit}`, /^item\.card/u),
  urge: row('office', 'ItemUrged'),
  urgeUnit: row('office', 'ItemUrged'),
  withdrawItem: row('office', 'ItemWithdrawn'),
  moveOuter: row('office', 'OuterLimitMoved'),
  addItem: row('office', /reply\.itemForm/u),
  'addItem of a whole one': row('office', 'ItemHandedOver'),
  split: row(lead, 'ItemPlanned'),
  longTerm: row(lead, 'LongTermSet'),
  report: row(unit, 'ProgressReported'),
  finishSubtask: row(unit, 'SubtaskDone'),
  reassign: row(lead, 'SubtaskReassigned'),
  extend: row(lead, 'ExtensionAsked'),
  'approve of a unit': row('principal', 'ExtensionApproved'),
  'reject of a unit': row('office principal', 'ExtensionRefused'),
  'approve of the office': row('office', 'ExtensionApproved'),
  'reject of the office': row('office', 'ExtensionRefused'),
  draft: row(unit, 'HandInDrafted'),
  // a second person: not whoever has drafted it
  check: row('principal onDuty', 'DataChecked'),
  // that the principal has signed is registered by anybody of the unit
  sign: row(unit, 'HandInSigned'),
  submit: row(unit, 'ItemSubmitted'),
  accept: row('office', 'ItemAccepted'),
  return: row('office', 'ItemReturned'),
  acceptAll: row('office', /请确认/u),
  confirmAcceptAll: row('office', 'ItemAccepted'),
  close: row('office', 'ItemClosed'),
  followUp: row('office', 'ItemConfirmed'),
};

const table = { ...ofPosts, ...ofFigures, ...ofRosters, ...ofLeave, ...ofPhases, ...ofAccounts, ...ofItems };

const tried = new Set<string>();

const differencesOf = (world: World): Promise<readonly string[]> => {
  for (const name of Object.keys(world.tries)) tried.add(name);
  return differencesIn(world, table);
};

describe('whoever presses a forged button', () => {
  it.each([
    ['while a post is silent', whileAPostIsSilent],
    ['after a round', afterARound],
    ['with a report that waits', withAReport],
    ['with changes of the roster', withChangesOfTheRoster],
    ['with a draft of the roster', withADraft],
    ['with leave', withLeave],
    ['with leave that is to be confirmed', withLeaveToConfirm],
    ['while a shift is handed over', whileAShiftIsHandedOver],
    ['while somebody is tested', whileSomebodyIsTested],
    ['with a phase that is to be confirmed', withAPhaseToConfirm],
    ['with readiness that is to be confirmed', withReadinessToConfirm],
    ['with a long list', withALongList],
    ['with accounts and links', withAccounts],
  ] as const)('does what they may, and nothing else, %s', async (_, make) => {
    expect((await differencesOf(await make())).join('\n')).toBe('');
  });

  it('does what they may, and nothing else, at each stage of an item’s life', async () => {
    const differences: string[] = [];
    for await (const world of throughAnItemsLife()) differences.push(...(await differencesOf(world)));
    expect(differences.join('\n')).toBe('');
  });

  it('has been every act that there is', () => {
    const acts = new Set([...tried].map(actOf));
    expect(cardActs.size).toBeGreaterThan(90);
    expect([...cardActs].filter((act) => !acts.has(act))).toEqual([]);
    expect(Object.keys(table).filter((name) => !tried.has(name))).toEqual([]);
  });
});
