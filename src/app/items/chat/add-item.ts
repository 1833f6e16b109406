import { announceHandOver } from '../../../domain/items/announce-item.ts';
import { handOver } from '../../../domain/items/decide-handing-over.ts';
import { isOfOffice } from '../../../domain/items/item-people.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import type { Turn } from '../../acts/speaker.ts';
import { applyToItem, itemContextOf, itemIn, readItem } from '../change-item.ts';
import { draftItem, type AskedItem } from '../intake/draft-item.ts';
import { givenFor, rememberBegun, type Inputs } from './item-dialogue.ts';
import { sayForm, sayItem, sayRefused } from './say-items.ts';

/** The office adds an item by hand: from a form, never from a sentence alone. */

const separators = /[、,，;；\s]+/u;

const askedIn = ({ kind = '', text = '', unit = '', coUnits = '', pollution = '', ...rest }: Inputs): AskedItem => ({
  kind,
  text,
  units: [unit, ...coUnits.split(separators)].map((name) => name.trim()).filter(Boolean),
  pollution: pollution.split(separators).filter(Boolean),
  number: rest['number'],
  limit: rest['limit'],
  district: rest['district'],
  source: rest['source'],
});

/** `isFresh`: begins anew, whatever was put in before. */
export const addItem = async (turn: Turn, said: Inputs, isFresh = false): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return [sayRefused(turn, 'notForYou')];
  const given = isFresh ? {} : givenFor(await readDialogue(turn), '', 'addItem', change.now).inputs;
  const inputs = { ...given, ...Object.fromEntries(Object.entries(said).filter(([, text]) => text.trim() !== '')) };
  if (!inputs['kind']) {
    await rememberBegun(turn, { itemId: '', action: 'addItem', inputs, files: [] });
    return [sayForm(turn, 'addItem', undefined, inputs, [])];
  }
  const drafted = draftItem(world, askedIn(inputs), change.now, `${message.receivedAt.toString(36)}.${person.id.slice(1)}`);
  if ('fault' in drafted) {
    await rememberBegun(turn, { itemId: '', action: 'addItem', inputs, files: [] });
    return [sayRefused(turn, drafted.fault.reason, undefined, { form: 'addItem', inputs, files: [] })];
  }
  const { draft } = drafted;
  if (await readItem(world, change, draft.id)) return [sayRefused(turn, 'known', draft.id)];
  const by = { personId: person.id, channel: message.channel };
  await applyToItem(world, change, draft.id, [handOver(draft, itemContextOf(world), change.now, by)]);
  change.notices.push(...announceHandOver([itemIn(change, draft.id)!], world.directory, change.now).filter(({ to }) => to !== person.id));
  await rememberBegun(turn, undefined);
  return [sayItem(turn, draft.id, 'ItemHandedOver')];
};
