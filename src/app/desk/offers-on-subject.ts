import { isItemEnded, type Item } from '../../domain/items/item.ts';
import { isOwedBy, mayAct } from '../../domain/items/next-actions.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { isPostId, isUnitId } from '../../domain/roster/subject.ts';
import { deskTextsFor } from '../../messages/desk-texts.ts';
import { postsToAsk } from '../acts/start-check.ts';
import { itemContextOf } from '../items/change-item.ts';
import { mayStartCheck } from '../views/acts-on.ts';
import { isInForce } from '../world.ts';
import type { Look, Offer } from './offer.ts';

/** What somebody can have done about a post or a unit: asked now, and urged about all that it owes. */
export const offersOnSubject = async (look: Look, subject: string, items: () => Promise<Iterable<Item>>): Promise<readonly Offer[]> => {
  if (!isPostId(subject) && !isUnitId(subject)) return [];
  return [...(await toAsk(look, subject)), ...(isUnitId(subject) ? toUrge(look, subject, await items()) : [])];
};

const toAsk = async ({ world, personId, now, locale }: Look, subject: string): Promise<readonly Offer[]> => {
  if (!mayStartCheck(world.directory, personId, now) || !isInForce(world.settings, now)) return [];
  if ((await postsToAsk(world, subject, now)).length === 0) return [];
  return [{ title: deskTextsFor(locale).startCheck, value: { action: 'startCheck', subject }, style: 'positive' }];
};

const toUrge = ({ world, personId, now, locale }: Look, unitId: string, items: Iterable<Item>): readonly Offer[] => {
  if (!isOffice(world.directory, personId, now)) return [];
  const context = itemContextOf(world);
  const owes = [...items].some((item) => !isItemEnded(item) && isOwedBy(item, unitId) && mayAct(item, 'urge', personId, context, now));
  return owes ? [{ title: deskTextsFor(locale).urgeUnit, value: { action: 'urgeUnit', unitId } }] : [];
};
