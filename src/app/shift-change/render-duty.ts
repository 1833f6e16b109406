import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { brokenRules } from '../../domain/shift-change/proposal-rules.ts';
import { proposalOf } from '../../domain/shift-change/decide-request.ts';
import { mayConsent } from '../../domain/shift-change/consent.ts';
import { isOpen, leftOf, type DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { shiftAt } from '../../domain/organisation/directory.ts';
import { fill } from '../../messages/catalogue.ts';
import { shiftChangeTextsFor, type DutyNews, type ShiftChangeTexts } from '../../messages/shift-change-texts.ts';
import type { Button, Card } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import type { World } from '../world.ts';
import { requestContextOf } from './change-request.ts';
import { dutyButton, requestButtons } from './duty-buttons.ts';
import { brokenText, instantText, loadLines, partText, requestLines, spanText } from './say-duty.ts';
import { readPart } from './pack-part.ts';

/** Notices about leave, swaps and covers in words, from the requests as they stand now. */

export type RequestOf = (id: string) => DutyRequest | undefined;

export const isDutyNotice = ({ template }: Notice): boolean => template.startsWith('duty.') || template.startsWith('reply.duty');

/** The key under which the next message about a request takes this one's place. */
export const dutyCardKey = ({ template, itemId }: Notice): string | undefined =>
  template === 'duty.news' || template === 'reply.duty' ? itemId : undefined;

type Rendering = {
  readonly world: World;
  readonly notice: Notice;
  readonly o: Obligation | undefined;
  readonly now: number;
  readonly texts: ShiftChangeTexts;
};

type Said = { readonly card: Card; readonly text: string };

const said = (title: string, tone: Card['tone'], lines: readonly string[], buttons: readonly Button[], inputs?: Card['inputs']): Said => ({
  card: { title, tone, lines, facts: [], buttons, ...(inputs ? { inputs } : {}) },
  text: [title, ...lines].join('\n'),
});

const namesOf = (world: World, request: DutyRequest, texts: ShiftChangeTexts) => ({
  kind: texts.kinds[request.kind],
  holder: nameOf(world, request.holderId),
  substitute: request.substituteId === undefined ? texts.lines.nobody : nameOf(world, request.substituteId),
});

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** What a choice is called: a person, a shift, or nothing in return. */
const choiceTitle = ({ world, texts }: Rendering, choice: string): string => {
  if (choice === 'oneSided' || choice === 'later') return texts.buttons[choice];
  const part = readPart(choice);
  return part ? partText(world, part, texts) : (fill(texts.lines.which, { person: personTitle(world, choice) }) ?? choice);
};

/** With the unit, so that namesakes can be told apart. */
const personTitle = (world: World, personId: string): string => {
  const { directory } = world;
  const of = directory.appointmentsOf.get(personId)?.[0]?.of;
  const postId = directory.postsOf.get(personId)?.[0];
  const home = of ?? (postId === undefined ? undefined : directory.posts.get(postId)?.unitId);
  return home === undefined ? nameOf(world, personId) : `${nameOf(world, personId)} (${nameOf(world, home)})`;
};

const asked = (rendering: Rendering): Said => {
  const { notice, texts } = rendering;
  const { heading, lines, choices, askedAt, requestId } = notice.params ?? {};
  const key = { askedAt: String(askedAt) };
  if (typeof requestId === 'string') {
    const input = { id: 'reason', label: texts.inputs.reason, type: 'text', isRequired: true, isMultiline: true } as const;
    return said(String(heading), 'asking', listOf(lines), [dutyButton('refuseDuty', texts, { requestId })], [input]);
  }
  const buttons = listOf(choices).map((choice): Button => ({
    title: choiceTitle(rendering, choice),
    value: { action: 'chooseDuty', choice, ...key },
  }));
  return said(String(heading), 'asking', listOf(lines), [...buttons, dutyButton('cancelDuty', texts, key)]);
};

const proposed = ({ notice, texts }: Rendering): Said => {
  const { heading, lines, askedAt } = notice.params ?? {};
  const key = { askedAt: String(askedAt) };
  return said(String(heading), 'asking', listOf(lines), [dutyButton('confirmDuty', texts, key), dutyButton('cancelDuty', texts, key)]);
};

const listed = ({ notice, texts }: Rendering): Said => {
  const { heading, lines, requestIds } = notice.params ?? {};
  const rows = listOf(lines);
  const buttons = listOf(requestIds).map((requestId, index): Button => ({
    title: rows[index] ?? requestId,
    value: { action: 'showDuty', requestId },
  }));
  return said(String(heading), 'neutral', rows.length > 0 ? rows : [texts.asks.none], buttons);
};

/** What whoever is asked is asked for. */
const askedFor = ({ kind, substituteId, askedBy, holderId }: DutyRequest): keyof ShiftChangeTexts['owed'] => {
  if (substituteId === undefined) return 'name';
  if (askedBy !== holderId) return 'offer';
  return kind === 'leave' ? 'leave' : 'substitute';
};

const headingOf = ({ notice, o, texts }: Rendering, request: DutyRequest, names: ReturnType<typeof namesOf>): string => {
  const news = notice.params?.['news'];
  const pattern =
    notice.template === 'duty.owed' || notice.template === 'duty.overdue'
      ? texts.owed[o?.kind === 'consent' ? 'consent' : askedFor(request)]
      : typeof news === 'string' && Object.hasOwn(texts.news, news)
        ? texts.news[news as DutyNews]
        : texts.lines.state;
  return fill(pattern, { ...names, status: texts.statuses[request.status] }) ?? pattern;
};

const endLines = ({ world, texts }: Rendering, request: DutyRequest): readonly string[] => {
  if (isOpen(request)) return [];
  const { endedBy, statusAt, endText, endReason, status, holderId } = request;
  const because = endText ?? (endReason === 'partGone' || endReason === 'rosterChanged' ? texts.endReasons[endReason] : undefined);
  const lines = [
    endedBy === undefined
      ? undefined
      : fill(texts.lines.ended, { person: nameOf(world, endedBy), at: instantText(world, statusAt, texts) }),
    fill(texts.lines.endedBecause, { reason: because }),
    status === 'expired' ? fill(texts.lines.expiredNobody, { holder: nameOf(world, holderId) }) : undefined,
  ];
  return lines.filter((line) => line !== undefined);
};

/** What of an agreement the plan has left without effect, and who stands there instead. */
const voidedLines = ({ world, now, texts }: Rendering, { voided = [], status }: DutyRequest): readonly string[] => {
  const { directory } = world;
  const lost = (directory.roster.overrides ?? []).filter(({ id, to }) => voided.includes(id) && to > now && status === 'effective');
  return lost.flatMap(({ subject, from, to, in: comes }) => {
    const holders = shiftAt(directory, subject, Math.max(from, now))?.holders ?? [];
    const values = {
      post: nameOf(world, subject),
      span: spanText(world, { from, to }, texts),
      people: holders.map(({ personId }) => nameOf(world, personId)).join(texts.comma),
      substitute: nameOf(world, comes ?? ''),
    };
    return fill(holders.length === 0 ? texts.lines.voidedNobody : texts.lines.voided, values) ?? [];
  });
};

/** Who decides sees whether the rules are kept, and what the others stand already. */
const ruleLines = ({ world, o, now, texts }: Rendering, request: DutyRequest): readonly string[] => {
  const proposal = proposalOf(request);
  if (!proposal || !isOpen(request) || o?.kind !== 'consent') return [];
  const broken = brokenRules(requestContextOf(world, []), proposal, now);
  return [brokenText(world, broken, texts) ?? texts.lines.rulesKept, ...loadLines(world, request, texts)];
};

/** Whoever must consent is named, not their unit. */
const owingText = ({ world, now, texts }: Rendering, o: Obligation, request: DutyRequest): string => {
  const { rule, of } = request.consent;
  if (o.kind !== 'consent' || rule === 'office') return nameOf(world, o.kind === 'consent' ? of : o.subject);
  const people = mayConsent(world.directory, request.consent, request, now);
  return people.length > 0 ? people.map((id) => nameOf(world, id)).join(texts.comma) : nameOf(world, of);
};

const timeLines = (rendering: Rendering, request: DutyRequest, names: ReturnType<typeof namesOf>): readonly string[] => {
  const { world, notice, o, texts } = rendering;
  if (!isOpen(request)) return [];
  const waits = fill(texts.lines.waits, names) ?? '';
  if (!o || isEnded(o)) return [waits];
  const at = instantText(world, o.answerBy, texts);
  const due =
    notice.template === 'duty.overdue'
      ? fill(texts.lines.overdue, { at, owes: owingText(rendering, o, request) })
      : fill(texts.lines.deadline, { at });
  return [waits, due ?? ''];
};

/** What took effect in the middle of a shift is what was left of it. */
const asStood = (request: DutyRequest): DutyRequest =>
  request.status === 'effective'
    ? { ...request, gives: leftOf(request.gives, request.statusAt), takes: leftOf(request.takes, request.statusAt) }
    : request;

const carded = (rendering: Rendering, request: DutyRequest): Said => {
  const { world, notice, now, texts } = rendering;
  const names = namesOf(world, request, texts);
  const lines = [
    ...requestLines(world, asStood(request), now, texts),
    ...endLines(rendering, request),
    ...voidedLines(rendering, request),
    ...ruleLines(rendering, request),
    ...timeLines(rendering, request, names),
  ];
  const tone = !isOpen(request)
    ? 'done'
    : notice.template === 'duty.overdue'
      ? 'alert'
      : notice.template === 'duty.owed'
        ? 'asking'
        : 'neutral';
  return said(headingOf(rendering, request, names), tone, lines, requestButtons(world, request, notice.to, now, texts));
};

/** A notice about a request in words: the card and the same as plain text. */
export const renderDutyNotice = (world: World, notice: Notice, o: Obligation | undefined, now: number, requestOf: RequestOf): Said => {
  const texts = shiftChangeTextsFor(notice.params?.['locale']);
  const rendering: Rendering = { world, notice, o, now, texts };
  switch (notice.template) {
    case 'reply.dutyAsked':
      return asked(rendering);
    case 'reply.dutyProposed':
      return proposed(rendering);
    case 'reply.dutyList':
      return listed(rendering);
    case 'reply.dutyRefused': {
      const { lines } = notice.params ?? {};
      return said(texts.headings.refused, 'neutral', listOf(lines), []);
    }
    default: {
      const request = requestOf(notice.itemId ?? o?.itemId ?? '');
      return request ? carded(rendering, request) : said(texts.headings.refused, 'neutral', [texts.refusals.unknown], []);
    }
  }
};
