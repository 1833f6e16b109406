import type { Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { announceHandOver } from '../../../domain/items/announce-item.ts';
import { correct, handOver } from '../../../domain/items/decide-handing-over.ts';
import type { ItemDraft } from '../../../domain/items/item-command.ts';
import { isOfOffice } from '../../../domain/items/item-people.ts';
import { isItemEnded, limitAt, type Item } from '../../../domain/items/item.ts';
import { readinessItemId, readinessNeeds } from '../../../domain/items/readiness.ts';
import type { Unit } from '../../../domain/organisation/organisation.ts';
import { fill, type PhaseRefusal } from '../../../messages/catalogue.ts';
import { phaseTextsFor } from '../../../messages/phase-texts.ts';
import { readinessTextsFor } from '../../../messages/readiness-texts.ts';
import { readDialogue, writeDialogue } from '../../acts/dialogue.ts';
import { readOwed, reply, type Turn } from '../../acts/speaker.ts';
import { dateTimeOf } from '../../notices/render-items.ts';
import { applyToItem, itemContextOf, itemIn, readAll } from '../change-item.ts';
import { readinessDrafts } from '../intake/readiness-drafts.ts';

/** The office asks units for what must lie ready: proposed with its date, and opened after one confirmation. */

/** A proposal is forgotten after this. */
const proposalMs = 30 * 60_000;

type Asked = { readonly dueAt: number; readonly unitIds: readonly string[] };

/** What it comes to: new items, and open ones whose date moves. */
type Plan = { readonly units: number; readonly drafts: readonly ItemDraft[]; readonly moved: readonly Item[]; readonly same: number };

const refuse = (turn: Turn, reason: PhaseRefusal): readonly Notice[] => [reply(turn, 'reply.refused', { reason })];

const mayAssign = ({ world, person, change }: Turn): boolean => isOfOffice(world.directory, person.id, change.now);

/** No unit named is every unit of whom anything is asked. */
const unitsOf = ({ world }: Turn, unitIds: readonly string[]): readonly Unit[] =>
  world.directory.organisation.units.filter(
    (unit) => readinessNeeds(unit).length > 0 && (unitIds.length === 0 || unitIds.includes(unit.id)),
  );

/** What was filed already keeps the date by which it was filed. */
const isOwed = ({ status }: Item): boolean => !['submitted', 'accepted', 'closed', 'confirmed', 'withdrawn'].includes(status);

const planOf = async (turn: Turn, { dueAt, unitIds }: Asked): Promise<Plan> => {
  const { world, change } = turn;
  const units = unitsOf(turn, unitIds);
  const ids = units.flatMap((unit) => readinessNeeds(unit).map((need) => readinessItemId(unit.id, need)));
  await readAll(world, change, ids);
  const known = new Map(ids.flatMap((id) => (itemIn(change, id) ? [[id, itemIn(change, id)!] as const] : [])));
  const open = [...known.values()].filter((item) => !isItemEnded(item));
  const moved = open.filter((item) => isOwed(item) && limitAt(item, 'unit')?.at !== dueAt);
  return {
    units: units.length,
    drafts: readinessDrafts(world, units, { dueAt, handedOverAt: change.now, known }),
    moved,
    same: open.length - moved.length,
  };
};

const linesOf = ({ world, message }: Turn, { dueAt }: Asked, plan: Plan): readonly string[] => {
  const { lines } = readinessTextsFor(message.locale);
  const counted = (line: string, count: number) => (count === 0 ? [] : (fill(line, { count: String(count) }) ?? []));
  return [
    fill(lines.due, { dueAt: dateTimeOf(world, dueAt) }) ?? '',
    counted(lines.units, plan.units),
    counted(lines.fresh, plan.drafts.length),
    counted(lines.moved, plan.moved.length),
    counted(lines.same, plan.same),
  ].flat();
};

const isNews = ({ drafts, moved }: Plan): boolean => drafts.length + moved.length > 0;

const remember = async (turn: Turn, asked: Asked | undefined): Promise<void> => {
  const { question: _, ...rest } = await readDialogue(turn);
  writeDialogue(turn, asked ? { ...rest, question: { kind: 'readiness', askedAt: turn.change.now, ...asked } } : rest);
};

const propose = async (turn: Turn, asked: Asked): Promise<readonly Notice[]> => {
  const plan = await planOf(turn, asked);
  const { lines } = readinessTextsFor(turn.message.locale);
  if (plan.units === 0) return [reply(turn, 'reply.readiness', { lines: [phaseTextsFor(turn.message.locale).readiness.none] })];
  const said = linesOf(turn, asked, plan);
  if (!isNews(plan)) return [reply(turn, 'reply.readinessAssigned', { lines: [...said, lines.nothing] })];
  await remember(turn, asked);
  return [reply(turn, 'reply.readinessProposed', { lines: [...said, lines.confirm], askedAt: turn.change.now })];
};

/** Undefined where people talk of it in a group: only the office's words are meant for us there. */
export const proposeReadiness = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  const { change, world, message } = turn;
  if (!mayAssign(turn)) return message.isGroup ? undefined : refuse(turn, 'readinessOffice');
  const dueAt = said.isDateUnreadable ? undefined : (said.toAt ?? said.fromAt ?? world.settings.readiness?.dueAt);
  if (dueAt === undefined) return [reply(turn, 'reply.readiness', { lines: [readinessTextsFor(message.locale).lines.askDate] })];
  if (dueAt <= change.now) return refuse(turn, 'phasePast');
  return propose(turn, { dueAt, unitIds: (said.units ?? []).map(({ id }) => id) });
};

