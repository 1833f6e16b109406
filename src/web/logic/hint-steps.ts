import type { PageTexts } from '../../messages/page-texts.ts';
import type { Wall } from '../data/types.ts';
import { timeOf } from './format-time.ts';
import { put } from './put.ts';

type Seen = Pick<Wall, 'at' | 'nextRoundAt'> & { readonly posts: readonly { readonly obligation?: unknown }[] };

/** `10:00`, with the date before it where it is not today's. */
const whenOf = (iso: string, nowIso: string): string =>
  iso.slice(0, 10) === nowIso.slice(0, 10) ? timeOf(iso) : `${iso.slice(5, 10)} ${timeOf(iso)}`;

/** What a newcomer should look at, by what the wall shows now. */
export const hintStepsOf = (wall: Seen | null, texts: PageTexts): readonly string[] => {
  const { ahead, on, unknown } = texts.hintRound;
  const isOn = wall?.posts.some(({ obligation }) => obligation !== undefined) === true;
  const round = isOn ? on : wall?.nextRoundAt === undefined ? unknown : put(ahead, { time: whenOf(wall.nextRoundAt, wall.at) });
  return texts.hintSteps.map((step) => put(step, { round }));
};
