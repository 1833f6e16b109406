import type { Understood } from '../domain/command/intent.ts';
import type { CallResult } from '../domain/escalation/obligation.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import type { Template } from '../domain/escalation/template.ts';
import type { Person } from '../domain/organisation/organisation.ts';
import type { InboundMessage } from '../ports/inbox.ts';
import {
  acknowledgeOne,
  acknowledgeOwn,
  passOn,
  proveContact,
  recordCall,
  recordNotOnPost,
  recordStandIn,
  remindAgain,
} from './acts/answer.ts';
import { isAuditor, isOfOwnShift, mayAuditorPress, mayAuditorSay } from './acts/auditing.ts';
import { answerQuestion, askForHelp, callHelp, undo } from './acts/call-help.ts';
import { type AccountDesk, hearAccounts, pressAccounts } from './binding/accounts-in-chat.ts';
import { answerTest, pressAhead } from './ahead/answer-test.ts';
import { hearChange, pressChangeButton } from './roster-change/hear-change.ts';
import { hearVersions, pressVersions } from './roster-change/versions-in-chat.ts';
import type { RosterHistory } from './roster/roster-history.ts';
import type { ChatWorkbooks } from './roster-change/workbook-in-chat.ts';
import { hearDuty, type IsMeantForItem } from './shift-change/hear-duty.ts';
import { pressDuty } from './shift-change/press-duty.ts';
import { refuseDuty } from './shift-change/propose-duty.ts';
import { candidatesFor, openDesk } from './items/chat/find-items.ts';
import { acceptByAnswer, hearHandover, pressHandover } from './handover/hear-handover.ts';
import { keepHandovers } from './handover/keep-handovers.ts';
import type { Board } from './items/board.ts';
import { remindOfUnreceived } from './items/chat/answer-ask.ts';
import { hearZeroReport } from './items/chat/zero-report.ts';
import { hearItem } from './items/chat/hear-item.ts';
import { pressItem } from './items/chat/press-item.ts';
import { answerPhase, pressPhase, proposePhase } from './items/phases/propose-phase.ts';
import { pressReadiness } from './items/phases/press-readiness.ts';
import { answerReadiness, proposeReadiness } from './items/phases/propose-readiness.ts';
import { sayReadiness } from './items/phases/say-readiness.ts';
import { takeFiles } from './items/chat/take-files.ts';
import { noticeChannel, pauseChannel, resumeChannel, type ChannelsOf } from './acts/pause-channel.ts';
import { readOwed, readOwn, reply, subjectsOfPerson, type Turn } from './acts/speaker.ts';
import { startCheck } from './acts/start-check.ts';
import { beginChange, toTransition } from './change.ts';
import { nothing, type Decision } from './decision.ts';
import { hearAppeal, pressAppeal } from './figures/appeal-in-chat.ts';
import { hearReport, pressReport, type ReportMaker } from './figures/report-in-chat.ts';
import { pressLinks, resetLinks, sayLinks, type LinkMaker } from './calendar/say-links.ts';
import { sheetLines } from './roster/export-sheet.ts';
import { draftRoster, pressDraft } from './draft/draft-in-chat.ts';
import { hearDraftRules } from './draft/hear-draft-rules.ts';
import { sayPage, saySignIn, type SignInMaker } from './sign-in/say-sign-in.ts';
import type { World } from './world.ts';

