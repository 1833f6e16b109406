import type { Understood } from '../../domain/command/intent.ts';
import { isUnreached } from '../../domain/contact/reach.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { appointedAt } from '../../domain/organisation/directory.ts';
import type { RosterProposal } from '../../domain/roster-change/proposal.ts';
import type { DutyRole, PostId } from '../../domain/roster/roster.ts';
import type { ShiftPart, Span } from '../../domain/shift-change/duty-request.ts';
import { brokenRules, type BrokenRule, type DutyRule, type RuleContext } from '../../domain/shift-change/proposal-rules.ts';
import type { Proposal } from '../../domain/shift-change/to-overrides.ts';
import { rosterChangeTextsFor } from '../../messages/roster-change-texts.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import type { ButtonValue } from '../../ports/channel.ts';
import { nameOf, type Turn } from '../acts/speaker.ts';
import { freeColleagues, shiftsMeantBy } from '../shift-change/duty-shifts.ts';
import { proposeDuty } from '../shift-change/propose-duty.ts';
import { packPart, readPart } from '../shift-change/pack-part.ts';
import { partText, rulesText } from '../shift-change/say-duty.ts';
import type { World } from '../world.ts';
import { applySentence } from './apply-sentence.ts';
import { changeButton, put, refuseChange, sayCard, textsOf } from './change-card.ts';
import { endProposal, openProposal, readProposal } from './keep-proposal.ts';
import { rememberProposal } from './remember-proposal.ts';
import { proposalLines } from './render-proposal.ts';
import { settleChange, type ChangeAsk, type Settled } from './settle-change.ts';

/** A sentence puts somebody on a shift: it is shown what that changes, and counts once it is confirmed. */

/** Rules that the office may set aside, knowing what it does; the others hold for everybody. */
export const mayBeSetAside: readonly DutyRule[] = ['rest', 'rank', 'unreachable', 'away'];

const mostOutOrIn = 10;
const mostOffered = 8;

/** `office` decides; `unit` speaks for its own posts. */
type Standing = 'office' | 'unit';

const speaksFor = ({ world, person, change }: Turn, unitId: string): boolean => isSpokenForBy(world, person.id, unitId, change.now);

const isSpokenForBy = ({ directory }: World, personId: string, unitId: string, now: number): boolean =>
  (['liaison', 'principal'] as const).some((role) => appointedAt(directory, role, unitId, now).includes(personId));

/** Whoever may say who stands a unit's posts: the office, and those who answer for the unit. */
export const mayChangeShifts = (world: World, personId: string, unitId: string, now: number): boolean =>
  isOfOffice(world.directory, personId, now) || isSpokenForBy(world, personId, unitId, now);

const standingFor = (turn: Turn, unitId: string): Standing | undefined => {
  const { world, person, change } = turn;
  if (isOfOffice(world.directory, person.id, change.now)) return 'office';
  return speaksFor(turn, unitId) ? 'unit' : undefined;
};

const maySpeak = (turn: Turn): boolean =>
  isOfOffice(turn.world.directory, turn.person.id, turn.change.now) ||
  turn.world.directory.organisation.units.some(({ id }) => speaksFor(turn, id));

const settle = (turn: Turn, ask: ChangeAsk): Settled =>
  settleChange(turn.world.directory, ask, turn.world.settings.timeZone, turn.change.now);

/** Whoever looks after no roster speaks of their own shift, where no other is named: that takes a colleague's word. */
const isOwnCover = ({ person }: Turn, { rosterChange, units = [] }: Understood): boolean =>
  rosterChange !== undefined && units.length === 0 && rosterChange.out === undefined && !rosterChange.in.ids.includes(person.id);

/** What somebody says. In a group people talk to each other. */
export const hearRosterChange = async (turn: Turn, said: Understood): Promise<readonly Notice[]> => {
  if (turn.message.isGroup) return [];
  if (!maySpeak(turn)) return isOwnCover(turn, said) ? proposeDuty(turn, said) : refuseChange(turn, 'notYours');
  if (said.isDateUnreadable) return refuseChange(turn, 'dateUnreadable');
  const { rosterChange, units = [], fromAt, toAt } = said;
  if (!rosterChange) return refuseChange(turn, 'over');
  const own = turn.world.directory.organisation.units.filter(({ id }) => speaksFor(turn, id)).map(({ id }) => id);
  const isOffice = isOfOffice(turn.world.directory, turn.person.id, turn.change.now);
  const unitIds = units.length > 0 ? units.map(({ id }) => id) : isOffice || rosterChange.out ? [] : own;
  const { out, in: comes, role } = rosterChange;
  return goOn(turn, {
    unitIds,
    outIds: (out?.ids ?? []).slice(0, mostOutOrIn),
    inIds: comes.ids.slice(0, mostOutOrIn),
    ...(comes.ids.length === 0 ? { inName: comes.name } : {}),
    ...(role === undefined ? {} : { role }),
    ...(fromAt === undefined ? {} : { from: fromAt }),
    ...(toAt === undefined ? {} : { to: toAt }),
  });
};

