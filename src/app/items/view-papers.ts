import type { ItemKind } from '../../domain/items/item-kind.ts';
import {
  currentVersion,
  type Extension,
  type FileRef,
  type Finding,
  type Item,
  type Outcome,
  type Version,
} from '../../domain/items/item.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Iso } from '../views/view-page.ts';

/** One hop of what was asked or handed in: who, when; `at` null where it is still awaited. */
export type PaperStep = {
  readonly step:
    | 'drafted'
    | 'checked'
    | 'signed'
    | 'submitted'
    | 'decided'
    | 'accepted'
    | 'returned'
    | 'asked'
    | 'principal'
    | 'office'
    | 'refused';
  /** ISO; of a signature the date that stands beside it. */
  readonly at: string | null;
  readonly by: string;
  /** Who registered it for them; not where they did so themselves. */
  readonly registeredBy?: string;
  readonly reason?: string;
};

export type PaperFile = Pick<FileRef, 'sha256' | 'name' | 'bytes'>;

export type HandInView = {
  readonly no: number;
  readonly outcome: Outcome;
  readonly text: string;
  readonly finding?: Finding;
  readonly handling?: string;
  readonly accountability?: string;
  readonly files: readonly PaperFile[];
  readonly steps: readonly PaperStep[];
};

export type ProgressView = { readonly at: string; readonly by: string; readonly text: string; readonly files: readonly PaperFile[] };

/** Looked at again after closing; one that was not passed opened the item anew. */
export type RecheckView = { readonly at: string; readonly by: string; readonly passed: boolean; readonly text: string };

export type ExtensionView = {
  readonly no: number;
  readonly toAt: string;
  readonly reason: string;
  readonly steps: readonly PaperStep[];
};

/** What was written about an item, oldest first, each hand-in and each request for time with the chain that it goes through. */
export type PapersView = {
  readonly handIns: readonly HandInView[];
  readonly rechecks: readonly RecheckView[];
  readonly progress: readonly ProgressView[];
  readonly extensions: readonly ExtensionView[];
};

type PapersContext = { readonly directory: Directory; readonly kindOf: (name: string) => ItemKind; readonly iso: Iso };
type Said = { readonly at?: number | undefined; readonly by?: string | undefined; readonly reason?: string | undefined };

const filesOf = (files: readonly FileRef[]): readonly PaperFile[] => files.map(({ sha256, name, bytes }) => ({ sha256, name, bytes }));

export const viewPapers = (item: Item, context: PapersContext): PapersView => {
  const { directory, kindOf, iso } = context;
  const nameOf = (id: string | undefined): string => (id === undefined ? '' : (directory.people.get(id)?.name ?? ''));
  const hop = (step: PaperStep['step'], { at, by, reason }: Said): PaperStep => ({
    step,
    at: at === undefined ? null : iso(at),
    by: nameOf(by),
    ...(reason === undefined ? {} : { reason }),
  });
  /** What has happened, and what is still awaited where it may still come. */
  const chain = (steps: readonly PaperStep[], isGoingOn: boolean): readonly PaperStep[] =>
    steps.filter(({ at }) => at !== null || isGoingOn);

  const signatureOf = ({ signedBy, signedOn, registeredBy }: Version): PaperStep => ({
    step: 'signed',
    at: signedOn ?? null,
    by: nameOf(signedBy),
    ...(registeredBy === undefined || registeredBy === signedBy ? {} : { registeredBy: nameOf(registeredBy) }),
  });
  const viewHandIn = (version: Version): HandInView => {
    const { no, outcome, text, finding, handling, accountability, files, sealScan, decision, decidedAt, decidedBy, reason } = version;
    const signOff = [hop('checked', { at: version.checkedAt, by: version.checkedBy }), signatureOf(version)];
    const steps = [
      hop('drafted', { at: version.draftedAt, by: version.draftedBy }),
      ...(kindOf(item.kind).needsSignOff ? signOff : []),
      hop('submitted', { at: version.submittedAt, by: version.submittedBy }),
      hop(decision ?? 'decided', { at: decidedAt, by: decidedBy, reason }),
    ];
    return {
      no,
      outcome,
      text,
      ...(finding === undefined ? {} : { finding }),
      ...(handling === undefined ? {} : { handling }),
      ...(accountability === undefined ? {} : { accountability }),
      files: filesOf(sealScan ? [...files, sealScan] : files),
      steps: chain(steps, version === currentVersion(item) && decision === undefined && item.status !== 'withdrawn'),
    };
  };
  const viewExtension = (asked: Extension): ExtensionView => {
    const steps = [
      hop('asked', { at: asked.askedAt, by: asked.askedBy }),
      hop('principal', { at: asked.principalAt, by: asked.principalBy }),
      hop('office', { at: asked.officeAt, by: asked.officeBy }),
    ];
    const { refusedAt, refusedBy, refusal } = asked;
    const refused = refusedAt === undefined ? [] : [hop('refused', { at: refusedAt, by: refusedBy, reason: refusal })];
    return { no: asked.no, toAt: iso(asked.toAt), reason: asked.reason, steps: [...chain(steps, refusedAt === undefined), ...refused] };
  };
  return {
    handIns: item.versions.map(viewHandIn),
    rechecks: item.rechecks.map(({ at, by, passed, text }) => ({ at: iso(at), by: nameOf(by), passed, text })),
    progress: item.reports.map(({ at, by, text, files }) => ({ at: iso(at), by: nameOf(by), text, files: filesOf(files) })),
    extensions: item.extensions.map(viewExtension),
  };
};
