import type { AccountRow, Changed, Refused } from '../../src/app/binding/accounts-by-command.ts';
import type { SignInLink, SignInLinkAsked } from '../../src/app/sign-in/link-by-command.ts';
import type { Tested } from '../../src/app/binding/test-channel.ts';
import type { HandoversAnswer, HandoversAsked } from '../../src/app/handover/view-handovers.ts';
import type { AppointAnswer } from '../../src/app/roster/appoint.ts';
import type { Exported } from '../../src/app/ledger/export-ledger.ts';
import type { DraftAnswer } from '../../src/app/draft/draft-by-command.ts';
import type { GapsAnswer } from '../../src/app/roster/find-gaps.ts';
import type { ImportOutcome } from '../../src/app/roster/import-outcome.ts';
import type { RehearsalReport } from '../../src/app/rehearsal/report.ts';
import type { Kept } from '../../src/app/ledger/forget-state.ts';
import type { ReplayReport } from '../../src/app/ledger/replay-ledger.ts';
import type { ContactsRestored, ContactVersionsAnswer } from '../../src/app/roster/contact-versions.ts';
import type { VersionAnswer, VersionsAnswer } from '../../src/app/roster/roster-versions.ts';
import type { DutyAnswer } from '../../src/app/roster/who-is-on-duty.ts';
import type { WebhookView } from '../../src/app/webhooks/view-webhooks.ts';
import type { LedgerReport } from '../../src/domain/ledger/fault.ts';
import type { ReportKind } from '../../src/domain/figures/report-draft.ts';
import type { KeptBackups, PrunedBackups } from '../../src/ports/backups.ts';
import type { ReportFormat } from '../../src/ports/report.ts';
import type { Posted } from '../../src/ports/webhooks.ts';

export type { Kept };

export type ImportArguments = {
  readonly path: string;
  readonly isDryRun: boolean;
  readonly year?: number;
  readonly map: Readonly<Record<string, string>>;
};

export type ItemImportArguments = ImportArguments & {
  /** Epoch ms. */
  readonly handedOverAt?: number;
};

export type WatchArguments = {
  readonly urls: readonly string[];
  readonly webhook?: string;
  readonly command?: string;
  /** One message, to see whether it arrives. */
  readonly isTest: boolean;
};

/** `faults`: ways by which the office could not be told. */
export type WatchLine = { readonly status: string; readonly url: string; readonly text: string; readonly faults: readonly string[] };

export type WatchAnswer =
  | { readonly status: 'noWay' }
  | { readonly status: 'ended' }
  | { readonly status: 'tested'; readonly faults: readonly string[] };

/** How much of each kind named people or was said by them; `rows`: of the ledger, beside which it stood. */
export type Forgotten = {
  readonly ok: true;
  readonly isDryRun: boolean;
  readonly kept: readonly Kept[];
  readonly rows: number;
  readonly people: number;
  readonly accounts: number;
  readonly items: number;
  readonly requests: number;
  readonly handovers: number;
  readonly appeals: number;
  readonly dialogues: number;
  readonly files: number;
  readonly conversations: number;
  /** Messages that wait to be handled or sent. */
  readonly unsent: number;
  /** Redis has written its append-only file anew, which told everything that was ever there. */
  readonly isLogRewritten: boolean;
};

export type BackedUp = {
  readonly ok: true;
  readonly folder: string;
  readonly bureau: string;
  readonly takenAt: string;
  /** The newest row of the ledger in it. */
  readonly seq: number;
  readonly keys: number;
  readonly bytes: number;
  /** How long Redis was busy with nothing else. */
  readonly stallMs: number;
};

export type Restored = {
  readonly ok: boolean;
  readonly bureau: string;
  readonly takenAt: string;
  readonly seq: number;
  readonly keys: number;
  /** Undefined where nothing was sealed yet. */
  readonly ledger: LedgerReport | undefined;
  readonly replay: ReplayReport;
};

/** Files are paths; what is left out is the service's own campaign, and its whole period. Instants in epoch ms. */
export type RehearsalArguments = {
  readonly campaign?: string;
  readonly contacts?: string;
  readonly roster?: string;
  readonly from?: number;
  readonly to?: number;
  readonly seed: number;
  readonly silent: number;
  /** Kinds of items, as they are called or by their names, with how many a day; empty: those that the campaign opens by itself. */
  readonly items?: readonly { readonly kind: string; readonly perDay: number }[];
  readonly xlsx?: string;
  readonly html?: string;
};