/** An ask from a list of the unreachable, with no words at all: who stands this shift instead. */
export const goOn = async (turn: Turn, ask: ChangeAsk): Promise<readonly Notice[]> => {
  const settled = settle(turn, ask);
  if (settled.status === 'refused') {
    const { reason, postId, personId } = settled;
    return refuseChange(turn, reason, {
      post: postId === undefined ? '' : nameOf(turn.world, postId),
      person: personId === undefined ? '' : nameOf(turn.world, personId),
      name: ask.inName ?? '',
    });
  }
  if (settled.status === 'ask') return askBack(turn, settled);
  if (settled.status === 'offer') return offer(turn, settled);
  return propose(turn, settled);
};

const valueOfAsk = ({ from, to, unitIds, postId, role, outIds, inIds, inName }: ChangeAsk): ButtonValue => ({
  action: 'settleRosterChange',
  from: String(from ?? ''),
  to: String(to ?? ''),
  units: unitIds.join(','),
  post: postId ?? '',
  role: role ?? '',
  out: outIds.join(','),
  in: inIds.join(','),
  name: inName ?? '',
});

const listIn = (value: unknown): readonly string[] => (typeof value === 'string' ? value.split(',').filter(Boolean) : []);
const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 2_000 ? value : undefined;
const instantIn = (value: unknown): number | undefined => {
  const at = Number(textIn(value) ?? Number.NaN);
  return Number.isSafeInteger(at) ? at : undefined;
};

const askOf = (pressed: Pressed): ChangeAsk => {
  const [from, to, postId, inName] = [
    instantIn(pressed['from']),
    instantIn(pressed['to']),
    textIn(pressed['post']),
    textIn(pressed['name']),
  ];
  const role = (['shiftLeader', 'onDuty', 'coDuty'] as const).find((one) => one === pressed['role']);
  return {
    unitIds: listIn(pressed['units']),
    outIds: listIn(pressed['out']),
    inIds: listIn(pressed['in']),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(postId === undefined ? {} : { postId }),
    ...(role === undefined ? {} : { role }),
    ...(inName === undefined ? {} : { inName }),
  };
};

const askBack = (turn: Turn, { about, choices, ask }: Extract<Settled, { status: 'ask' }>): readonly Notice[] => {
  const texts = textsOf(turn);
  const chosen = (id: string): ChangeAsk =>
    about === 'whichPost' ? { ...ask, postId: id } : about === 'whoGoes' ? { ...ask, outIds: [id] } : { ...ask, inIds: [id] };
  const title = (id: string): string => (about === 'whichPost' ? nameOf(turn.world, id) : titleOf(turn, id, ask));
  const buttons = choices.map((id) => changeButton(title(id), valueOfAsk(chosen(id))));
  return sayCard(turn, {
    heading: texts.headings[about],
    lines: [texts.lines[about]],
    buttons: [...buttons, changeButton(texts.buttons.cancel, { action: 'cancelRosterChange' })],
  });
};

/** Colleagues who could stand it without breaking a rule, those with the fewest shifts first. */
const offer = (turn: Turn, { ask, outId, parts }: Extract<Settled, { status: 'offer' }>): readonly Notice[] => {
  const proposal = { holderId: outId, gives: parts, takes: [] };
  const choices = freeColleagues(ruleContextOf(turn.world), proposal, turn.change.now, mostOffered);
  if (choices.length === 0) return refuseChange(turn, 'nobodyFree', { person: nameOf(turn.world, outId) });
  return askBack(turn, { status: 'ask', about: 'whoComes', choices, ask });
};

/** The role in the shift that is meant: of a day, the one that begins on it. */
const roleIn = ({ directory, settings }: World, personId: string, postId: PostId, said: Span): DutyRole | undefined =>
  shiftsMeantBy(directory, personId, said, false, settings.timeZone, said.from).find((part) => part.postId === postId)?.role;

