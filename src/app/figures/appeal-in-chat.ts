import { unitsOfPerson } from '../roster/answer-query.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Appealable } from '../../domain/figures/fold-checks.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { toIso } from '../../domain/local-time.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import { figureTexts } from '../../messages/figure-texts.ts';
import { reportChatTextsFor, reportWords } from '../../messages/report-chat-texts.ts';
import type { Button } from '../../ports/channel.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';
import { applyAll } from '../change.ts';
import { nameUnit } from '../items/view-items.ts';
import type { ReadFigures } from './read-figures.ts';

/** A unit appeals against a check that counts against it; the office upholds or rejects, and what is upheld leaves the figures. */

/** Appeals are about the last two weeks. */
const reachMs = 14 * 86_400_000;

const put = (pattern: string, values: { readonly [name: string]: string }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');

const say = (turn: Turn, heading: string, lines: readonly string[]): readonly Notice[] => [reply(turn, 'reply.links', { heading, lines })];

const lately = async (turn: Turn, read: ReadFigures, unitIds: readonly string[]): Promise<readonly Appealable[]> => {
  const { now } = turn.change;
  // whole hours, so that asking again goes on reading where it was
  const hour = 3_600_000;
  const toAt = Math.ceil((now + 1) / hour) * hour;
  return (await read({ fromAt: toAt - reachMs, toAt, unitIds: [...unitIds] })).figures.appealable;
};

const wordsOf = ({ world, message }: Turn, { bodyId, openedAt, category }: Appealable) => ({
  unit: nameUnit(world.directory, bodyId),
  at: toIso(world.settings.timeZone, openedAt, 'minute').slice(5, 16).replace('T', ' '),
  category: figureTexts[message.locale?.startsWith('en') ? 'en' : 'zh-CN'].categories[category],
});

/** What is appealed against is the newest check that counts against the speaker's unit and has not been appealed against. */
export const hearAppeal = async (turn: Turn, read: ReadFigures | undefined): Promise<readonly Notice[] | undefined> => {
  const { world, person, change, message } = turn;
  const said = reportWords.appeal.exec((message.text ?? '').trim());
  if (!said || !read || message.isGroup) return undefined;
  const texts = reportChatTextsFor(message.locale).appeal;
  const reason = (said[1] ?? '').trim();
  if (reason === '') return say(turn, texts.why, []);
  const unitIds = [...unitsOfPerson(world.directory, person.id, change.now)];
  const found = unitIds.length === 0 ? [] : await lately(turn, read, unitIds);
  const one = found.find(({ appeal }) => appeal === undefined);
  if (!one)
    return say(turn, found[0]?.appeal === undefined ? texts.none : put(texts.already, { state: texts.states[found[0].appeal] }), []);
  const { obligationId, bodyId } = one;
  const data = { unitId: bodyId, openedAt: one.openedAt, category: one.category };
  const asked = {
    at: change.now,
    event: 'AppealAsked' as const,
    obligationId,
    actor: person.id,
    channel: message.channel,
    data,
    personal: { reason },
  };
  applyAll(world, change, [asked]);
  const words = wordsOf(turn, one);
  const button = (action: string, title: string, style?: 'positive'): string =>
    JSON.stringify({ title, value: { action, appeal: obligationId, by: person.id }, ...(style ? { style } : {}) } satisfies Button);
  const lines = [put(texts.what, words), put(texts.by, { name: nameOf(world, person.id) }), put(texts.reason, { reason })];
  const buttons = [button('upholdAppeal', texts.uphold, 'positive'), button('rejectAppeal', texts.reject)];
  const office = officePeople(world.directory, change.now).filter((id) => id !== person.id);
  const cards = office.map((to): Notice => ({
    to,
    via: 'card',
    template: 'reply.links',
    params: { heading: texts.asked, lines, buttons },
  }));
  return [...cards, ...say(turn, texts.sent, [put(texts.sentDetail, words)])];
};

/** Undefined for a press of something else. Of two who decide, the first has decided. */
export const pressAppeal = async (turn: Turn, value: unknown, read: ReadFigures | undefined): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null || !read) return undefined;
  const { action, appeal, by } = value as { readonly [key: string]: unknown };
  if ((action !== 'upholdAppeal' && action !== 'rejectAppeal') || typeof appeal !== 'string') return undefined;
  const { world, person, change, message } = turn;
  const { office, appeal: texts } = reportChatTextsFor(message.locale);
  if (!isOfOffice(world.directory, person.id, change.now)) return say(turn, office, []);
  const one = (await lately(turn, read, [])).find(({ obligationId }) => obligationId === appeal);
  if (one?.appeal !== 'asked')
    return say(turn, put(texts.already, { state: texts.states[one?.appeal === 'rejected' ? 'rejected' : 'upheld'] }), []);
  const event = action === 'upholdAppeal' ? ('AppealUpheld' as const) : ('AppealRejected' as const);
  const data = { unitId: one.bodyId, openedAt: one.openedAt, category: one.category };
  applyAll(world, change, [{ at: change.now, event, obligationId: appeal, actor: person.id, channel: message.channel, data }]);
  const heading = event === 'AppealUpheld' ? texts.upheld : texts.rejected;
  const lines = [put(texts.decided, { ...wordsOf(turn, one), name: nameOf(world, person.id) })];
  const isKnown = typeof by === 'string' && world.directory.people.has(by) && by !== person.id;
  const told: readonly Notice[] = isKnown ? [{ to: by, via: 'card', template: 'reply.links', params: { heading, lines } }] : [];
  return [...told, ...say(turn, heading, lines)];
};
