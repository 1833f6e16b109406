import { type Finding, hasFaults } from '../../domain/organisation/finding.ts';
import type { Locale } from '../../messages/import-errors.ts';
import type { Files } from '../../ports/files.ts';
import { Fault } from '../../ports/fault.ts';
import type { ReadGrids } from '../../ports/sheet-grid.ts';
import type { Campaign } from '../../ports/store.ts';
import type { WorkbookReader } from '../../ports/workbook.ts';
import { readWorkbook, type ReadWorkbook, type WorkbookAnswers } from '../roster-change/read-workbook.ts';
import { type ImportFault, toOutcome } from '../roster/import-outcome.ts';
import { isoIn } from '../views/view-page.ts';
import { mapFaults } from '../roster/import-contacts.ts';
import { rosterHints } from '../roster/import-roster.ts';
import { refreshWorld, type World } from '../world.ts';
import { drawFaults, type DrawnSheet } from './draw-faults.ts';
import { type Unmatched, unmatchedIn } from './unmatched-units.ts';
import { undoOfImport } from './import-undo.ts';
import { contactChanges, type ContactChanges, rosterChanges, type RosterChanges } from './import-changes.ts';

export type ImportPreview = {
  readonly sha256: string;
  readonly name: string;
  /** Null for a workbook that is neither. */
  readonly kind: 'roster' | 'contacts' | null;
  /** Of organisation and roster: what is shown holds against it alone. */
  readonly version: number;
  /** Of what it would make; empty with any fault. */
  readonly digest: string;
  readonly errors: readonly ImportFault[];
  readonly warnings: readonly ImportFault[];
  readonly sheets: readonly DrawnSheet[];
  readonly roster?: RosterChanges;
  readonly contacts?: ContactChanges;
  /** How many people would be told what it changes for them. */
  readonly told: number;
  /** It says what is there already. */
  readonly isSame: boolean;
  /** Names that it calls units by and nobody knows, and what each may be. */
  readonly unmatched: readonly Unmatched[];
  /** While there are any: what can be chosen for them. */
  readonly units: readonly string[];
};

/** What somebody says beside a workbook. `map`: its name for a unit to the unit's name. */
type Answers = { readonly year?: number; readonly map?: Readonly<Record<string, string>> };

export type ImportAsk = Answers & { readonly sha256: string; readonly name: string };

/** Exactly what was shown. */
export type ImportWanted = ImportAsk & { readonly version: number; readonly digest: string };

export type Imported = { readonly kind: 'roster' | 'contacts'; readonly told: number; readonly version: number };

type Deps = {
  readonly world: World;
  readonly files: Files;
  readonly reader: WorkbookReader;
  readonly readGrids: ReadGrids;
  /** A mobile number that the mode of service refuses. */
  readonly refusesMobile?: (mobile: string) => boolean;
};

type Read = {
  readonly campaign: Campaign;
  readonly workbook: ReadWorkbook | undefined;
  readonly kind: ImportPreview['kind'];
  readonly findings: readonly Finding[];
};

