import type { Notice } from '../../domain/escalation/notice.ts';
import type { Obligation } from '../../domain/escalation/obligation.ts';
import type { Appeal } from '../../domain/figures/appeal.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { toIso } from '../../domain/local-time.ts';
import { appealTextsFor, type AppealTexts } from '../../messages/appeal-texts.ts';
import { figureTexts } from '../../messages/figure-texts.ts';
import type { Button, Card } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import { nameUnit } from '../items/view-items.ts';
import { put } from '../roster-change/change-card.ts';
import type { World } from '../world.ts';
import { bodiesOfPerson } from './keep-appeal.ts';

/** Cards about appeals, from the appeal as it stands now, and the button that begins one. */

export const isAppealNotice = ({ template }: Notice): boolean => template.startsWith('appeal.') || template === 'reply.appeal';

export const momentText = ({ settings }: World, at: number): string =>
  toIso(settings.timeZone, at, 'minute').slice(5, 16).replace('T', ' ');

type Named = Pick<Appeal, 'bodyId' | 'openedAt' | 'category'>;

/** How a check is named in every sentence about it. */
export const wordsOfCheck = (world: World, { bodyId, openedAt, category }: Named, locale: unknown) => ({
  unit: nameUnit(world.directory, bodyId),
  at: momentText(world, openedAt),
  category: figureTexts[typeof locale === 'string' && locale.startsWith('en') ? 'en' : 'zh-CN'].categories[category],
});

export const appealButton = (title: string, checkId: string): Button => ({ title, value: { action: 'appeal', obligationId: checkId } });

export const withdrawButton = (title: string, appealId: string): Button => ({ title, value: { action: 'withdrawAppeal', appealId } });

/** What somebody of the office may do with one that waits. */
export const officeButtons = (appealId: string, texts: AppealTexts): readonly Button[] => [
  { title: texts.uphold, value: { action: 'upholdAppeal', appealId }, style: 'positive' },
  { title: texts.reject, value: { action: 'rejectAppeal', appealId } },
];

const endLines = (world: World, appeal: Appeal, texts: AppealTexts, locale: unknown): readonly string[] => {
  const { status, statusAt, decidedBy, withdrawnBy, verdict } = appeal;
  if (status === 'withdrawn') {
    const said = { ...wordsOfCheck(world, appeal, locale), name: nameOf(world, withdrawnBy ?? ''), when: momentText(world, statusAt) };
    return [put(withdrawnBy === undefined ? texts.withdrawnByNobody : texts.withdrawnDetail, said), texts.countsAgain];
  }
  const words = { ...wordsOfCheck(world, appeal, locale), name: nameOf(world, decidedBy ?? ''), when: momentText(world, statusAt) };
  return [
    put(decidedBy === undefined ? texts.decidedByNobody : texts.decided, words),
    ...(status === 'upheld' ? [texts.upheldDetail] : []),
    ...(status === 'rejected' && verdict !== undefined ? [put(texts.verdict, { reason: verdict })] : []),
  ];
};

/** What it is about and why, and who said so; with its end, where it has one. */
export const appealLines = (world: World, appeal: Appeal, texts: AppealTexts, locale: unknown): readonly string[] => [
  put(texts.what, wordsOfCheck(world, appeal, locale)),
  ...(appeal.by === undefined ? [] : [put(texts.by, { name: nameOf(world, appeal.by) })]),
  ...(appeal.reason === undefined ? [] : [put(texts.reason, { reason: appeal.reason })]),
  ...(appeal.status === 'asked' ? [] : endLines(world, appeal, texts, locale)),
];

type Said = { readonly card: Card; readonly text: string };

const said = (title: string, tone: Card['tone'], lines: readonly string[], rest: Partial<Pick<Card, 'buttons' | 'inputs'>> = {}): Said => ({
  card: { title, tone, lines, facts: [], buttons: [], ...rest },
  text: [title, ...lines].join('\n'),
});

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** A reply carries its heading and lines; a form asks for the reason beside its button. */
const replied = ({ params = {} }: Notice, texts: AppealTexts): Said => {
  const buttons = listOf(params['buttons']).map((one) => JSON.parse(one) as Button);
  const input = { id: 'reason', label: texts.reasonLabel, type: 'text', isRequired: true, isMultiline: true } as const;
  const isForm = params['isForm'] === 1;
  const tone = isForm ? 'asking' : 'neutral';
  return said(String(params['heading']), tone, listOf(params['lines']), { buttons, ...(isForm ? { inputs: [input] } : {}) });
};

export const renderAppeal = (world: World, notice: Notice, o: Obligation | undefined, now: number, appeal: Appeal | undefined): Said => {
  const locale = notice.params?.['locale'];
  const texts = appealTextsFor(locale);
  if (notice.template === 'reply.appeal') return replied(notice, texts);
  if (!appeal) return said(texts.asked, 'neutral', [texts.gone]);
  const lines = appealLines(world, appeal, texts, locale);
  if (appeal.status !== 'asked') return said(texts[appeal.status], 'done', lines);
  // it was taken back and brought anew since: what waits now has a card of its own
  if (notice.template !== 'appeal.owed') return said(texts.withdrawn, 'done', [put(texts.what, wordsOfCheck(world, appeal, locale))]);
  const isLate = now >= appeal.dueAt;
  const due = put(isLate ? texts.overdueSince : texts.due, { at: momentText(world, o?.answerBy ?? appeal.dueAt) });
  const mayDecide = notice.to.startsWith('m') && isOfOffice(world.directory, notice.to, now);
  const buttons = mayDecide ? officeButtons(appeal.id, texts) : [];
  return said(isLate ? texts.overdue : texts.asked, isLate ? 'alert' : 'asking', [...lines, due], { buttons });
};

/** A check that was answered too late or by nobody though it reached them, or a post that was left: what a unit is measured by. */
const countsAgainst = ({ kind, status, missedAt, isDelivered, endedAt, answerBy, endReason }: Obligation): boolean => {
  if (kind !== 'check') return false;
  if (status === 'answered') return endedAt !== undefined && endedAt > answerBy;
  if (status === 'withdrawn' && endReason === 'notOnPost') return true;
  return isDelivered === true && (missedAt !== undefined || status === 'takenOver');
};

/** Whether it is a check of somebody's own unit that counts against it. */
export const mayAppeal = ({ directory }: Pick<World, 'directory'>, o: Obligation, personId: string, now: number): boolean => {
  if (!countsAgainst(o)) return false;
  const own = bodiesOfPerson(directory, personId, now);
  const post = directory.posts.get(o.subject);
  return [...(post ? [post.unitId] : bodiesOfPerson(directory, o.subject, now))].some((bodyId) => own.has(bodyId));
};

/** On each card by which a unit hears that a check counts against it: the button names that very check. */
export const verdictButtons = (
  world: World,
  { to, template, params = {} }: Notice,
  o: Obligation | undefined,
  now: number,
): readonly Button[] => {
  const { button, buttonOf } = appealTextsFor(params['locale']);
  if (template === 'reply.confirmedLate' || template === 'reply.confirmedContactLate') {
    const labels = listOf(params['lateLabels']);
    const ids = listOf(params['lateIds']);
    return ids.map((id, index) => appealButton(ids.length > 1 ? put(buttonOf, { at: labels[index] ?? '' }) : button, id));
  }
  if (!o || !to.startsWith('m') || template === 'check.callForOffice') return [];
  return mayAppeal(world, o, to, now) ? [appealButton(button, o.id)] : [];
};