export type DecideMessageDeps = {
  readonly world: World;
  /** Who an identity of a channel is; undefined for somebody unknown, or bound to nobody. */
  readonly identify: (channel: string, from: string) => Person | undefined;
  readonly understand: (text: string, speaker: Person, now: number) => Understood;
  readonly answerQuery: (
    understood: Understood,
    speaker: Person,
    now: number,
    locale: string | undefined,
  ) => { readonly template: Template; readonly params: NonNullable<Notice['params']> };
  /** Where the control room is, for those who ask. */
  readonly pageUrl: string;
  /** Without it, there are no links that sign somebody in: whoever asks gets the page's address. */
  readonly signIn?: SignInMaker;
  /** Without it, there are no links to calendars and duty sheets. */
  readonly links?: LinkMaker;
  /** Without it, items are not spoken of. */
  readonly board?: Board;
  /** Without it, earlier versions of the roster are not spoken of. */
  readonly history?: () => Promise<RosterHistory>;
  /** Without it, there are no reports. */
  readonly reports?: ReportMaker;
  /** Without it, workbooks are files like others. */
  readonly workbooks?: ChatWorkbooks;
  /** Without it, the channel of a message is the only one there is. */
  readonly channelsOf?: ChannelsOf;
  /** The channels in use. Without them, accounts are not spoken of. */
  readonly channels?: AccountDesk['channels'];
};

const callResults: readonly CallResult[] = ['onPost', 'busy', 'invalidNumber', 'noAnswer', 'hungUp', 'standIn'];

type Pressed = {
  readonly action: string;
  readonly obligationId?: string;
  readonly result?: string;
  readonly code?: string;
  /** A post or a unit. */
  readonly subject?: string;
};

/** What a button carries, where it is one of ours. */
const pressedOf = (value: unknown): Pressed | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, obligationId, result, code, subject } = value as Record<string, unknown>;
  if (typeof action !== 'string') return undefined;
  const text = (candidate: unknown) => (typeof candidate === 'string' && candidate.length <= 200 ? candidate : undefined);
  return { action, obligationId: text(obligationId), result: text(result), code: text(code), subject: text(subject) } as Pressed;
};

const press = async (turn: Turn, pressed: Pressed): Promise<readonly Notice[]> => {
  const { action, obligationId } = pressed;
  switch (action) {
    case 'acknowledge':
    case 'takeOver':
      return obligationId === undefined ? acknowledgeOwn(turn, {}) : acknowledgeOne(turn, obligationId, pressed.code);
    case 'notOnPost':
      return recordNotOnPost(turn, obligationId);
    case 'passOn':
      return passOn(turn, obligationId);
    case 'remind':
      return obligationId === undefined ? [reply(turn, 'reply.refused', { reason: 'unknown' })] : remindAgain(turn, obligationId);
    case 'startCheck': {
      await readOwn(turn);
      const { subject } = pressed;
      return subject === undefined ? [reply(turn, 'reply.refused', { reason: 'unknown' })] : startCheck(turn, { subject });
    }
    case 'help':
      return callHelp(turn);
    case 'undo':
      return undo(turn);
    case 'recordCall': {
      const result = callResults.find((one) => one === pressed.result);
      return obligationId === undefined || result === undefined
        ? [reply(turn, 'reply.refused', { reason: 'unknown' })]
        : recordCall(turn, obligationId, result);
    }
    default:
      return [reply(turn, 'reply.refused', { reason: 'unknown' })];
  }
};

/** A word of consent may be meant for an item that waits for it. */
const waitsForItem =
  (board: Board | undefined): IsMeantForItem =>
  async (turn, isYes) =>
    board !== undefined && candidatesFor(await openDesk(board, turn), turn, isYes ? 'approve' : 'reject').length > 0;

const channelsIn = ({ message }: Turn, { channelsOf }: DecideMessageDeps): ChannelsOf => channelsOf ?? (async () => [message.channel]);

const deskIn = (turn: Turn, deps: DecideMessageDeps): AccountDesk => ({
  channels: deps.channels ?? [],
  channelsOf: channelsIn(turn, deps),
});

