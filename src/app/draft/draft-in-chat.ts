import type { Understood } from '../../domain/command/intent.ts';
import { mostDays } from '../../domain/draft/make-slots.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { addDays, localDay } from '../../domain/local-time.ts';
import { draftTextsFor } from '../../messages/draft-texts.ts';
import type { Button } from '../../ports/channel.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { packSaid, nothingSaid, unpackSaid, type DraftAsk } from '../../domain/draft/said-rules.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import { prepareDraft, type PreparedDraft } from './prepare-draft.ts';
import { publishDraft, type PublishRefusal } from './publish-draft.ts';
import { draftLines, spanLine, waysOut } from './say-draft.ts';

/** The office asks for a draft, looks at it, and publishes it, has another made, or lets it be. */

/** What is said within this time may be about the draft that was shown. */
const shownMs = 3_600_000;

export type DraftRefusal = PublishRefusal | 'office' | 'dates' | 'past' | 'long' | 'noPost';

export const refuseDraft = (turn: Turn, reason: DraftRefusal): readonly Notice[] => [
  reply(turn, 'reply.draftRefused', { lines: [draftTextsFor(turn.message.locale).refusals[reason]] }),
];

export const mayDraft = ({ world, person, change }: Turn): boolean => isOfOffice(world.directory, person.id, change.now);

/** The days and units that an order names. */
export const askIn = ({ world, change }: Turn, said: Understood): DraftAsk | DraftRefusal => {
  const { timeZone } = world.settings;
  if (said.isDateUnreadable || said.fromAt === undefined) return 'dates';
  const fromDate = localDay(timeZone, said.fromAt).date;
  const lastDate = said.toAt === undefined ? fromDate : localDay(timeZone, said.toAt - 1).date;
  if (fromDate <= localDay(timeZone, change.now).date) return 'past';
  if (lastDate >= addDays(fromDate, mostDays)) return 'long';
  return { fromDate, toDate: lastDate, unitIds: (said.units ?? []).map(({ id }) => id), variant: 0 };
};

/** Undefined for whoever may not draft: to them the same words ask for the roster. */
export const draftRoster = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  if (!mayDraft(turn)) return undefined;
  const ask = askIn(turn, said);
  return typeof ask === 'string' ? refuseDraft(turn, ask) : showDraft(turn, ask);
};

const prepare = async ({ world }: Turn, ask: DraftAsk) => {
  const campaign = await world.store.loadCampaign();
  return { campaign, prepared: prepareDraft(campaign, world.settings, (text) => world.secrets.sha256(text), ask) };
};

const remember = async (turn: Turn, ask: DraftAsk | undefined): Promise<void> => {
  const { question, ...rest } = await readDialogue(turn);
  if (ask) writeDialogue(turn, { ...rest, question: { kind: 'draft', askedAt: turn.change.now, ask } });
  else if (question?.kind === 'draft') writeDialogue(turn, rest);
};

/** The draft that the speaker was shown last, as long as what they say may be about it. */
export const shownDraft = async (turn: Turn): Promise<DraftAsk | undefined> => {
  const { question } = await readDialogue(turn);
  return question?.kind === 'draft' && turn.change.now - question.askedAt < shownMs ? question.ask : undefined;
};

/** `unheard`: what was said with it and left out. */
export const showDraft = async (turn: Turn, ask: DraftAsk, unheard: readonly string[] = []): Promise<readonly Notice[]> => {
  const { campaign, prepared } = await prepare(turn, ask);
  if (prepared.draft.shifts.length === 0) return refuseDraft(turn, 'noPost');
  const texts = draftTextsFor(turn.message.locale);
  const isWhole = prepared.publication.roster !== undefined;
  await remember(turn, ask);
  const lines = [
    ...draftLines(campaign, prepared, texts, turn.world.settings.timeZone),
    ...(unheard.length === 0 ? [] : [texts.unheard.replace('{clauses}', () => unheard.join(texts.semicolon))]),
    ...(isWhole ? [texts.publishHint] : [texts.gapHint, ...waysOut(prepared, texts)]),
    texts.rulesHint,
  ];
  return [reply(turn, 'reply.draft', { lines, ...keyOf(prepared), isWhole: isWhole ? 'yes' : 'no' })];
};