/** With the role or the unit, so that namesakes can be told apart. */
const titleOf = ({ world, message }: Turn, personId: string, { postId, from, to }: ChangeAsk): string => {
  const { directory } = world;
  const role = postId === undefined || from === undefined ? undefined : roleIn(world, personId, postId, { from, to: to ?? from + 1 });
  const of = directory.appointmentsOf.get(personId)?.[0]?.of;
  const about = role !== undefined ? rosterChangeTextsFor(message.locale).roles[role] : of === undefined ? '' : nameOf(world, of);
  const mobile = directory.people.get(personId)?.mobile.slice(-4) ?? '';
  return `${nameOf(world, personId)}${about === '' ? ` ${mobile}` : ` (${about})`}`;
};

export const ruleContextOf = ({ directory, settings, reach }: World): RuleContext => ({
  directory,
  limits: settings.limits,
  isUnreached: (id) => isUnreached(reach, id),
});

const brokenBy = (turn: Turn, proposal: Proposal): readonly BrokenRule[] =>
  brokenRules(ruleContextOf(turn.world), proposal, turn.change.now);

type Ready = Extract<Settled, { status: 'ready' }>;

/** The shifts as they are and as they would be, with what it breaks. */
const changeLines = (turn: Turn, { parts, outId, inId }: Ready, broken: readonly BrokenRule[]): readonly string[] => {
  const texts = textsOf(turn);
  const words = shiftChangeTextsFor(turn.message.locale);
  const { world } = turn;
  return [
    ...parts.flatMap((part) => [
      put(texts.lines.before, { part: partText(world, part, words), person: outId === undefined ? texts.nobody : nameOf(world, outId) }),
      put(texts.lines.after, { part: partText(world, part, words), person: nameOf(world, inId) }),
    ]),
    ...(broken.length > 0 ? [put(texts.lines.breaks, { rules: rulesText(world, broken, words) })] : []),
  ];
};

const pressedReady = ({ parts, outId, inId }: Ready): { readonly [key: string]: string } => ({
  parts: parts.map(packPart).join(';'),
  out: outId ?? '',
  in: inId,
});

/** Whether it counts at once; otherwise it waits for the office. */
const mayApply = ({ settings }: World, standing: Standing, broken: readonly BrokenRule[]): boolean =>
  standing === 'office' || (settings.rosterChanges === 'unit' && broken.length === 0);

const propose = async (turn: Turn, ready: Ready): Promise<readonly Notice[]> => {
  const unitId = turn.world.directory.posts.get(ready.postId)?.unitId ?? '';
  const standing = standingFor(turn, unitId);
  if (standing === undefined) return refuseChange(turn, 'notYours');
  const texts = textsOf(turn);
  const broken = brokenBy(turn, proposalOf(ready));
  const hard = broken.filter(({ rule }) => !mayBeSetAside.includes(rule));
  if (hard.length > 0)
    return refuseChange(turn, 'broken', { rules: rulesText(turn.world, hard, shiftChangeTextsFor(turn.message.locale)) });
  const value: ButtonValue = { action: 'applyRosterChange', ...pressedReady(ready), askedAt: String(turn.change.now) };
  await rememberProposal(turn, value);
  return sayCard(turn, {
    heading: texts.headings.confirm,
    lines: [...changeLines(turn, ready, broken), texts.lines[mayApply(turn.world, standing, broken) ? 'tap' : 'tapToOffice']],
    buttons: [
      changeButton(broken.length > 0 ? texts.buttons.applyAnyway : texts.buttons.apply, value, 'positive'),
      changeButton(texts.buttons.cancel, { action: 'cancelRosterChange' }),
    ],
  });
};

const proposalOf = ({ parts, outId, inId }: Ready): Proposal => ({
  ...(outId === undefined ? {} : { holderId: outId }),
  substituteId: inId,
  gives: parts,
  takes: [],
});

export type Pressed = { readonly [key: string]: unknown };

const readyOf = (pressed: Pressed): Ready | undefined => {
  const parts = (textIn(pressed['parts']) ?? '').split(';').flatMap((text): readonly ShiftPart[] => {
    const part = readPart(text);
    return part ? [part] : [];
  });
  const [outId, inId] = [textIn(pressed['out']), textIn(pressed['in'])];
  const [first] = parts;
  if (!first || inId === undefined || parts.some(({ postId }) => postId !== first.postId)) return undefined;
  return { status: 'ready', postId: first.postId, ...(outId === undefined ? {} : { outId }), inId, parts };
};

