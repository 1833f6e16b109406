import { fileURLToPath } from 'node:url';

/** The built-in demo: a file like any other, so that it shows what one looks like. */
export const demoCampaignFile = fileURLToPath(new URL('./demo/campaign.json', import.meta.url));
