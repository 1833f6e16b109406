import type { ContactPolicy } from '../../../domain/contact/contact-policy.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { phaseAt, type CampaignPhase, type PhaseSpan } from '../../../domain/items/phase.ts';
import { toIso } from '../../../domain/local-time.ts';
import { fill } from '../../../messages/catalogue.ts';
import { en } from '../../../messages/en.ts';
import { phaseTextsFor, type PhaseTexts } from '../../../messages/phase-texts.ts';
import { zhCN } from '../../../messages/zh-cn.ts';
import type { Button } from '../../../ports/channel.ts';
import type { ProposedPhase } from '../../../ports/store.ts';
import { nameOf } from '../../acts/speaker.ts';
import { durationIn } from '../../notices/render-items.ts';
import type { World } from '../../world.ts';

/** A change of phase in words: of whom, to what, from when, and how often people will be asked. */

const shownDay = 16;

/** A beginning at midnight is the day that begins: `2021-08-28 00:00`. */
const instantIn = ({ settings }: World, at: number): string => toIso(settings.timeZone, at, 'minute').slice(0, shownDay).replace('T', ' ');

export const changeLines = (world: World, proposed: ProposedPhase, now: number, texts: PhaseTexts): readonly string[] => {
  const { phase, fromAt, toAt, unitIds } = proposed;
  const names = unitIds?.length === 0 ? [texts.everybody] : (unitIds ?? []).map((id) => nameOf(world, id));
  const about =
    names.length === 0 ? texts.phases[phase] : fill(texts.lines.change, { unit: names.join(texts.comma), phase: texts.phases[phase] });
  const from = fromAt <= now ? `${texts.now} (${instantIn(world, fromAt)})` : instantIn(world, fromAt);
  const to = toAt === undefined ? [] : (fill(texts.lines.to, { at: instantIn(world, toAt) }) ?? []);
  return [about ?? '', fill(texts.lines.from, { at: from }) ?? '', ...[to].flat()];
};

const policyIn = ({ settings }: World, phase: CampaignPhase | undefined): ContactPolicy =>
  phase === 'onSite' ? settings.onSite : settings.posts;

const randomOf = ({ bands }: ContactPolicy): string => String(bands.reduce((sum, { random }) => sum + random, 0));

const silenceOf = ({ bands }: ContactPolicy, texts: PhaseTexts): string => {
  const words = texts === phaseTextsFor('en') ? en : zhCN;
  return [...new Set(bands.map(({ silenceLimitMs }) => durationIn(silenceLimitMs, words)))].join(texts.or);
};

/** What changes for the posts: as it would be without the change, and as it will be. */
export const rulesLines = (world: World, proposed: ProposedPhase, spans: readonly PhaseSpan[], texts: PhaseTexts): readonly string[] => {
  const { unitIds = [], fromAt, phase } = proposed;
  const { posts } = world.directory.roster;
  const without = unitIds.filter((unitId) => !posts.some((post) => post.unitId === unitId));
  const lines = without.map((unitId) => fill(texts.lines.noPost, { unit: nameOf(world, unitId) }) ?? '');
  if (unitIds.length > 0 && without.length === unitIds.length) return lines;
  const before = policyIn(world, phaseAt(spans, unitIds[0], fromAt));
  const after = policyIn(world, phase);
  const [random, silence] = [randomOf(after), silenceOf(after, texts)];
  if (before === after) return [...lines, fill(texts.lines.sameRules, { random, silence }) ?? ''];
  return [
    ...lines,
    fill(texts.lines.random, { from: randomOf(before), to: random }) ?? '',
    fill(texts.lines.silence, { from: silenceOf(before, texts), to: silence }) ?? '',
  ];
};

/** Buttons of the cards that ask; each carries when it was asked. */
export const phaseButtons = (world: World, { template, params = {} }: Notice): readonly Button[] => {
  const texts = phaseTextsFor(params['locale']);
  const askedAt = String(params['askedAt']);
  if (template === 'reply.phaseProposed')
    return [
      { title: texts.buttons.yes, value: { action: 'confirmPhase', askedAt }, style: 'positive' },
      { title: texts.buttons.no, value: { action: 'declinePhase', askedAt } },
    ];
  if (template !== 'reply.phaseAsked') return [];
  const { unitIds, all } = params;
  const each = Array.isArray(unitIds) ? (unitIds as readonly string[]) : [];
  const choice = (title: string, ids: string): Button => ({ title, value: { action: 'choosePhase', askedAt, unitIds: ids } });
  return [
    ...each.map((id) => choice(nameOf(world, id), id)),
    ...(typeof all === 'string' ? [choice(texts.buttons.all, all)] : []),
    { title: texts.buttons.no, value: { action: 'declinePhase', askedAt } },
  ];
};