/** Confirmed: counted as it was shown, or refused where the roster has moved on. */
const confirm = async (turn: Turn, pressed: Pressed): Promise<readonly Notice[]> => {
  const found = pressed['proposalId'] === undefined ? undefined : await waitingFor(turn, pressed);
  if (found && !isWaiting(found)) return found;
  const proposal = found;
  const ready = proposal ? ({ ...proposal, status: 'ready' } as const) : readyOf(pressed);
  if (!ready) return refuseChange(turn, 'over');
  const { world, change } = turn;
  const unitId = world.directory.posts.get(ready.postId)?.unitId ?? '';
  const standing = standingFor(turn, unitId);
  if (standing === undefined) return refuseChange(turn, 'notYours');
  const texts = textsOf(turn);
  if (ready.parts.every(({ to }) => to <= change.now)) return refuseChange(turn, 'past');
  const broken = brokenBy(turn, proposalOf(ready));
  if (broken.some(({ rule }) => rule === 'partGone')) return refuseChange(turn, 'moved');
  const hard = broken.filter(({ rule }) => !mayBeSetAside.includes(rule));
  if (hard.length > 0) return refuseChange(turn, 'broken', { rules: rulesText(world, hard, shiftChangeTextsFor(turn.message.locale)) });
  const isTheirs = mayApply(world, standing, broken);
  // What waits for the office already is not sent there again.
  if (proposal && !isTheirs) return refuseChange(turn, 'notYours');
  await rememberProposal(turn, undefined);
  if (!isTheirs) return sendToOffice(turn, ready, broken);
  const lines = changeLines(turn, ready, []);
  const applied = await applySentence(turn, proposalOf(ready), lines, texts.headings.applied);
  if (proposal) await endProposal(world, change, proposal, 'ProposalApplied', { personId: turn.person.id, channel: turn.message.channel });
  return applied;
};

/** Leave and swaps need consent, and so does what a unit says of its own post: it waits for the office as it is. */
const sendToOffice = async (turn: Turn, ready: Ready, broken: readonly BrokenRule[]): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const { id } = await openProposal(turn, ready);
  return sayCard(turn, {
    heading: texts.headings.sentToOffice,
    lines: [...changeLines(turn, ready, broken), texts.lines.proposalWaits],
    buttons: [changeButton(texts.buttons.withdraw, { action: 'withdrawRosterChange', proposalId: id })],
  });
};

/** What a card of a proposal is about, as long as it waits. */
const waitingFor = async (turn: Turn, pressed: Pressed): Promise<RosterProposal | readonly Notice[]> => {
  const proposal = await readProposal(turn.world, turn.change, pressed['proposalId']);
  if (!proposal) return refuseChange(turn, 'over');
  if (proposal.status === 'asked') return proposal;
  const texts = textsOf(turn);
  return sayCard(turn, { heading: texts.proposalEnds[proposal.status], lines: proposalLines(turn.world, proposal, turn.message.locale) });
};

const isWaiting = (found: RosterProposal | readonly Notice[]): found is RosterProposal => 'status' in found;

const decline = async (turn: Turn, pressed: Pressed): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return refuseChange(turn, 'notYours');
  const found = await waitingFor(turn, pressed);
  if (!isWaiting(found)) return found;
  await endProposal(world, change, found, 'ProposalDeclined', { personId: person.id, channel: message.channel });
  return sayCard(turn, { heading: textsOf(turn).headings.declined, lines: proposalLines(world, found, message.locale) });
};

const withdraw = async (turn: Turn, pressed: Pressed): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const found = await waitingFor(turn, pressed);
  if (!isWaiting(found)) return found;
  if (found.by !== person.id) return refuseChange(turn, 'notYours');
  await endProposal(world, change, found, 'ProposalWithdrawn', { personId: person.id, channel: message.channel });
  return sayCard(turn, { heading: textsOf(turn).proposalEnds.withdrawn, lines: proposalLines(world, found, message.locale) });
};

/** A button of such a card; undefined for one that is about something else. */
export const pressChange = async (turn: Turn, pressed: Pressed): Promise<readonly Notice[] | undefined> => {
  switch (pressed['action']) {
    case 'settleRosterChange':
      return maySpeak(turn) ? goOn(turn, askOf(pressed)) : refuseChange(turn, 'notYours');
    case 'applyRosterChange':
      return confirm(turn, pressed);
    case 'declineRosterChange':
      return decline(turn, pressed);
    case 'withdrawRosterChange':
      return withdraw(turn, pressed);
    default:
      return undefined;
  }
};