const hear = async (turn: Turn, said: Understood, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  const appealed = await hearAppeal(turn, said, deps.reports?.readFigures);
  if (appealed) return appealed;
  if (said.intent === 'report') {
    await readOwn(turn);
    const reported = (await hearReport(turn, said, deps.reports)) ?? (deps.board && (await hearZeroReport(turn, deps.board)));
    return reported ?? hear(turn, { ...said, intent: 'unclear' }, deps);
  }
  // Before anything else: somebody who is asked whether they need help and says yes must not be confirmed on post.
  if (said.answer !== undefined) {
    const answered = await answerQuestion(turn, said.answer);
    if (answered) return answered;
  }
  const ofAccounts = await hearAccounts(turn, said, deskIn(turn, deps));
  if (ofAccounts) return ofAccounts;
  const ofShift =
    (await hearChange(turn, said, deps.workbooks)) ??
    (await hearHandover(turn, said)) ??
    (await hearDuty(turn, said, waitsForItem(deps.board)));
  if (ofShift) return ofShift;
  const { board } = deps;
  if (board) {
    const ofPhase = said.intent === 'changePhase' ? await proposePhase(turn, said) : await answerPhase(turn, said, board);
    if (ofPhase) return ofPhase;
    const ofReadiness = said.intent === 'assignReadiness' ? await proposeReadiness(turn, said) : await answerReadiness(turn, said);
    if (ofReadiness) return ofReadiness;
    const ofItems = await hearItem(turn, said, board, (text) => deps.understand(text, turn.person, turn.change.now));
    if (ofItems) return ofItems;
  }
  return hearOwn(turn, said, deps);
};

/** What anybody may say for themselves. */
const hearOwn = async (turn: Turn, said: Understood, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  switch (said.intent) {
    case 'acknowledge':
      return acknowledge(turn, said, deps.board);
    case 'standIn':
      return recordStandIn(turn, said);
    case 'notOnPost':
      return recordNotOnPost(turn);
    case 'passOn':
      return passOn(turn, undefined);
    case 'help':
      return said.needsConfirmation ? askForHelp(turn) : callHelp(turn);
    case 'undo':
      return undo(turn);
    case 'pauseChannel':
      return pauseChannel(turn, channelsIn(turn, deps));
    case 'resumeChannel':
      return resumeChannel(turn, channelsIn(turn, deps));
    case 'startCheck':
      await readOwn(turn);
      return startCheck(turn, said);
    default:
      return talk(turn, said, deps);
  }
};

/** What was said accepts a shift that waits to be taken over, and answers what is then the speaker's to answer. */
const acknowledge = async (before: Turn, said: Understood, board: Board | undefined): Promise<readonly Notice[]> => {
  const taken = await acceptByAnswer(before, said);
  const turn = taken?.turn ?? before;
  const replies = await (board && !turn.message.isGroup ? acknowledgeAll(turn, said, board) : acknowledgeOwn(turn, said));
  if (!taken) return replies;
  const isNews = ({ template, params }: Notice) =>
    template !== 'reply.nothingOpen' &&
    template !== 'reply.already' &&
    (params?.['lines'] === undefined || (params['lines'] as readonly string[]).length > 0);
  return [...taken.replies, ...replies.filter(isNews)];
};

/** What was said answers checks and never an item: whoever has no check open sees what they still have to receive. */
const acknowledgeAll = async (turn: Turn, said: Understood, board: Board): Promise<readonly Notice[]> => {
  const hasCheck = (await readOwed(turn)).length > 0;
  const replies = await acknowledgeOwn(turn, said);
  const waiting = hasCheck ? [] : await remindOfUnreceived(turn, board);
  return waiting.length === 0 ? replies : [...replies.filter(({ template }) => template !== 'reply.nothingOpen'), ...waiting];
};

