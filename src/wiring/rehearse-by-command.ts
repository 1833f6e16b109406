import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RehearsalArguments } from '../../adapters/cli/actions.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { rehearsalPage } from '../app/rehearsal/report-page.ts';
import { wordOfKind, type ItemRate } from '../app/rehearsal/play-items.ts';
import { rehearsalTables } from '../app/rehearsal/report-tables.ts';
import type { RehearsalReport } from '../app/rehearsal/report.ts';
import { loadCampaign } from '../config/campaign.ts';
import { phoneWaysOf } from '../config/channels.ts';
import { demoCampaignFile } from '../config/demo-campaign.ts';
import type { Environment } from '../config/environment.ts';
import { rehearsalTexts } from '../messages/rehearsal-texts.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { Log } from '../ports/log.ts';
import { importFirst } from './first-import.ts';
import { rehearse } from './rehearse.ts';

const longestMs = 400 * 86_400_000;

/** Kinds by their names, or as people call them. */
const ratesOf = ({ kinds }: CampaignSettings, items: NonNullable<RehearsalArguments['items']>): readonly ItemRate[] =>
  items.map(({ kind, perDay }) => {
    const known = Object.values(kinds);
    const found = known.find((one) => one.name === kind) ?? known.find((one) => wordOfKind(one) === kind);
    if (found) return { kind: found.name, perDay };
    const names = known.map((one) => `${wordOfKind(one)}(${one.name})`).join(rehearsalTexts.comma);
    throw new Error(`ZG_ITEM_KIND: ${rehearsalTexts.usage.itemKind.replace('{kind}', () => kind).replace('{known}', () => names)}`);
  });

/** Throws ZG_CAMPAIGN_WORKBOOK with every fault of a workbook, ZG_NO_LISTS, ZG_PERIOD and ZG_ITEM_KIND. */
export const rehearseByCommand = async (env: Environment, log: Log, given: RehearsalArguments): Promise<RehearsalReport> => {
  const file = given.campaign ?? env.campaignFile ?? demoCampaignFile;
  const { settings, contacts, roster } = loadCampaign(file, given.campaign === undefined ? env.bureau : null);
  const fromAt = given.from ?? settings.fromAt;
  const toAt = given.to ?? settings.toAt;
  if (toAt <= fromAt || toAt - fromAt > longestMs) throw new Error(`ZG_PERIOD: ${rehearsalTexts.usage.period}`);
  const pathOf = (asked: string | undefined, own: string | undefined): string => {
    if (asked === undefined && own === undefined) throw new Error(`ZG_NO_LISTS: ${rehearsalTexts.usage.noLists}`);
    return asked === undefined ? own! : resolve(asked);
  };
  const workbooks = { contacts: pathOf(given.contacts, contacts), roster: pathOf(given.roster, roster) };
  const report = await rehearse({
    settings,
    // nobody speaks for anybody here: real people may be rehearsed with
    fill: (store) => importFirst({ store, settings, at: fromAt, workbooks, isDemo: false, log }),
    fromAt,
    toAt,
    seed: given.seed,
    silent: given.silent,
    ...(given.items === undefined ? {} : { items: ratesOf(settings, given.items) }),
    ...phoneWaysOf(env.channels),
  });
  if (given.xlsx !== undefined) await writeFile(given.xlsx, await writeWorkbook(rehearsalTables(report)));
  if (given.html !== undefined) await writeFile(given.html, rehearsalPage(report));
  return report;
};
