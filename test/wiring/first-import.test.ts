import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { loadCampaign } from '../../src/config/campaign.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { importFirst, silentLog } from '../../src/wiring/first-import.ts';

const { settings, contacts = '', roster = '' } = loadCampaign(demoCampaignFile);
const workbooks = { contacts, roster };
const at = settings.fromAt;
const begin = (store: Parameters<typeof importFirst>[0]['store'], roster: string): Promise<void> =>
  importFirst({ store, settings, at, workbooks: { ...workbooks, roster }, isDemo: true, log: silentLog });

it('begins a campaign with both of its workbooks or with neither: a roster that can not be read is read when it is put right', async () => {
  const store = createMemoryStore({ bundleWindowMs: 0, now: () => at });
  await expect(begin(store, join(dirname(demoCampaignFile), 'contacts.xlsx'))).rejects.toThrow('ZG_CAMPAIGN_WORKBOOK');
  expect(await store.campaignVersion()).toBe(0);

  await begin(store, workbooks.roster);
  const { organisation, roster } = await store.loadCampaign();
  expect([organisation.people.length, roster.posts.length, roster.shifts.length].every((count) => count > 0)).toBe(true);
});

it('leaves a campaign alone that another process began meanwhile', async () => {
  const store = createMemoryStore({ bundleWindowMs: 0, now: () => at });
  await Promise.all([begin(store, workbooks.roster), begin(store, workbooks.roster)]);
  expect(await store.campaignVersion()).toBe(1);
  expect((await store.loadCampaign()).roster.version).toBe(1);
});
