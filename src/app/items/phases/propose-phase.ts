import type { Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { isOfOffice } from '../../../domain/items/item-people.ts';
import { phaseAt, saysNothingNew, type PhaseSpan } from '../../../domain/items/phase.ts';
import type { PhaseRefusal } from '../../../messages/catalogue.ts';
import { phaseTextsFor } from '../../../messages/phase-texts.ts';
import type { ProposedPhase } from '../../../ports/store.ts';
import { readDialogue, writeDialogue } from '../../acts/dialogue.ts';
import { nameOf, readOwed, reply, type Turn } from '../../acts/speaker.ts';
import { phasesOf } from '../../contact/contact-rules.ts';
import { calendarId, dialogueIdOf, type World } from '../../world.ts';
import { announcePhase } from './announce-phase.ts';
import type { Board } from '../board.ts';
import { readAll } from '../change-item.ts';
import { answerableFor, papersOf } from './phase-papers.ts';
import { changeLines, rulesLines } from './say-phase.ts';

/** A sentence of the office proposes a change of phase; nothing is changed before it is confirmed, once. */

/** A proposal is forgotten after this. */
const proposalMs = 30 * 60_000;
const mostOffered = 24;

type Settled = ProposedPhase & { readonly unitIds: readonly string[] };

const refuse = (turn: Turn, reason: PhaseRefusal): readonly Notice[] => [reply(turn, 'reply.refused', { reason })];

const mayChange = ({ world, person, change }: Turn): boolean => isOfOffice(world.directory, person.id, change.now);

/** Phases as this turn finds them, and not as the last look at the store found them. */
const phasesNow = async ({ world, change }: Turn): Promise<readonly PhaseSpan[]> => {
  await readAll(world, change, [calendarId]);
  const read = change.entries.get(calendarId)?.aggregate;
  const announced: World = read?.type === 'calendar' ? { ...world, calendar: read.state } : world;
  return phasesOf(announced);
};

/** One change, or the two of a journey in their order. */
const partsOf = ({ left, ...proposed }: Settled): readonly Settled[] => (left ? [{ phase: 'after', ...left }, proposed] : [proposed]);

const spansOf = ({ phase, fromAt, toAt, unitIds }: Settled): readonly PhaseSpan[] => {
  const span = { phase, fromAt, ...(toAt === undefined ? {} : { toAt }) };
  return unitIds.length === 0 ? [span] : unitIds.map((unitId) => ({ ...span, unitId }));
};

/** Undefined where people talk of the team in a group: only the office's words are meant for us there. */
export const proposePhase = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  const { now } = turn.change;
  if (!mayChange(turn)) return turn.message.isGroup ? undefined : refuse(turn, 'phaseOffice');
  if (said.isDateUnreadable) return refuse(turn, 'phaseDate');
  // What has begun already is asked about from now on: nobody can be checked in the past.
  const fromAt = Math.max(said.fromAt ?? now, now);
  if (said.toAt !== undefined && said.toAt <= now) return refuse(turn, 'phasePast');
  const { phase = 'onSite', toAt } = said;
  const proposed: ProposedPhase = { phase, fromAt, ...(toAt === undefined ? {} : { toAt }) };
  const { journey } = said;
  if (journey) {
    const left = { unitIds: [journey.leftId], fromAt: Math.max(journey.leftAt ?? now, now) };
    return propose(turn, { ...proposed, unitIds: [journey.toId], left });
  }
  const named = (said.units ?? []).map(({ id }) => id);
  if (said.isForAll) return propose(turn, { ...proposed, unitIds: [] });
  if (named.length === 0 && phase === 'after') return proposeEnd(turn, proposed);
  return named.length === 1 || said.areUnitsListed ? propose(turn, { ...proposed, unitIds: named }) : askWhich(turn, proposed, named);
};

const remember = async (turn: Turn, proposed: ProposedPhase | undefined): Promise<void> => {
  const { question: _, ...rest } = await readDialogue(turn);
  writeDialogue(turn, proposed ? { ...rest, question: { kind: 'phase', askedAt: turn.change.now, proposed } } : rest);
};

/** Those a visit may end of, or begin for: where the team is now, else every district. */
const candidates = async (turn: Turn, { phase, fromAt }: ProposedPhase): Promise<readonly string[]> => {
  const spans = await phasesNow(turn);
  const { units } = turn.world.directory.organisation;
  const visited = units.filter(({ id }) => phaseAt(spans, id, fromAt) === 'onSite');
  const some = phase === 'after' && visited.length > 0 ? visited : units.filter(({ kind }) => kind === 'district');
  return some.map(({ id }) => id).slice(0, mostOffered);
};

