import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { foldFigures } from '../../src/domain/figures/fold-figures.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { RolesOracle } from './roles-oracle.ts';
import type { Blame } from './violation.ts';

/** What must be true of appeals and reports, told from the ledger and what was pressed; figures are taken in row by row beside it. */

type Appeal = { readonly checkId: string; readonly bodyId: string; readonly by: string | undefined; isDecided: boolean; isTaken: boolean };

export type FigureParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  readonly roles: () => RolesOracle;
};

const weekMs = 7 * 86_400_000;
const verdicts = new Set(['AppealUpheld', 'AppealRejected']);

export const createFigureOracle = ({ settings, blame, roles }: FigureParts) => {
  const appeals = new Map<string, Appeal>();
  const upheld = new Map<string, number>();
  const sent = new Map<string, number>();
  const figures = foldFigures(
    {
      timeZone: settings.timeZone,
      table: { holidays: [], makeUpWorkdays: [] },
      campaign: settings,
      handoverWindowMs: settings.handover.windowMs,
      isWanted: () => true,
    },
    { fromAt: settings.fromAt - weekMs, toAt: settings.toAt + weekMs },
  );

  const asked = (id: string, row: LedgerRow): void => {
    const bodyId = row.data['unitId'] as string;
    const before = appeals.get(id);
    if (before && !before.isTaken) blame('12 a check is appealed against once', id);
    if (row.actor === undefined || !roles().belongsTo(row.actor, bodyId, row.at))
      blame('7 nobody acts beyond their role', `${row.actor} appealed for ${bodyId}`);
    appeals.set(id, { checkId: row.obligationId!, bodyId, by: row.actor, isDecided: false, isTaken: false });
  };

  /** By its unit, before anybody has decided; it counts as before. */
  const taken = (id: string, row: LedgerRow): void => {
    const appeal = appeals.get(id) ?? blame('5 the ledger explains the state', `${row.event} of ${id}, which was never asked`);
    if (appeal.isDecided || appeal.isTaken) blame('12 an appeal is decided once', `${id} is taken back`);
    appeal.isTaken = true;
    if (row.actor === undefined || (row.actor !== appeal.by && !roles().belongsTo(row.actor, appeal.bodyId, row.at)))
      blame('7 nobody acts beyond their role', `${row.actor} took back ${id}`);
  };

  const decided = (id: string, row: LedgerRow): void => {
    const appeal = appeals.get(id) ?? blame('5 the ledger explains the state', `${row.event} of ${id}, which was never asked`);
    if (appeal.isDecided || appeal.isTaken) blame('12 an appeal is decided once', id);
    appeal.isDecided = true;
    const office = roles().office(row.at);
    if (!office.includes(row.actor ?? '')) blame('7 nobody acts beyond their role', `${row.actor} decided ${id}`);
    if (row.actor === appeal.by && office.length > 1) blame('12 nobody decides what they appealed for', `${row.actor} decided ${id}`);
    if (row.event === 'AppealUpheld') checkFigures(appeal, row.at);
  };

  /** What was upheld no longer counts, and can be appealed against no longer. */
  const checkFigures = ({ checkId, bodyId }: Appeal, at: number): void => {
    upheld.set(bodyId, (upheld.get(bodyId) ?? 0) + 1);
    const { appealable, league } = figures.figures(at);
    const leftOut = league.rows.find((row) => row.bodyId === bodyId)?.counts.leftOut ?? 0;
    if (leftOut !== upheld.get(bodyId) || appealable.some(({ obligationId }) => obligationId === checkId))
      blame('12 what was upheld leaves the figures', `${checkId}: ${leftOut} of ${upheld.get(bodyId)} of ${bodyId}`);
  };

  return {
    isOf: ({ event }: LedgerRow): boolean => event === 'AppealAsked' || event === 'AppealWithdrawn' || verdicts.has(event),
    told: (row: LedgerRow): void => {
      figures.take(row);
      if (row.event === 'AppealAsked') asked(row.itemId!, row);
      if (row.event === 'AppealWithdrawn') taken(row.itemId!, row);
      if (verdicts.has(row.event)) decided(row.itemId!, row);
    },
    /** A report goes out again only by the word of somebody who knew that it had gone out. */
    pressed: (message: InboundMessage, rows: readonly LedgerRow[]): void => {
      for (const row of rows) {
        if (row.event !== 'ReportSent') continue;
        const before = sent.get(row.itemId!) ?? 0;
        sent.set(row.itemId!, before + 1);
        const known = Number((message.value as { readonly sent?: unknown } | undefined)?.sent) || 0;
        if (known < before) blame('12 a report goes out once', `${row.itemId} by ${row.actor}, who knew of ${known} of ${before}`);
        if (
          !roles()
            .office(row.at)
            .includes(row.actor ?? '')
        )
          blame('7 nobody acts beyond their role', `${row.actor} sent ${row.itemId}`);
      }
    },
  };
};
