import { AdaptiveCard, Input } from 'adaptivecards';
import { expect, it } from 'vitest';
import { toAdaptiveCard } from '../../../adapters/bot/adaptive-card.ts';
import type { Card } from '../../../src/ports/channel.ts';

const card: Card = {
  title: 'Hand in',
  tone: 'asking',
  lines: [],
  facts: [],
  inputs: [
    { id: 'text', label: 'What was done', type: 'text', isRequired: true, isMultiline: true },
    { id: 'on', label: 'Signed on', type: 'date', isRequired: true, value: '2021-08-30', errorMessage: 'When?' },
    { id: 'at', label: 'At', type: 'time', isRequired: false },
    { id: 'finding', label: 'Finding', type: 'choice', isRequired: false, choices: [{ title: 'True', value: 'true' }] },
  ],
  buttons: [
    { title: 'Hand in', value: { action: 'submit', itemId: 'i1' }, style: 'positive' },
    { title: 'Not yet', value: { action: 'keep', itemId: 'i1' }, ignoresInputs: true },
  ],
};

it('becomes a card that its own library reads without a complaint, with every input in it', () => {
  const parsed = new AdaptiveCard();
  parsed.parse(toAdaptiveCard(card, 'Hand in', 'submit'));
  expect(parsed.validateProperties().validationEvents).toEqual([]);
  const inputs = parsed.getAllInputs();
  expect(inputs.every((input) => input instanceof Input)).toBe(true);
  expect(inputs.map(({ id, label, isRequired, errorMessage }) => [id, label, isRequired, errorMessage])).toEqual([
    ['text', 'What was done', true, 'What was done'],
    ['on', 'Signed on', true, 'When?'],
    ['at', 'At', false, undefined],
    ['finding', 'Finding', false, undefined],
  ]);
});

it.each(['submit', 'execute'] as const)('sends inputs with a button that wants them, and none with another: %s', (kind) => {
  const { actions } = toAdaptiveCard(card, 'Hand in', kind) as { readonly actions: readonly object[] };
  expect(actions).toMatchObject([{ data: { action: 'submit', itemId: 'i1' } }, { data: { action: 'keep' }, associatedInputs: 'none' }]);
  expect(actions[0]).not.toHaveProperty('associatedInputs');
});

it('stays the card it was where there is nothing to fill in', () => {
  const { inputs: _, ...plain } = card;
  expect(JSON.stringify(toAdaptiveCard(plain, '', 'submit'))).not.toContain('Input.');
});

it('keeps the stars of a number that is kept back from being read as Markdown', () => {
  const { body } = toAdaptiveCard(
    {
      title: 'x',
      tone: 'neutral',
      lines: ['138-****-0001, 138-****-0002', '2 * 3'],
      facts: [{ name: 'n', value: '138-****-0003' }],
      buttons: [],
    },
    'x',
    'submit',
  ) as { readonly body: readonly { readonly text?: string; readonly facts?: readonly { readonly value: string }[] }[] };
  expect(body.map(({ text }) => text)).toContain('138-\u2022\u2022\u2022\u2022-0001, 138-\u2022\u2022\u2022\u2022-0002');
  expect(body.map(({ text }) => text)).toContain('2 * 3');
  expect(body.at(-1)?.facts?.[0]?.value).toBe('138-\u2022\u2022\u2022\u2022-0003');
});
