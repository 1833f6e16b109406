import type { AppliedChange } from '../../domain/roster-change/applied-change.ts';
import { shiftDifferences } from '../../domain/roster-change/shift-differences.ts';
import { textOfTouched } from '../../domain/roster-change/applied-change.ts';
import { Fault } from '../../ports/fault.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Campaign, Stored, Write } from '../../ports/store.ts';
import { nameOf } from '../acts/speaker.ts';
import { restoreContacts } from '../roster/contact-versions.ts';
import { tellChanges } from '../roster/tell-changes.ts';
import { changeIdOf } from '../roster-change/apply-sentence.ts';
import type { ReadWorkbook } from '../roster-change/read-workbook.ts';
import { takeBack, type TakenBack } from '../roster-change/take-back.ts';
import { undoableList } from '../roster-change/undoable-list.ts';
import { isoIn } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';

/** A contact list counts at once, so no first shift says until when it is to be taken back: a day. */
const contactsUndoMs = 24 * 3_600_000;

/** A list that was imported and may still be taken back, or why it may not be any more. */
export type ImportMade = {
  readonly id: string;
  readonly kind: 'roster' | 'contacts';
  /** What the workbook was called. */
  readonly name: string;
  readonly at: string;
  readonly by: string;
  /** Until then it can be taken back. */
  readonly until: string;
  readonly posts: readonly string[];
  /** Of a roster: what taking it back would change. */
  readonly shifts: { readonly added: number; readonly changed: number; readonly gone: number } | null;
  /** How many people would be told. */
  readonly told: number;
  readonly refusal: Extract<TakenBack, { readonly ok: false }>['why'] | null;
};

export type ImportsMade = { readonly version: number; readonly imports: readonly ImportMade[] };

/** What it takes to undo an import, to be written with it; nothing where it can't be undone. */
export const undoOfImport = (
  { secrets, clock }: Pick<World, 'secrets' | 'clock'>,
  campaign: Campaign,
  workbook: ReadWorkbook,
  { name, actor }: { readonly name: string; readonly actor?: string },
): readonly Write[] => {
  const now = clock.now();
  const { organisation, roster } = workbook.campaign;
  const made = { ...(actor === undefined ? {} : { by: actor }), at: now, name };
  const idFor = (version: number): string => changeIdOf(actor ?? '', now, version);
  const write = (state: AppliedChange): readonly Write[] =>
    state.firstStartAt <= now
      ? []
      : [
          {
            id: state.id,
            expected: 0,
            aggregate: { type: 'applied', state },
            dueAt: Math.min(state.firstStartAt, Number.MAX_SAFE_INTEGER),
          },
        ];
  if (workbook.kind === 'contacts') {
    // before the first list there is nothing to go back to
    if (campaign.organisation.people.length === 0) return [];
    const contacts = { version: organisation.version, before: campaign.organisation.version };
    return write({
      ...made,
      id: idFor(organisation.version),
      touched: [],
      firstStartAt: now + contactsUndoMs,
      overrideIds: [],
      contacts,
      left: '',
    });
  }
  const differences = shiftDifferences(campaign.roster, roster, now);
  if (differences.length === 0) return [];
  const undoable = undoableList(campaign.roster, workbook, differences);
  const left = secrets.sha256(textOfTouched(roster, undoable));
  return write({ ...made, id: idFor(roster.version), ...undoable, left });
};

type Deps = { readonly world: World; readonly ledger: LedgerReader };

