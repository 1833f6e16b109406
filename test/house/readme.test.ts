import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultTable } from '../../adapters/http/faults.ts';
import { variableNames } from '../../src/config/environment.ts';

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

  it('speaks of no machine and no registry', () => {
    expect(readme).not.toMatch(/registry\.|\/work\/|\/root\//u);
  });
});
