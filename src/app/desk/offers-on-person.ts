import { isOffice, shiftAt } from '../../domain/organisation/directory.ts';
import type { Person } from '../../domain/organisation/organisation.ts';
import { deskTextsFor } from '../../messages/desk-texts.ts';
import { isContactToAsk, postsToAsk } from '../acts/start-check.ts';
import { type ChannelInUse, channelLabel } from '../binding/say-accounts.ts';
import { decideOfficeCode } from '../binding/talk-to-stranger.ts';
import { put } from '../roster-change/change-card.ts';
import { mayStartCheck } from '../views/acts-on.ts';
import { isInForce } from '../world.ts';
import { choiceOf, type Look, type Offer } from './offer.ts';

/** What somebody can do about a person: have the post asked that they stand now, or them where they are bound to be reachable without one, give them a code for an account, try a channel on them. */
export const offersOnPerson = async (look: Look, person: Person, channels: readonly ChannelInUse[]): Promise<readonly Offer[]> => {
  if (person.isDisabled) return [];
  return [...(await toAsk(look, person)), ...(await toBind(look, person)), ...toTry(look, person, channels)];
};

const toAsk = async ({ world, personId, now, locale }: Look, { id }: Person): Promise<readonly Offer[]> => {
  const { directory, settings } = world;
  if (!mayStartCheck(directory, personId, now) || !isInForce(settings, now)) return [];
  const stands = directory.roster.posts.filter((post) => shiftAt(directory, post.id, now)?.holders.some((one) => one.personId === id));
  const offers: Offer[] = [];
  for (const { id: subject, name } of stands)
    if ((await postsToAsk(world, subject, now)).length > 0)
      offers.push({
        title: put(deskTextsFor(locale).checkOf, { post: name }),
        value: { action: 'startCheck', subject },
        style: 'positive',
      });
  if (await isContactToAsk(world, id, personId, now))
    offers.push({ title: deskTextsFor(locale).startCheck, value: { action: 'startCheck', subject: id }, style: 'positive' });
  return offers;
};

/** The code itself is made when it is asked for; here only whether one would be. */
const toBind = async ({ world, personId, now, locale }: Look, { id }: Person): Promise<readonly Offer[]> => {
  if (!isOffice(world.directory, personId, now)) return [];
  const made = await decideOfficeCode(world, (ids) => world.store.load(ids), { personId: id, by: personId });
  const texts = deskTextsFor(locale);
  return made === 'tooMany' ? [] : [{ title: texts.bindingCode, value: { action: 'bindingCode', personId: id } }];
};

const toTry = ({ world, personId, now, locale }: Look, { id }: Person, channels: readonly ChannelInUse[]): readonly Offer[] => {
  if (!isOffice(world.directory, personId, now) || channels.length === 0) return [];
  const texts = deskTextsFor(locale);
  const choices = channels.map(({ name }) => ({ title: channelLabel(name, locale), value: name }));
  const inputs = [choiceOf('channel', texts.channel, choices, choices.length === 1 ? { value: choices[0]!.value } : {})];
  return [{ title: texts.testChannel, value: { action: 'testChannel', personId: id }, inputs }];
};