/** The office shows a workbook, sees its faults in their cells or what it would change, and has exactly that applied. */
export const createImportDesk = ({ world, files, reader, readGrids, refusesMobile }: Deps) => {
  const digestOf = ({ campaign }: ReadWorkbook): string =>
    world.secrets.sha256(
      JSON.stringify([campaign.roster.shifts, campaign.roster.posts, campaign.organisation.appointments, campaign.organisation.people]),
    );

  const read = async (bytes: Uint8Array, { name, year, map }: ImportAsk, actor: string | undefined): Promise<Read> => {
    const source = { bytes, fileName: name };
    const campaign = await world.store.loadCampaign();
    const answers: WorkbookAnswers = {
      ...(year === undefined ? {} : { year }),
      ...(map === undefined ? {} : { map }),
      ...(refusesMobile ? { refusesMobile } : {}),
    };
    const workbook = await readWorkbook(reader, source, campaign, world.settings, world.clock.now(), actor, answers);
    if (workbook) return { campaign, workbook, kind: workbook.kind, findings: workbook.findings };
    // of a sheet that does not say whose it is nothing is read, and it is a roster all the same
    const { findings: ofRoster } = await reader.readRoster(source, rosterHints(campaign.organisation, answers));
    if (unmatchedIn(ofRoster).length > 0)
      return { campaign, workbook, kind: 'roster', findings: [...ofRoster, ...mapFaults(campaign.organisation, map ?? {})] };
    // of another kind, or none at all: what reading it as people gives says why
    const { findings } = await reader.readContacts(source);
    return { campaign, workbook, kind: null, findings };
  };

  const bytesOf = async (sha256: string): Promise<Uint8Array> => {
    const bytes = await files.get(sha256);
    if (!bytes) throw new Fault('ZG_NO_SUCH_FILE');
    return bytes;
  };

  const show = async (ask: ImportAsk, bytes: Uint8Array, locale: Locale): Promise<ImportPreview> => {
    const { campaign, workbook, kind, findings } = await read(bytes, ask, undefined);
    const { errors, warnings } = toOutcome(findings, {}, locale, true, false);
    const isFaulty = !workbook || hasFaults(findings);
    const places = findings.flatMap(({ place }) => place ?? []);
    const now = world.clock.now();
    const unmatched = unmatchedIn(findings);
    const known = (workbook?.campaign ?? campaign).organisation.units.map(({ name }) => name);
    const common = {
      sha256: ask.sha256,
      name: ask.name,
      kind,
      version: campaign.version,
      errors,
      warnings,
      sheets: drawFaults(await readGrids({ bytes, fileName: ask.name }), places),
      unmatched,
      units: unmatched.length > 0 ? known : [],
    };
    if (isFaulty) return { ...common, digest: '', told: 0, isSame: false };
    const digest = digestOf(workbook);
    const told = workbook.notices.length;
    if (workbook.kind === 'contacts') {
      const contacts = contactChanges(campaign.organisation, workbook.campaign, now);
      const { units, people, opened, closed } = contacts;
      const isSame = [units, people.added, people.changed, opened, closed].every(({ length }) => length === 0);
      return { ...common, digest, told, isSame, contacts };
    }
    const roster = rosterChanges(campaign.roster, workbook.campaign, now, isoIn(world.settings.timeZone));
    return { ...common, digest, told, isSame: workbook.isSameRoster, roster };
  };

  return {
    /** Keeps the file and shows what it is. */
    preview: async (
      { bytes, name: called, mime, ...answers }: Answers & { readonly bytes: Uint8Array; readonly name: string; readonly mime: string },
      locale: Locale,
    ): Promise<ImportPreview> => {
      const { sha256, name } = await files.put(bytes, { name: called, mime });
      return show({ sha256, name, ...answers }, bytes, locale);
    },
    /** Shows a file that is kept already once more, as things stand now. */
    again: async (ask: ImportAsk, locale: Locale): Promise<ImportPreview> => show(ask, await bytesOf(ask.sha256), locale),
    /** Throws ZG_MOVED_ON where what was shown is not so any more, ZG_BAD_WORKBOOK for one with faults. */
    apply: async (wanted: ImportWanted, actor: string | undefined): Promise<Imported> => {
      const { campaign, workbook, findings } = await read(await bytesOf(wanted.sha256), wanted, actor);
      if (!workbook || hasFaults(findings)) throw new Fault('ZG_BAD_WORKBOOK');
      if (campaign.version !== wanted.version || digestOf(workbook) !== wanted.digest) throw new Fault('ZG_MOVED_ON');
      const events = workbook.events.map((event) => ({ ...event, channel: 'page' }));
      const notices = workbook.notices.filter(({ to }) => to !== actor);
      const made = { name: wanted.name, ...(actor === undefined ? {} : { actor }) };
      const writes = undoOfImport(world, campaign, workbook, made);
      const transition = { writes, events, notices, basedOn: campaign.version, campaign: workbook.campaign };
      const [result] = await world.store.commit([transition], campaign.version);
      if (result !== 'committed') throw new Fault('ZG_MOVED_ON');
      await refreshWorld(world);
      return { kind: workbook.kind, told: notices.length, version: world.campaignVersion };
    },
  };
};

export type ImportDesk = ReturnType<typeof createImportDesk>;
