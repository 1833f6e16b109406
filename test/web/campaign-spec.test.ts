import { expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';
import { describeCampaign } from '../../src/config/describe-campaign.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import { pageCampaignTexts } from '../../src/messages/page-setup-campaign-texts.ts';
import { type Json, nameOf, type Path } from '../../src/web/setup/campaign-draft.ts';
import { campaignGroups, freshOf } from '../../src/web/setup/campaign-spec.ts';

const words: CampaignWords = {
  name: 'Flood season',
  from: '2024-06-01T08:00',
  to: '2024-09-30T20:00',
  contacts: 'contacts.xlsx',
  roster: 'roster.xlsx',
  readiness: { by: '2024-05-31' },
  chainDays: { unit: 3, bureau: 3, city: 3, province: 7, team: 10 },
};
const shown = describeCampaign(words, readCampaign(words).settings);

/** Changed in the file alone, or in a part of the room of their own. */
const elsewhere = ['bureau', 'timeZone', 'contacts', 'roster', 'policies'];

const fields = campaignGroups.flatMap((group) => [...group.fields.map(({ path }) => path), ...(group.rows ? [group.rows.path] : [])]);

const leaves = (value: Json, path: Path): readonly Path[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, part]) => leaves(part, [...path, name]))
    : [path];

it('has a field for everything that a campaign says', () => {
  const known = fields.map((path) => nameOf(path));
  const isKnown = (name: string): boolean => known.some((field) => name === field || name.startsWith(`${field}.`));
  const missing = leaves(shown, [])
    .filter(([member]) => !elsewhere.includes(String(member)))
    .map((path) => nameOf(path))
    .filter((name) => !isKnown(name));
  expect(missing).toEqual([]);
});

it('names each part of it in both languages', () => {
  const names = leaves(shown, []).flatMap((path) => path.filter((part) => typeof part === 'string' && !elsewhere.includes(part)));
  for (const texts of Object.values(pageCampaignTexts)) {
    expect(names.filter((name) => name !== 'unit' && texts.labels[String(name)] === undefined)).toEqual([]);
    expect(campaignGroups.filter(({ name }) => !(name in texts.groups)).map(({ name }) => name)).toEqual([]);
  }
});

it('begins what is switched on as the rules take it', () => {
  for (const off of [{ reports: null, reachTest: null }, { reports: { daily: null, weekly: null } }]) {
    const { settings } = readCampaign({ ...words, ...off });
    expect(settings.reports?.dailyMinute).toBeUndefined();
  }
  const { settings } = readCampaign({ ...words, reports: freshOf.reports, reachTest: freshOf.reachTest });
  expect(settings.reports).toMatchObject({ dailyMinute: 17 * 60, weekly: { weekday: 5, minute: 16 * 60 + 30 }, hasCampaign: true });
  expect(readCampaign({ ...words, reports: { daily: freshOf.daily, weekly: freshOf.weekly } }).settings.reports).toEqual(settings.reports);
});