/** What the command line can ask for. The wiring starts what an action needs when it is called, never before. */
export type CliActions = {
  /** IANA name: a time typed without an offset is wall-clock time there. */
  readonly timeZone: () => string;
  readonly importContacts: (given: ImportArguments) => Promise<ImportOutcome>;
  readonly importRoster: (given: ImportArguments) => Promise<ImportOutcome>;
  readonly importBatch: (given: ItemImportArguments) => Promise<ImportOutcome>;
  readonly importRequests: (given: ItemImportArguments) => Promise<ImportOutcome>;
  /** `at` in epoch ms; now where it is not given. */
  readonly whoIsOnDuty: (given: { readonly at?: number; readonly unit?: string }) => Promise<DutyAnswer>;
  /** `xlsx`: written there too. */
  readonly handovers: (given: HandoversAsked & { readonly xlsx?: string }) => Promise<HandoversAnswer>;
  readonly gaps: (given: { readonly from?: number; readonly to?: number }) => Promise<GapsAnswer>;
  /** Local dates, both included; `rule` is the path of a file. */
  readonly draftRoster: (given: {
    readonly from: string;
    readonly to: string;
    readonly unit?: string;
    readonly rule?: string;
    readonly isPublished: boolean;
  }) => Promise<DraftAnswer>;
  readonly contactVersions: () => Promise<ContactVersionsAnswer>;
  readonly restoreContacts: (version: number) => Promise<ContactsRestored>;
  readonly rosterVersions: () => Promise<VersionsAnswer>;
  readonly rosterVersion: (version: number) => Promise<VersionAnswer>;
  /** Writes the duty sheet to `path`, and answers how large it is. */
  /** Dates or instants, as they were typed. Rejects with ZG_BAD_QUERY, and ZG_NO_FONT. */
  readonly report: (given: {
    readonly from?: string;
    readonly to?: string;
    readonly unit?: readonly string[];
    readonly path: string;
    readonly format: ReportFormat;
    readonly kind?: ReportKind;
  }) => Promise<{ readonly bytes: number }>;
  readonly rosterSheet: (given: {
    readonly from?: string;
    readonly to?: string;
    readonly unit?: string;
    readonly path: string;
    readonly format: 'xlsx' | 'pdf';
  }) => Promise<{ readonly bytes: number }>;
  /** Plays a campaign that nobody is written to about, and writes the report where paths are given. */
  readonly rehearse: (given: RehearsalArguments) => Promise<RehearsalReport>;
  /** `from` in epoch ms; now where it is not given. */
  readonly appoint: (given: {
    readonly role: 'liaison' | 'contact';
    readonly unit: string;
    readonly person: string;
    readonly from?: number;
  }) => Promise<AppointAnswer>;
  readonly listAccounts: (given: {
    readonly person?: string;
    readonly isUnbound: boolean;
  }) => Promise<{ readonly ok: true; readonly people: readonly AccountRow[] } | Refused>;
  readonly giveCode: (
    person: string,
  ) => Promise<{ readonly ok: true; readonly person: string; readonly mobile: string; readonly code: string } | Refused>;
  readonly signInLink: (given: SignInLinkAsked) => Promise<SignInLink | Refused>;
  readonly bindAccount: (given: {
    readonly person: string;
    readonly channel: string;
    readonly account: string;
  }) => Promise<Changed | Refused>;
  readonly revokeAccount: (given: {
    readonly person: string;
    readonly channel: string;
    readonly reason: string;
  }) => Promise<Changed | Refused>;
  /** Through the running service. */
  readonly testChannel: (given: { readonly channel: string; readonly to: string }) => Promise<Tested>;
  /** One line of chat text to one line of JSON. */
  readonly understand: (line: string) => Promise<string>;
  /** Into a folder of its own choice where none is given. */
  readonly exportLedger: (given: { readonly folder?: string }) => Promise<Exported>;
  readonly verifyLedger: (given: { readonly path: string; readonly publicKeyFile: string }) => Promise<LedgerReport>;
  /** Compares what the store holds with what the ledger, read from its first row, says that it is. */
  readonly replayLedger: () => Promise<ReplayReport>;
  /** Into a new or empty folder, while the service goes on. */
  readonly backUp: (folder: string) => Promise<BackedUp>;
  /** Reads every file of every backup in a folder; needs no Redis. */
  readonly listBackups: (folder: string) => Promise<KeptBackups>;
  /** `keep`: of whole ones, 1 or more. */
  readonly pruneBackups: (folder: string, given: { readonly keep: number; readonly isDryRun: boolean }) => Promise<PrunedBackups>;
  /** Into an empty Redis and an empty data folder; `ok` is what seals and replay say of it. */
  readonly restore: (folder: string) => Promise<Restored>;
  /** What names people goes from the ledger's side and from the state of a campaign that is over. */
  readonly forget: (given: { readonly isDryRun: boolean; readonly keeps: readonly Kept[] }) => Promise<Forgotten>;
  /** Looks at services until it is told to end, and says what it finds. */
  readonly watch: (given: WatchArguments, say: (line: WatchLine) => void) => Promise<WatchAnswer>;
  /** Resolves when the service has ended. */
  readonly serve: () => Promise<void>;
  listWebhooks(): Promise<{ readonly items: readonly WebhookView[] }>;
  /** Undefined where the file names no such subscriber. */
  testWebhook(name: string): Promise<Posted | undefined>;
};

export type CliIo = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly lines: AsyncIterable<string>;
};

/** Done, refused because of the input (nothing changed), wrong usage. */
export type ExitCode = 0 | 1 | 2;
