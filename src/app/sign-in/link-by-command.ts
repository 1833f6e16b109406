import { applyContacts } from '../../domain/organisation/apply-contacts.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { emptyOrganisation, type Organisation } from '../../domain/organisation/organisation.ts';
import { emptyRoster } from '../../domain/roster/roster.ts';
import { unitVocabulary, vocabulary } from '../../messages/workbook-vocabulary.ts';
import type { CommitResult } from '../../ports/store.ts';
import type { LinkSigner } from '../../ports/links.ts';
import { findPerson, type Refused } from '../binding/accounts-by-command.ts';
import { organisationEvents } from '../contact/campaign-events.ts';
import { refreshWorld, type World } from '../world.ts';
import { makeLinkToken } from './sign-in-link.ts';

export type SignInLinkAsked = { readonly person: string; readonly mobile?: string };

export type SignInLink = {
  readonly ok: true;
  readonly person: string;
  readonly url: string;
  /** Nobody was known before: they are the office now. */
  readonly isFirst: boolean;
};

export type LinkMaker = {
  readonly signer: LinkSigner;
  /** Ends with `/`. */
  readonly baseUrl: string;
  /** Real epoch ms. */
  readonly realNow: () => number;
  readonly refusesMobile: (mobile: string) => boolean;
  /** The campaign begins with workbooks, which the first start reads. */
  readonly hasWorkbooks: boolean;
};

const nowhere = { sheet: '', row: 0, cell: '' };

/** The office as a contact list of one line says it, in force from ever: the list that they import takes its place. */
const firstOffice = (name: string, mobile: string) => {
  const { fullName } = vocabulary.office;
  const list = {
    units: [],
    groups: [{ name: fullName, isOffice: true, place: nowhere }],
    appointments: [{ role: 'member' as const, of: fullName, isGroup: true, person: { name, mobile, place: nowhere } }],
  };
  return applyContacts(emptyOrganisation, list, { at: 0, vocabulary: unitVocabulary, map: {} });
};

const begin = async ({ store, clock }: World, name: string, mobile: string): Promise<CommitResult> => {
  const { organisation, changes } = firstOffice(name, mobile);
  const campaign: { organisation: Organisation; roster: typeof emptyRoster } = { organisation, roster: emptyRoster };
  return store.commitCampaign(campaign, 0, organisationEvents(changes, organisation.version, clock.now()));
};

const mobileForm = /^1\d{10}$/u;

/**
 * A link that lets somebody of the office in to the page, five minutes and once: for whoever sits before the machine, who has all that
 * the service has. Before any list was imported it makes the first one of the office, who then imports the lists there.
 */
export const linkByCommand = async (
  world: World,
  { signer, baseUrl, realNow, refusesMobile, hasWorkbooks }: LinkMaker,
  { person, mobile }: SignInLinkAsked,
): Promise<SignInLink | Refused> => {
  const refused = (code: Refused['code']): Refused => ({ ok: false, code, person: person.trim(), candidates: [] });
  const isFirst = world.campaignVersion === 0 && !hasWorkbooks;
  if (isFirst) {
    const digits = mobile?.replaceAll(/[\s-]/gu, '');
    if (digits === undefined) return refused('ZG_NOBODY_YET');
    if (!mobileForm.test(digits) || refusesMobile(digits)) return refused('ZG_PHONE_INVALID');
    if ((await begin(world, person.trim(), digits)) !== 'committed') return refused('ZG_BUSY');
    await refreshWorld(world);
  } else if (mobile !== undefined) return refused('ZG_NOT_FIRST');
  const found = findPerson(world, person);
  if ('ok' in found) return found;
  if (!isOffice(world.directory, found.id, world.clock.now())) return refused('ZG_NOT_OFFICE');
  const token = makeLinkToken(signer, world.secrets, found.id, realNow());
  return { ok: true, person: found.name, url: `${baseUrl}sign-in/${token}`, isFirst };
};