const waitingFor = async (turn: Turn): Promise<(Asked & { readonly askedAt: number }) | undefined> => {
  const { question } = await readDialogue(turn);
  return question?.kind === 'readiness' && turn.change.now - question.askedAt < proposalMs ? question : undefined;
};

const confirm = async (turn: Turn, { dueAt, unitIds }: Asked): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (!mayAssign(turn)) return refuse(turn, 'readinessOffice');
  if (dueAt <= change.now) return refuse(turn, 'phasePast');
  // Somebody else may have asked for some of it meanwhile: what is there is not opened again.
  const plan = await planOf(turn, { dueAt, unitIds });
  await remember(turn, undefined);
  const { lines } = readinessTextsFor(message.locale);
  const said = linesOf(turn, { dueAt, unitIds }, plan);
  if (!isNews(plan)) return [reply(turn, 'reply.readinessAssigned', { lines: [...said, lines.nothing] })];
  const by = { personId: person.id, channel: message.channel };
  const context = itemContextOf(world);
  for (const draft of plan.drafts) await applyToItem(world, change, draft.id, [handOver(draft, context, change.now, by)]);
  const opened = plan.drafts.map(({ id }) => itemIn(change, id)!);
  const before = change.notices.length;
  const limits = [{ level: 'unit', at: dueAt, countedFromAt: change.now, rule: { type: 'instant' } }] as const;
  for (const item of plan.moved) await applyToItem(world, change, item.id, correct(item, { limits }, context, change.now, by).events);
  // each unit hears once of all that was moved
  const news = change.notices.splice(before).map((notice) => (notice.template === 'item.news' ? { ...notice, isBundled: true } : notice));
  change.notices.push(...news, ...announceHandOver(opened, world.directory, change.now).filter(({ to }) => to !== person.id));
  return [reply(turn, 'reply.readinessAssigned', { lines: [...said, lines.opened] })];
};

const decline = async (turn: Turn): Promise<readonly Notice[]> => {
  await remember(turn, undefined);
  return [reply(turn, 'reply.undone', { lines: [] })];
};

/** Plain yes or no; undefined where nothing waits for it. */
export const answerReadiness = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  if (said.answer === undefined) return undefined;
  const waiting = await waitingFor(turn);
  if (!waiting) return undefined;
  // A check that came after the question is what they answer.
  if ((await readOwed(turn)).some(({ openedAt }) => openedAt >= waiting.askedAt)) return undefined;
  return said.answer === 'yes' ? confirm(turn, waiting) : decline(turn);
};

/** A button of such a card; undefined for one that is about something else. */
export const pressProposal = async (turn: Turn, action: unknown, askedAt: unknown): Promise<readonly Notice[] | undefined> => {
  if (action !== 'confirmReadiness' && action !== 'declineReadiness') return undefined;
  if (!mayAssign(turn)) return refuse(turn, 'readinessOffice');
  const waiting = await waitingFor(turn);
  // A card of before must not confirm what was proposed since.
  if (!waiting || String(waiting.askedAt) !== askedAt) return refuse(turn, 'readinessOver');
  return action === 'declineReadiness' ? decline(turn) : confirm(turn, waiting);
};