/** A press about an item, or files without a word; everything else is no business of items. */
const takeItem = async (turn: Turn, deps: DecideMessageDeps): Promise<readonly Notice[] | undefined> => {
  const { board, links, workbooks, history } = deps;
  const { value, files = [] } = turn.message;
  const ofShift =
    (await pressAhead(turn, value)) ??
    (await pressChangeButton(turn, value, workbooks)) ??
    (history && (await pressVersions(turn, value, history))) ??
    (await pressHandover(turn, value)) ??
    (await pressDuty(turn, value)) ??
    (await pressDraft(turn, value)) ??
    (await pressLinks(turn, value, links)) ??
    (await pressReport(turn, value, deps.reports)) ??
    (await pressAppeal(turn, value, deps.reports?.readFigures)) ??
    (await pressAccounts(turn, value, deskIn(turn, deps)));
  if (ofShift || !board) return ofShift;
  const pressed =
    (await pressPhase(turn, value, board)) ?? (await pressReadiness(turn, value, board)) ?? (await pressItem(turn, value, board));
  return pressed ?? (files.length > 0 && (turn.message.text ?? '').trim() === '' ? takeFiles(turn, board, '') : undefined);
};

/** Whoever asks for the roster is told where to get it on paper. */
const withSheet = (turn: Turn, said: Understood, { links }: DecideMessageDeps, params: NonNullable<Notice['params']>): typeof params => {
  if (said.intent !== 'roster' || links === undefined || turn.message.isGroup || said.isDateUnreadable) return params;
  const { fromAt, toAt, units = [] } = said;
  const unitIds = units.map(({ id }) => id);
  const asked = { unitIds, ...(fromAt === undefined ? {} : { fromAt }), ...(toAt === undefined ? {} : { toAt }) };
  return { ...params, lines: [...(params['lines'] as readonly string[]), ...sheetLines(turn, links, asked)] };
};

/** Questions, and everything else: contact is proven by it, presence is not. */
const talk = async (turn: Turn, said: Understood, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  const own = await readOwed(turn);
  proveContact(turn, 'contact');
  const { message, person, change } = turn;
  switch (said.intent) {
    case 'calendarLink':
      return deps.links ? sayLinks(turn, said, deps.links) : [reply(turn, 'reply.notYet', { intent: said.intent })];
    case 'resetCalendarLink':
      return deps.links ? resetLinks(turn, said, deps.links) : [reply(turn, 'reply.notYet', { intent: said.intent })];
    case 'draftRoster': {
      const drafted = message.isGroup ? [] : await draftRoster(turn, said);
      return drafted ?? talk(turn, { ...said, intent: 'roster' }, deps);
    }
    case 'whoIsOnDuty':
    case 'roster':
    case 'myShifts':
    case 'usage': {
      const { template, params } = deps.answerQuery(said, person, change.now, message.locale);
      return [reply(turn, template, withSheet(turn, said, deps, params))];
    }
    case 'readiness':
      return deps.board ? sayReadiness(turn, said, deps.board) : [reply(turn, 'reply.notYet', { intent: said.intent })];
    case 'dashboard':
      return [deps.signIn ? saySignIn(turn, deps.signIn) : sayPage(turn, deps.pageUrl)];
    case 'unclear': {
      if (said.digits !== undefined && own.some((o) => o.code === said.digits)) return acknowledgeOwn(turn, said);
      if (own.length > 0) return [reply(turn, 'reply.contactOnly')];
      if (message.isGroup) return [];
      const { template, params } = deps.answerQuery({ ...said, intent: 'usage' }, person, change.now, message.locale);
      return [reply(turn, template, params)];
    }
    case 'approve':
    case 'reject':
      return message.isGroup ? [] : refuseDuty(turn, 'noneOpen');
    default:
      return message.isGroup ? [] : [reply(turn, 'reply.notYet', { intent: said.intent })];
  }
};

const fourLatinLetters = /\p{Script=Latin}{4}/u;

/** Somebody who writes English reads English, unless their chat says otherwise; short codes and `ok` belong to no language. */
const localeOf = (message: InboundMessage, said: Understood): string | undefined => {
  const { text = '', locale } = message;
  const isEnglish = said.intent !== 'unclear' && fourLatinLetters.test(text) && !/\p{Script=Han}/u.test(text);
  return locale ?? (isEnglish ? 'en' : undefined);
};

