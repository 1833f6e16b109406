import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { evolveOrganisation, untoldOrganisation, type ToldOrganisation } from '../../domain/organisation/evolve-organisation.ts';
import { changesBackTo, isNothing } from '../../domain/organisation/restore-organisation.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Write } from '../../ports/store.ts';
import { organisationEvents } from '../contact/campaign-events.ts';
import type { Iso } from '../views/view-page.ts';

/** Every version of the contact list, as the ledger tells it, and the way back to one of them. */

export type ContactVersion = {
  readonly version: number;
  readonly at: string;
  /** Who changed it, where a person did. */
  readonly actor: string | null;
  readonly by: 'list' | 'appointment';
  readonly people: number;
  /** Terms in force as it began to count. */
  readonly appointments: number;
};

export type ContactVersionsAnswer = { readonly ok: true; readonly versions: readonly ContactVersion[] };

export type ContactsRestored =
  | {
      readonly ok: true;
      /** The version that it came to; none where everything was so already. */
      readonly version: number | null;
      readonly counts: { readonly people: number; readonly units: number; readonly opened: number; readonly closed: number };
    }
  | { readonly ok: false; readonly code: 'ZG_VERSION_UNKNOWN' | 'ZG_CAMPAIGN_BUSY'; readonly version: number };

type Told = { readonly row: LedgerEvent; readonly told: ToldOrganisation };

const pageRows = 1_000;

/** A list of many people is told in several rows: the last of them has the whole. */
const readVersions = async (reader: LedgerReader): Promise<readonly Told[]> => {
  const versions = new Map<number, Told>();
  const to = await reader.lastSeq();
  let told = untoldOrganisation;
  for (let seq = 0; seq < to;) {
    const page = await reader.rows(seq, pageRows);
    if (page.length === 0) break;
    for (const row of page) {
      seq = row.seq;
      const next = evolveOrganisation(told, row);
      if (next !== told) versions.set(next.organisation.version, { row, told: next });
      told = next;
    }
  }
  return [...versions.values()];
};

export const listContactVersions = async (reader: LedgerReader, iso: Iso): Promise<ContactVersionsAnswer> => {
  const versions = await readVersions(reader);
  const names = new Map(versions.at(-1)?.told.organisation.people.map(({ id, name }) => [id, name]));
  return {
    ok: true,
    versions: versions.map(({ row: { at, actor, event }, told: { organisation } }) => ({
      version: organisation.version,
      at: iso(at),
      actor: actor === undefined ? null : (names.get(actor) ?? actor),
      by: event === 'AppointmentChanged' ? 'appointment' : 'list',
      people: organisation.people.length,
      appointments: organisation.appointments.filter((one) => isInTerm(one, at)).length,
    })),
  };
};

const mostTries = 8;

type Deps = { readonly store: Pick<Store, 'loadCampaign' | 'commit'>; readonly clock: Clock; readonly reader: LedgerReader };

/** What else must be so for it, and what goes with it. */
export type RestoreWishes = {
  /** The version that it takes back: another one is left alone. */
  readonly from?: number;
  readonly told?: Pick<LedgerEvent, 'actor' | 'channel'>;
  readonly writes?: readonly Write[];
};

/**
 * Makes people, units and terms again what a version said. It is a change like any other: the ledger tells it, and the
 * roster stays as it is. Whoever came since stays known, without a term.
 */
export const restoreContacts = async (
  { store, clock, reader }: Deps,
  version: number,
  { from, told: by = {}, writes = [] }: RestoreWishes = {},
): Promise<ContactsRestored> => {
  const found = (await readVersions(reader)).find(({ told }) => told.organisation.version === version);
  if (!found) return { ok: false, code: 'ZG_VERSION_UNKNOWN', version };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const campaign = await store.loadCampaign();
    if (from !== undefined && campaign.organisation.version !== from) return { ok: false, code: 'ZG_CAMPAIGN_BUSY', version };
    const now = clock.now();
    const changes = changesBackTo(found.told, campaign.organisation, now);
    const { people, units, opened, closed } = changes;
    const counts = { people: people.length, units: units.length, opened: opened.length, closed: closed.length };
    if (isNothing(changes)) return { ok: true, version: null, counts };
    const next = campaign.organisation.version + 1;
    const events = organisationEvents(changes, next, now).map((event) => ({ ...event, ...by }));
    // As the ledger tells it, so it is.
    const told: ToldOrganisation = { organisation: campaign.organisation, nameless: new Set() };
    const { organisation } = events.reduce(evolveOrganisation, told);
    const after = { organisation, roster: campaign.roster };
    const [result] = await store.commit([{ writes, events, notices: [], basedOn: campaign.version, campaign: after }], campaign.version);
    if (result === 'committed') return { ok: true, version: next, counts };
  }
  return { ok: false, code: 'ZG_CAMPAIGN_BUSY', version };
};