/** Where the team is says what it leaves: the one district, one of several, or, where it is in none, the city. */
const proposeEnd = async (turn: Turn, proposed: ProposedPhase): Promise<readonly Notice[]> => {
  const spans = await phasesNow(turn);
  const { units } = turn.world.directory.organisation;
  const visited = units.filter(({ id }) => phaseAt(spans, id, proposed.fromAt) === 'onSite').map(({ id }) => id);
  return visited.length > 1 ? askWhich(turn, proposed, visited) : propose(turn, { ...proposed, unitIds: visited });
};

const askWhich = async (turn: Turn, proposed: ProposedPhase, named: readonly string[]): Promise<readonly Notice[]> => {
  await remember(turn, proposed);
  const texts = phaseTextsFor(turn.message.locale);
  const offered = named.length > 0 ? named : await candidates(turn, proposed);
  return [
    reply(turn, 'reply.phaseAsked', {
      lines: [...changeLines(turn.world, proposed, turn.change.now, texts), texts.lines.ask],
      unitIds: offered,
      askedAt: turn.change.now,
      ...(named.length > 1 ? { all: named.join(',') } : {}),
    }),
  ];
};

const isKnown = (spans: readonly PhaseSpan[], proposed: Settled, now: number): boolean =>
  partsOf(proposed)
    .flatMap(spansOf)
    .every((span) => saysNothingNew(spans, span, now));

const keep = async (turn: Turn, lines: readonly string[]): Promise<readonly Notice[]> => {
  await remember(turn, undefined);
  return [reply(turn, 'reply.phaseKept', { lines: [...lines, phaseTextsFor(turn.message.locale).lines.kept] })];
};

const propose = async (turn: Turn, proposed: Settled): Promise<readonly Notice[]> => {
  const { world, change, message } = turn;
  const texts = phaseTextsFor(message.locale);
  const spans = await phasesNow(turn);
  const parts = partsOf(proposed);
  if (isKnown(spans, proposed, change.now))
    return keep(
      turn,
      parts.flatMap((part) => changeLines(world, part, change.now, texts)),
    );
  await remember(turn, proposed);
  const lines = parts.flatMap((part) => [...changeLines(world, part, change.now, texts), ...rulesLines(world, part, spans, texts)]);
  return [reply(turn, 'reply.phaseProposed', { lines: [...lines, texts.lines.confirm], askedAt: change.now })];
};

/** The change of phase that waits for this speaker, where one does. */
const waitingFor = async (turn: Turn): Promise<{ readonly askedAt: number; readonly proposed: ProposedPhase } | undefined> => {
  // Whoever answers has had their dialogue read already.
  const read = turn.change.entries.get(dialogueIdOf(turn.person.id));
  const { question } = read === undefined ? await readDialogue(turn) : read.aggregate?.type === 'dialogue' ? read.aggregate.state : {};
  return question?.kind === 'phase' && turn.change.now - question.askedAt < proposalMs ? question : undefined;
};

const choose = (turn: Turn, proposed: ProposedPhase, unitIds: readonly string[]): Promise<readonly Notice[]> =>
  propose(turn, { ...proposed, fromAt: Math.max(proposed.fromAt, turn.change.now), unitIds });

/** Plain yes or no, or the name of a unit that was asked for; undefined where nothing waits for it. */
export const answerPhase = async (turn: Turn, said: Understood, board: Board): Promise<readonly Notice[] | undefined> => {
  const named = (said.units ?? []).map(({ id }) => id);
  const isName = said.intent === 'unclear' && named.length > 0 && isOnlyName(turn, named);
  if (said.answer === undefined && !isName) return undefined;
  const waiting = await waitingFor(turn);
  if (!waiting) return undefined;
  const { proposed, askedAt } = waiting;
  if (isName) {
    if (proposed.unitIds !== undefined) return undefined;
    return named.length === 1 ? choose(turn, proposed, named) : askWhich(turn, proposed, named);
  }
  // A check that came after the question is what they answer.
  if ((await readOwed(turn)).some(({ openedAt }) => openedAt >= askedAt)) return undefined;
  return said.answer === 'yes' ? confirm(turn, proposed, board) : decline(turn);
};

