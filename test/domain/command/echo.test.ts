import { expect, it } from 'vitest';
import { understand } from '../../../src/domain/command/understand.ts';
import { en } from '../../../src/messages/en.ts';
import { rosterTextsFor } from '../../../src/messages/roster-texts.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';
import { zhCN } from '../../../src/messages/zh-cn.ts';
import { context } from './context.ts';

/** As a message comes back when it is copied or forwarded: title and lines. */
const whole = (catalogue: typeof en): readonly string[] =>
  Object.values(catalogue.messages).flatMap(({ title, lines }) =>
    lines && lines[0] !== '{each}' ? [[title, ...lines].join('\n'), ...lines] : [],
  );

const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];

it('what the bot itself says is never heard as an acknowledgement or as a call for help when it comes back', () => {
  const said = [
    ...whole(zhCN),
    ...whole(en),
    ...textsOf(zhCN.reasons),
    ...textsOf(en.reasons),
    ...textsOf(zhCN.refusals),
    ...textsOf(en.refusals),
    zhCN.replyHint,
    en.replyHint,
    zhCN.bundle,
    en.bundle,
    ...rosterTextsFor('zh').usage,
    ...rosterTextsFor('en').usage,
  ];
  const acted = said.filter((text) => {
    const heard = understand(text, context, vocabulary);
    return heard.intent === 'acknowledge' || (heard.intent === 'help' && !heard.needsConfirmation);
  });
  expect(said.length).toBeGreaterThan(50);
  expect(acted).toEqual([]);
});
