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
import { refreshWorld, type World } from '../world.ts';
import { drawFaults, type DrawnSheet } from './draw-faults.ts';
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
};

export type ImportAsk = { readonly sha256: string; readonly name: string; readonly year?: number };

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

type Read = { readonly campaign: Campaign; readonly workbook: ReadWorkbook | undefined; readonly findings: readonly Finding[] };

/** The office shows a workbook, sees its faults in their cells or what it would change, and has exactly that applied. */
export const createImportDesk = ({ world, files, reader, readGrids, refusesMobile }: Deps) => {
  const digestOf = ({ campaign }: ReadWorkbook): string =>
    world.secrets.sha256(
      JSON.stringify([campaign.roster.shifts, campaign.roster.posts, campaign.organisation.appointments, campaign.organisation.people]),
    );

  const read = async (bytes: Uint8Array, { name, year }: ImportAsk, actor: string | undefined): Promise<Read> => {
    const source = { bytes, fileName: name };
    const campaign = await world.store.loadCampaign();
    const answers: WorkbookAnswers = { ...(year === undefined ? {} : { year }), ...(refusesMobile ? { refusesMobile } : {}) };
    const workbook = await readWorkbook(reader, source, campaign, world.settings, world.clock.now(), actor, answers);
    // of another kind, or none at all: what reading it as people gives says why
    const findings = workbook?.findings ?? (await reader.readContacts(source)).findings;
    return { campaign, workbook, findings };
  };

  const bytesOf = async (sha256: string): Promise<Uint8Array> => {
    const bytes = await files.get(sha256);
    if (!bytes) throw new Fault('ZG_NO_SUCH_FILE');
    return bytes;
  };

  const show = async (ask: ImportAsk, bytes: Uint8Array, locale: Locale): Promise<ImportPreview> => {
    const { campaign, workbook, findings } = await read(bytes, ask, undefined);
    const { errors, warnings } = toOutcome(findings, {}, locale, true);
    const isFaulty = !workbook || hasFaults(findings);
    const places = findings.flatMap(({ place }) => place ?? []);
    const now = world.clock.now();
    const common = {
      sha256: ask.sha256,
      name: ask.name,
      kind: workbook?.kind ?? null,
      version: campaign.version,
      errors,
      warnings,
      sheets: drawFaults(await readGrids({ bytes, fileName: ask.name }), places),
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
      file: { readonly bytes: Uint8Array; readonly name: string; readonly mime: string; readonly year?: number },
      locale: Locale,
    ): Promise<ImportPreview> => {
      const { sha256, name } = await files.put(file.bytes, { name: file.name, mime: file.mime });
      return show({ sha256, name, ...(file.year === undefined ? {} : { year: file.year }) }, file.bytes, locale);
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
      const result = await world.store.commitCampaign(workbook.campaign, campaign.version, events, notices);
      if (result !== 'committed') throw new Fault('ZG_MOVED_ON');
      await refreshWorld(world);
      return { kind: workbook.kind, told: notices.length, version: world.campaignVersion };
    },
  };
};

export type ImportDesk = ReturnType<typeof createImportDesk>;