const isOnlyName = ({ world, message }: Turn, unitIds: readonly string[]): boolean => {
  const text = (message.text ?? '').normalize('NFKC').trim().toLowerCase();
  return unitIds.some((id) => {
    const unit = world.directory.units.get(id);
    return unit !== undefined && [unit.name, ...unit.aliases].some((name) => name.toLowerCase().startsWith(text));
  });
};

const decline = async (turn: Turn): Promise<readonly Notice[]> => {
  await remember(turn, undefined);
  return [reply(turn, 'reply.undone', { lines: [] })];
};

const confirm = async (turn: Turn, proposed: ProposedPhase, board: Board): Promise<readonly Notice[]> => {
  if (!mayChange(turn)) return refuse(turn, 'phaseOffice');
  const { unitIds } = proposed;
  if (unitIds === undefined) return askWhich(turn, proposed, []);
  const { world, change, person, message } = turn;
  // A while may have gone by since it was proposed: what was to begin then begins now.
  const { left } = proposed;
  const settled: Settled = {
    ...proposed,
    unitIds,
    fromAt: Math.max(proposed.fromAt, change.now),
    ...(left && { left: { ...left, fromAt: Math.max(left.fromAt, change.now) } }),
  };
  const parts = partsOf(settled);
  if (settled.toAt !== undefined && settled.toAt <= change.now) return refuse(turn, 'phasePast');
  const texts = phaseTextsFor(message.locale);
  const lines = parts.flatMap((part) => changeLines(world, part, change.now, texts));
  // Somebody else of the office may have said it meanwhile: people are told once.
  const before = await phasesNow(turn);
  if (isKnown(before, settled, change.now)) return keep(turn, lines);
  for (const span of parts.flatMap(spansOf))
    await announcePhase(world, change, { ...span, by: { personId: person.id, channel: message.channel } });
  await remember(turn, undefined);
  const told = [...new Set(parts.flatMap((part) => tellUnits(turn, part, before)))];
  const papers = papersOf({ world, items: await board.read(), now: change.now, locale: message.locale }, unitIds);
  const toldLine = told.length === 0 ? [] : [texts.lines.told.replace('{names}', () => namesIn(world, told, texts.comma))];
  return [reply(turn, 'reply.phaseChanged', { lines: [...lines, ...papers, ...toldLine] })];
};

const mostNamed = 10;

const namesIn = (world: World, ids: readonly string[], comma: string): string =>
  `${ids
    .slice(0, mostNamed)
    .map((id) => nameOf(world, id))
    .join(comma)}${ids.length > mostNamed ? ` … (${ids.length})` : ''}`;

/** Everybody who answers for a unit that it is about hears it once; answers who. */
const tellUnits = ({ world, change, person }: Turn, settled: Settled, before: readonly PhaseSpan[]): readonly string[] => {
  const { units } = world.directory.organisation;
  const concerned = settled.unitIds.length > 0 ? settled.unitIds : units.map(({ id }) => id);
  const texts = phaseTextsFor(undefined);
  const told = new Set<string>();
  for (const unitId of concerned) {
    const own: Settled = { ...settled, unitIds: settled.unitIds.length > 0 ? [unitId] : [] };
    const lines = [...changeLines(world, own, change.now, texts), ...rulesLines(world, own, before, texts)];
    for (const to of answerableFor(world, unitId, change.now)) {
      if (to === person.id || told.has(`${to} ${lines[0]}`)) continue;
      told.add(`${to} ${lines[0]}`);
      change.notices.push({ to, via: 'card', template: 'phase.told', params: { lines }, decidedAt: change.now });
    }
  }
  return [...new Set([...told].map((one) => one.split(' ')[0]!))];
};

/** A button of such a card; undefined for one that is about something else. */
export const pressPhase = async (turn: Turn, value: unknown, board: Board): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, askedAt, unitIds } = value as Record<string, unknown>;
  if (action !== 'confirmPhase' && action !== 'declinePhase' && action !== 'choosePhase') return undefined;
  if (!mayChange(turn)) return refuse(turn, 'phaseOffice');
  const waiting = await waitingFor(turn);
  // A card of before must not confirm what was proposed since.
  if (!waiting || String(waiting.askedAt) !== askedAt) return refuse(turn, 'phaseOver');
  if (action === 'declinePhase') return decline(turn);
  if (action === 'confirmPhase') return confirm(turn, waiting.proposed, board);
  const ids = typeof unitIds === 'string' ? unitIds.split(',').filter((id) => turn.world.directory.units.has(id)) : [];
  return ids.length === 0 ? refuse(turn, 'phaseOver') : choose(turn, waiting.proposed, ids);
};