const hearIn = async (turn: Turn, said: Understood, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  const locale = localeOf(turn.message, said);
  const heard = locale === undefined ? turn : { ...turn, message: { ...turn.message, locale } };
  // Before it is taken for anything else: of whoever looks at a draft, who is away is said in the words of other messages.
  const ofVersions = deps.history && (await hearVersions(heard, deps.history));
  if (ofVersions) return ofVersions;
  return (await hearDraftRules(heard, (text) => deps.understand(text, turn.person, turn.change.now))) ?? hear(heard, said, deps);
};

/** Whoever audits acts for nobody else, whatever else they are. */
const hearAuditor = async (turn: Turn, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  const { value, text = '', files = [] } = turn.message;
  const refused = [reply(turn, 'reply.refused', { reason: 'auditor' })];
  const pressed = pressedOf(value);
  if (pressed) {
    if (!mayAuditorPress(pressed.action)) return refused;
    const ofShift =
      (await pressAhead(turn, value)) ??
      (deps.history && (await pressVersions(turn, value, deps.history))) ??
      (await pressHandover(turn, value)) ??
      (await pressDuty(turn, value)) ??
      (await pressLinks(turn, value, deps.links));
    if (ofShift) return ofShift;
    // a card of somebody else's is no way to take over from them, nor to pass on what others are asked
    const { action, code, obligationId } = pressed;
    const isOwed = async (): Promise<boolean> => (await readOwed(turn)).some(({ id }) => id === obligationId);
    if (action === 'passOn' && obligationId !== undefined && !(await isOwed())) return refused;
    return action === 'acknowledge' ? acknowledgeOwn(turn, code === undefined ? {} : { digits: code }) : press(turn, pressed);
  }
  if (files.length > 0) return turn.message.isGroup ? [] : refused;
  if (text.trim() === '') return [];
  const said = deps.understand(text, turn.person, turn.change.now);
  if (!mayAuditorSay(said.intent)) return turn.message.isGroup ? [] : refused;
  const asked = said.answer === undefined ? undefined : await answerQuestion(turn, said.answer);
  const ofShift =
    asked ?? (await hearHandover(turn, said)) ?? (isOfOwnShift(said.intent) ? await hearDuty(turn, said, async () => false) : undefined);
  return ofShift ?? hearOwn(turn, said, deps);
};

const answerTo = async (turn: Turn, deps: DecideMessageDeps): Promise<readonly Notice[]> => {
  if (isAuditor(turn.world, turn.person)) return hearAuditor(turn, deps);
  const { value, text } = turn.message;
  const ofItems = await takeItem(turn, deps);
  if (ofItems) return ofItems;
  const pressed = pressedOf(value);
  if (pressed) return press(turn, pressed);
  if (text === undefined || text.trim() === '') return [];
  return hearIn(turn, deps.understand(text, turn.person, turn.change.now), deps);
};

/** What a message leads to. An identity that nobody knows has no effect at all. */
export const decideMessage = async (deps: DecideMessageDeps, message: InboundMessage): Promise<Decision> => {
  const { world } = deps;
  const person = deps.identify(message.channel, message.from);
  if (!person || person.isDisabled) return { transition: nothing, replies: [] };
  await keepHandovers(world);
  const now = world.clock.now();
  const subjects = subjectsOfPerson(world, person.id, now);
  const turn: Turn = { world, message, person, change: beginChange(world, now), ownNow: subjects.now, ownLately: subjects.lately };
  const pressed = pressedOf(message.value);
  const replies = await answerTo(turn, deps);
  const reached = await answerTest(turn);
  const isOfTest = ({ template }: Notice): boolean => template === 'reply.nothingOpen' || template === 'reply.refused';
  const isAnswered =
    reached !== undefined && (pressed?.obligationId === reached.obligationId || (replies.length > 0 && replies.every(isOfTest)));
  // Whatever it was about, it came from them.
  await readOwn(turn);
  proveContact(turn, 'contact');
  await noticeChannel(turn, channelsIn(turn, deps));
  return { transition: toTransition(turn.change), replies: isAnswered ? [reached.notice] : replies };
};
