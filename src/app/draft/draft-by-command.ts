import { mostDays } from '../../domain/draft/make-slots.ts';
import { resolveRules, type NamedRules } from '../../domain/draft/named-rules.ts';
import type { Load, Obstacle } from '../../domain/draft/draft.ts';
import { addDays, localDay } from '../../domain/local-time.ts';
import { buildUnitNames, findUnit } from '../../domain/organisation/unit-names.ts';
import type { DutyRole } from '../../domain/roster/roster.ts';
import { draftTextsFor } from '../../messages/draft-texts.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Campaign, Store } from '../../ports/store.ts';
import { isoIn } from '../views/view-page.ts';
import { prepareDraft, type DraftSettings } from './prepare-draft.ts';
import { publishDraft } from './publish-draft.ts';
import { draftLines } from './say-draft.ts';

export type DraftCommand = {
  /** Local dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly unit?: string;
  readonly rules?: NamedRules;
  readonly isPublished: boolean;
};

export type DraftFault = { readonly code: string; readonly message: string };

export type DraftAnswer = {
  readonly ok: boolean;
  readonly from: string;
  readonly to: string;
  readonly shifts: readonly {
    readonly post: string;
    readonly from: string;
    readonly to: string;
    readonly holders: readonly { readonly role: DutyRole; readonly name: string }[];
  }[];
  readonly loads: readonly { readonly name: string; readonly before: Load; readonly added: Load }[];
  readonly gaps: readonly {
    readonly post: string;
    readonly date: string;
    readonly role: DutyRole;
    readonly because: readonly { readonly name: string; readonly obstacle: Obstacle }[];
  }[];
  readonly unwanted: readonly { readonly name: string; readonly date: string }[];
  /** Hours that no shift covers, by the rules. */
  readonly open: readonly { readonly post: string; readonly from: string; readonly to: string }[];
  readonly published: boolean;
  /** Of the roster, once it is published. */
  readonly version?: number;
  readonly told?: number;
  readonly errors: readonly DraftFault[];
  /** The same in words. */
  readonly lines: readonly string[];
};

type Deps = {
  readonly store: Pick<Store, 'loadCampaign' | 'commitCampaign'>;
  readonly clock: Clock;
  readonly settings: DraftSettings;
  readonly sha256: (text: string) => string;
};

const nothing = { shifts: [], loads: [], gaps: [], unwanted: [], open: [], published: false, lines: [] } as const;

const refusedWith = ({ from, to }: DraftCommand, errors: readonly DraftFault[]): DraftAnswer => ({
  ok: false,
  from,
  to,
  ...nothing,
  errors,
});

const texts = draftTextsFor(undefined);

const unknown = (what: keyof typeof texts.unknown, name: string): string => texts.unknown[what].replace('{name}', () => name);

/** What is asked for, as ids; or everything that is wrong with it. */
const readAsk = (campaign: Campaign, { zone, now }: { readonly zone: string; readonly now: number }, asked: DraftCommand) => {
  const errors: DraftFault[] = [];
  const { organisation, roster } = campaign;
  const names = buildUnitNames(organisation.units, organisation.groups, unitVocabulary);
  const unitOf = (name: string): string | undefined => {
    const match = findUnit(names, name);
    return match.status === 'found' ? match.unit.id : undefined;
  };
  const unitId = asked.unit === undefined ? undefined : unitOf(asked.unit);
  if (asked.unit !== undefined && unitId === undefined) errors.push({ code: 'ZG_UNIT_UNKNOWN', message: unknown('unit', asked.unit) });
  if (asked.to < asked.from) errors.push({ code: 'ZG_DRAFT_DATES', message: texts.refusals.dates });
  if (asked.to >= addDays(asked.from, mostDays)) errors.push({ code: 'ZG_DRAFT_LONG', message: texts.refusals.long });
  if (asked.isPublished && asked.from <= localDay(zone, now).date) errors.push({ code: 'ZG_DRAFT_PAST', message: texts.refusals.past });
  const resolved = asked.rules === undefined ? undefined : resolveRules(asked.rules, organisation, roster, zone, unitOf);
  for (const { what, name, isSeveral } of resolved?.unclear ?? []) {
    const code = what === 'post' ? 'ZG_POST_UNKNOWN' : isSeveral ? 'ZG_PERSON_AMBIGUOUS' : 'ZG_PERSON_UNKNOWN';
    errors.push({ code, message: unknown(what === 'person' && isSeveral ? 'people' : what, name) });
  }
  return { errors, unitIds: unitId === undefined ? [] : [unitId], wishes: resolved?.wishes };
};

/** Drafts, and publishes where that is asked for and the draft is whole. */
export const draftByCommand = async ({ store, clock, settings, sha256 }: Deps, asked: DraftCommand): Promise<DraftAnswer> => {
  const now = clock.now();
  const zone = settings.timeZone;
  const campaign = await store.loadCampaign();
  const { errors, unitIds, wishes } = readAsk(campaign, { zone, now }, asked);
  if (errors.length > 0) return refusedWith(asked, errors);
  const prepared = prepareDraft(campaign, settings, sha256, { fromDate: asked.from, toDate: asked.to, unitIds, variant: 0 }, wishes);
  const { draft, publication } = prepared;
  if (draft.shifts.length === 0) return refusedWith(asked, [{ code: 'ZG_DRAFT_EMPTY', message: texts.refusals.noPost }]);
  const iso = isoIn(zone);
  const person = (id: string): string => campaign.organisation.people.find((one) => one.id === id)?.name ?? id;
  const post = (id: string): string => campaign.roster.posts.find((one) => one.id === id)?.name ?? id;
  const shown = {
    from: asked.from,
    to: asked.to,
    shifts: draft.shifts.map(({ postId, from, to, holders }) => ({
      post: post(postId),
      from: iso(from),
      to: iso(to),
      holders: holders.map(({ role, personId }) => ({ role, name: person(personId) })),
    })),
    loads: draft.loads.map(({ personId, before, added }) => ({ name: person(personId), before, added })),
    gaps: draft.holes.map(({ postId, date, role, because }) => ({
      post: post(postId),
      date,
      role,
      because: because.map(({ personId, obstacle }) => ({ name: person(personId), obstacle })),
    })),
    unwanted: draft.unwanted.map(({ personId, date }) => ({ name: person(personId), date })),
    open: publication.open.map(({ postId, from, to }) => ({ post: post(postId), from: iso(from), to: iso(to) })),
    lines: draftLines(campaign, prepared, texts, zone, false),
  };
  if (!asked.isPublished) return { ok: true, ...shown, published: false, errors: [] };
  const published = publishDraft(campaign, prepared, zone, now);
  if (typeof published === 'string')
    return { ok: false, ...shown, published: false, errors: [{ code: codes[published], message: texts.refusals[published] }] };
  const result = await store.commitCampaign(published.campaign, campaign.version, published.events, published.notices);
  if (result !== 'committed')
    return { ok: false, ...shown, published: false, errors: [{ code: codes.moved, message: texts.refusals.moved }] };
  return { ok: true, ...shown, published: true, version: published.rosterVersion, told: published.notices.length, errors: [] };
};

const codes = { holes: 'ZG_DRAFT_GAPS', moved: 'ZG_DRAFT_MOVED', begun: 'ZG_DRAFT_PAST' } as const;