/** The office sees which lists were imported, by whom, and takes one back. */
export const createImportUndo = ({ world, ledger }: Deps) => {
  const keptImports = async (): Promise<readonly (Stored & { readonly state: AppliedChange })[]> => {
    const found: (Stored & { readonly state: AppliedChange })[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page: Awaited<ReturnType<World['store']['scan']>> = await world.store.scan('applied', cursor);
      for (const stored of page.items) {
        const { aggregate } = stored;
        if (aggregate.type === 'applied' && (aggregate.state.before || aggregate.state.contacts))
          found.push({ ...stored, state: aggregate.state });
      }
      cursor = page.cursor;
    }
    return found.toSorted((one, other) => other.state.at - one.state.at);
  };

  const viewOf = (campaign: Campaign, state: AppliedChange): ImportMade => {
    const now = world.clock.now();
    const iso = isoIn(world.settings.timeZone);
    const names = new Map(campaign.roster.posts.map((post) => [post.id, post.name]));
    const common = {
      id: state.id,
      name: state.name ?? '',
      at: iso(state.at),
      by: state.by === undefined ? '' : nameOf(world, state.by),
      until: iso(state.firstStartAt),
      posts: [...new Set(state.touched.map(({ postId }) => names.get(postId) ?? postId))],
    };
    if (state.contacts) {
      const isLast = state.contacts.version === campaign.organisation.version;
      const refusal = now >= state.firstStartAt ? 'begun' : isLast ? null : 'changedSince';
      return { ...common, kind: 'contacts', shifts: null, told: 0, refusal };
    }
    const taken = takeBack(campaign.roster, state, world.secrets.sha256, now);
    if (!taken.ok) return { ...common, kind: 'roster', shifts: null, told: 0, refusal: taken.why };
    const differences = shiftDifferences(campaign.roster, taken.roster, now);
    const countOf = (type: (typeof differences)[number]['type']): number => differences.filter((one) => one.type === type).length;
    const told = tellChanges(campaign.roster, taken.roster, campaign.organisation, world.settings.timeZone, now).length;
    const shifts = { added: countOf('added'), changed: countOf('changed'), gone: countOf('gone') };
    return { ...common, kind: 'roster', shifts, told, refusal: null };
  };

  return {
    list: async (): Promise<ImportsMade> => {
      const [campaign, kept] = [await world.store.loadCampaign(), await keptImports()];
      return { version: campaign.version, imports: kept.map(({ state }) => viewOf(campaign, state)) };
    },
    /** Throws ZG_MOVED_ON where it can't be taken back any more, or would be otherwise than it was shown. */
    undo: async (
      { id, version }: { readonly id: string; readonly version: number },
      actor: string | undefined,
    ): Promise<{ readonly told: number }> => {
      const campaign = await world.store.loadCampaign();
      const [stored] = await world.store.load([id]);
      if (stored?.aggregate.type !== 'applied' || campaign.version !== version) throw new Fault('ZG_MOVED_ON');
      const { state } = stored.aggregate;
      const by = { channel: 'page', ...(actor === undefined ? {} : { actor }) };
      const writes: readonly Write[] = [{ id, expected: stored.version, aggregate: null, dueAt: null }];
      if (state.contacts) {
        if (world.clock.now() >= state.firstStartAt) throw new Fault('ZG_MOVED_ON');
        const { store, clock } = world;
        const wishes = { from: state.contacts.version, told: by, writes };
        const restored = await restoreContacts({ store, clock, reader: ledger }, state.contacts.before, wishes);
        if (!restored.ok) throw new Fault('ZG_MOVED_ON');
        await refreshWorld(world);
        return { told: 0 };
      }
      const now = world.clock.now();
      const taken = takeBack(campaign.roster, state, world.secrets.sha256, now);
      if (!taken.ok) throw new Fault('ZG_MOVED_ON');
      const { organisation } = campaign;
      const told = tellChanges(campaign.roster, taken.roster, organisation, world.settings.timeZone, now);
      const notices = told.filter(({ to }) => to !== actor);
      const events = taken.events.map((event) => ({ ...event, ...by }));
      const after = { organisation, roster: taken.roster };
      const [result] = await world.store.commit([{ writes, events, notices, basedOn: version, campaign: after }], version);
      if (result !== 'committed') throw new Fault('ZG_MOVED_ON');
      await refreshWorld(world);
      return { told: notices.length };
    },
  };
};

export type ImportUndo = ReturnType<typeof createImportUndo>;
