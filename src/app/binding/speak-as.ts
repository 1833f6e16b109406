import { bindingTextsOf } from '../../messages/binding-texts.ts';
import type { World } from '../world.ts';
import { bindAccount } from './bind-account.ts';

/** 138-0000-xxxx: numbers that belong to nobody. */
const invented = /^1380000\d{4}$/u;

/**
 * For a demo alone, where anybody on the machine may speak as any of the invented people: an account that says nothing but
 * the number of one of them is theirs from then on. Undefined for all other words.
 */
export const speakAs = async (
  world: World,
  channel: string,
  account: string,
  text: string,
  locale: string,
): Promise<string | undefined> => {
  const mobile = text.normalize('NFKC').replaceAll(/[\s-]/gu, '');
  const person = invented.test(mobile) ? world.directory.byMobile.get(mobile) : undefined;
  if (!person || person.isDisabled) return undefined;
  await bindAccount(world, { channel, account, personId: person.id, way: 'office' });
  return bindingTextsOf(locale).bound.replace('{name}', person.name);
};
