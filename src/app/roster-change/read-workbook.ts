import type { CampaignSettings } from '../../domain/campaign.ts';
import { fault, type Finding } from '../../domain/organisation/finding.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { PostId } from '../../domain/roster/roster.ts';
import type { Campaign } from '../../ports/store.ts';
import type { Reading, WorkbookReader, WorkbookSource } from '../../ports/workbook.ts';
import { type ImportOptions, mapFaults, planContacts } from '../roster/import-contacts.ts';
import { planRoster, rosterHints } from '../roster/import-roster.ts';

/** A workbook as the chat reads it: what it is, what is wrong with it, and what it would make of the campaign. */
export type ReadWorkbook = {
  readonly kind: 'roster' | 'contacts';
  readonly findings: readonly Finding[];
  readonly campaign: Omit<Campaign, 'version'>;
  readonly events: readonly LedgerEvent[];
  /** Posts that a roster names. */
  readonly posts: readonly PostId[];
  /** It says of every shift what is planned already. */
  readonly isSameRoster: boolean;
  readonly counts: { readonly [name: string]: number };
  /** What it changes for whom. */
  readonly notices: readonly Notice[];
};

/** What whoever hands it in says beside it; see `ImportOptions`. */
export type WorkbookAnswers = Pick<ImportOptions, 'year' | 'map' | 'refusesMobile'>;

const errorsOf = (findings: readonly Finding[]): number => findings.filter(({ severity }) => severity === 'error').length;

const sizeOf = (reading: Reading<{ readonly days?: readonly unknown[]; readonly appointments?: readonly unknown[] }>): number =>
  reading.list?.days?.length ?? reading.list?.appointments?.length ?? 0;

/** Read both ways; what gives more lines and fewer faults is what it is. Undefined for a workbook of another kind. */
export const readWorkbook = async (
  reader: WorkbookReader,
  source: WorkbookSource,
  campaign: Campaign,
  settings: CampaignSettings,
  now: number,
  actor: string | undefined,
  answers: WorkbookAnswers = {},
): Promise<ReadWorkbook | undefined> => {
  const { organisation } = campaign;
  const roster = await reader.readRoster(source, rosterHints(organisation, answers));
  const contacts = await reader.readContacts(source);
  const [days, people] = [sizeOf(roster), sizeOf(contacts)];
  if (days === 0 && people === 0) {
    // of days without a year nothing is read, and it is a roster all the same
    const lacksYear = roster.findings.some(({ code }) => code === 'ZG_YEAR_MISSING');
    return lacksYear ? unreadable('roster', campaign, roster.findings) : undefined;
  }
  const isRoster = days > 0 && (people === 0 || errorsOf(roster.findings) <= errorsOf(contacts.findings) || days >= people);
  if (isRoster && roster.list) {
    if (organisation.people.length === 0) return unreadable('roster', campaign, [fault('ZG_CONTACTS_FIRST')]);
    const planned = planRoster(campaign, { list: roster.list, findings: roster.findings }, settings, now, actor);
    const { shifts, replaced, posts } = planned.applied.changes;
    const key = (shift: (typeof shifts)[number]) => JSON.stringify(shift);
    const had = new Set(replaced.map(key));
    return {
      kind: 'roster',
      findings: [...planned.findings, ...mapFaults(organisation, answers.map ?? {})],
      campaign: planned.campaign,
      events: planned.events,
      posts: [...new Set(shifts.map(({ postId }) => postId))],
      isSameRoster: posts.length === 0 && shifts.length === replaced.length && shifts.every((shift) => had.has(key(shift))),
      counts: {},
      notices: planned.notices,
    };
  }
  if (!contacts.list) return undefined;
  const planned = planContacts(
    campaign,
    { list: contacts.list, findings: contacts.findings },
    { ...answers, ...(actor === undefined ? {} : { actor }) },
    now,
  );
  const before = new Set(organisation.appointments.map((one) => JSON.stringify(one)));
  const changes = planned.campaign.organisation.appointments.filter((one) => !before.has(JSON.stringify(one))).length;
  const { units, people: everybody } = planned.campaign.organisation;
  return {
    kind: 'contacts',
    findings: planned.findings,
    campaign: planned.campaign,
    events: planned.events,
    posts: [],
    isSameRoster: false,
    counts: { units: units.length, people: everybody.length, changes },
    notices: [],
  };
};

const unreadable = (kind: ReadWorkbook['kind'], campaign: Campaign, findings: readonly Finding[]): ReadWorkbook => ({
  kind,
  findings,
  campaign: { organisation: campaign.organisation, roster: campaign.roster },
  events: [],
  posts: [],
  isSameRoster: false,
  counts: {},
  notices: [],
});