/** What the buttons carry: everything that the draft follows from, and what proves that it is the same. */
const keyOf = ({ ask, version, digest }: PreparedDraft): { readonly [key: string]: string } => ({
  fromDate: ask.fromDate,
  toDate: ask.toDate,
  units: ask.unitIds.join(','),
  said: packSaid(ask.said ?? nothingSaid, ask.fromDate),
  variant: String(ask.variant),
  version: String(version),
  digest,
});

/** Buttons of a card that shows a draft. */
export const draftButtons = ({ template, params = {} }: Notice): readonly Button[] => {
  if (template !== 'reply.draft') return [];
  const { buttons } = draftTextsFor(params['locale']);
  const key = Object.fromEntries(
    ['fromDate', 'toDate', 'units', 'said', 'variant', 'version', 'digest'].map((name) => [name, String(params[name])]),
  );
  const publish: Button = { title: buttons.publish, value: { action: 'publishDraft', ...key }, style: 'positive' };
  return [
    ...(params['isWhole'] === 'yes' ? [publish] : []),
    { title: buttons.again, value: { action: 'draftAgain', ...key } },
    { title: buttons.discard, value: { action: 'discardDraft', ...key } },
  ];
};

const isoDate = /^\d{4}-\d{2}-\d{2}$/u;

/** What a pressed button carries, where it is one of ours and whole. */
const askOf = (value: { readonly [key: string]: unknown }): DraftAsk | undefined => {
  const { fromDate, toDate, units, variant, said: packed = '' } = value;
  const text = (one: unknown): string => (typeof one === 'string' && one.length <= 2_000 ? one : '');
  const no = Number(text(variant));
  if (!isoDate.test(text(fromDate)) || !isoDate.test(text(toDate)) || !Number.isSafeInteger(no) || no < 0) return undefined;
  if (text(toDate) >= addDays(text(fromDate), mostDays)) return undefined;
  const said = unpackSaid(text(packed), text(fromDate));
  if (!said) return undefined;
  return { fromDate: text(fromDate), toDate: text(toDate), unitIds: text(units).split(',').filter(Boolean), variant: no, said };
};

const publish = async (turn: Turn, ask: DraftAsk, shown: { readonly [key: string]: unknown }): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const { campaign, prepared } = await prepare(turn, ask);
  const isShown = String(campaign.version) === shown['version'] && prepared.digest === shown['digest'];
  // A campaign newer than the one this turn began with is decided anew, by the versions.
  const published = isShown ? publishDraft(campaign, prepared, world.settings.timeZone, change.now, person.id) : 'moved';
  if (typeof published === 'string') return refuseDraft(turn, published);
  change.campaign = published.campaign;
  change.events.push(...published.events.map((event) => ({ ...event, channel: message.channel })));
  change.notices.push(...published.notices.filter(({ to }) => to !== person.id));
  const texts = draftTextsFor(message.locale);
  const told = published.notices.filter(({ to }) => to !== person.id).length;
  const done = texts.published
    .replace('{shifts}', String(prepared.draft.shifts.length))
    .replace('{replaced}', String(published.replaced))
    .replace('{version}', String(published.rosterVersion));
  await remember(turn, undefined);
  const lines = [spanLine(prepared, texts), done, texts.told.replace('{count}', String(told))];
  return [reply(turn, 'reply.draftPublished', { lines })];
};

/** A button of such a card; undefined for one that is about something else. */
export const pressDraft = async (turn: Turn, value: unknown): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const pressed = value as { readonly [key: string]: unknown };
  const { action } = pressed;
  if (action !== 'publishDraft' && action !== 'draftAgain' && action !== 'discardDraft') return undefined;
  if (!mayDraft(turn)) return refuseDraft(turn, 'office');
  if (action === 'discardDraft') {
    await remember(turn, undefined);
    return [reply(turn, 'reply.undone', { lines: [] })];
  }
  const ask = askOf(pressed);
  if (!ask) return refuseDraft(turn, 'moved');
  return action === 'draftAgain' ? showDraft(turn, { ...ask, variant: ask.variant + 1 }) : publish(turn, ask, pressed);
};
