import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultTable } from '../../adapters/http/faults.ts';
import { typeOfAction } from '../../src/app/items/chat/item-actions.ts';
import { readCampaign } from '../../src/config/campaign.ts';
import { variableNames } from '../../src/config/environment.ts';
import { itemTextsFor } from '../../src/messages/item-texts.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('the README', () => {
  const readme = read('README.md');

  it('explains every error that a caller can get', () => {
    const missing = Object.entries(faultTable).filter(([code, { status }]) => !readme.includes(`| \`${code}\` | ${status} |`));
    expect(missing.map(([code]) => code)).toEqual([]);
  });

  it('leaves the variables to .env.example, which has them all', () => {
    const example = read('.env.example');
    expect(variableNames.filter((name) => !example.includes(name))).toEqual([]);
    expect(readme).toContain('.env.example');
  });

  it('shows members of a campaign file that can be read', () => {
    const shown: unknown = JSON.parse(/```json\n([^]*?)```/u.exec(readme)?.[1] ?? '');
    const rest = { name: 'a', from: '2021-08-26T08:30', to: '2021-10-01T08:30', contacts: 'a.xlsx', roster: 'b.xlsx' };
    const { settings } = readCampaign({ ...rest, ...(shown as object) });
    expect(settings.phases).toHaveLength(3);
    expect(settings.kinds['sandstorm']?.limit).toEqual({ type: 'hours', count: 12 });
  });

  it('names every act that a button about items begins', () => {
    const named = [...Object.keys(typeOfAction), ...Object.keys(itemTextsFor('en').actions).filter((name) => name !== 'receive')];
    expect(named.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('speaks of no machine and no registry', () => {
    expect(readme).not.toMatch(/registry\.|\/work\/|\/root\//u);
  });
});
