import { expect, it } from 'vitest';
import { languageAskedFor } from '../../src/messages/page-language.ts';

it.each([
  [['en-US', 'en', 'zh-CN'], 'en'],
  [['zh-Hans-CN', 'en'], 'zh-CN'],
  [['fr-FR', 'en;q=0.5'], 'en'],
  [['de', 'ZH', 'en'], 'zh-CN'],
  // not everything that begins alike is English
  [['enm', 'fr'], 'zh-CN'],
  [[], 'zh-CN'],
] as const)('of %j chooses %s', (tags, language) => expect(languageAskedFor(tags)).toBe(language));
