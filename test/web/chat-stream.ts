import type { Page, WebSocketRoute } from 'playwright-core';
import { adaptiveCardType, toAdaptiveCard } from '../../adapters/bot/adaptive-card.ts';
import { sayInputs } from '../../src/app/notices/say-inputs.ts';
import type { Card } from '../../src/ports/channel.ts';

/** A card that wants more than a button, as the product sends it. */
export const askingForMore = (title: string): object => {
  const itemId = 'iD2SD202108280012';
  const choices = [
    { title: '属实', value: 'true' },
    { title: '部分属实', value: 'partlyTrue' },
  ];
  const asked: Card = {
    title,
    tone: 'asking',
    lines: ['期限 8月29日 24:00'],
    facts: [{ name: '编号', value: 'D2SD202108280012' }],
    inputs: [
      { id: 'toDate', label: '延期到', type: 'date', isRequired: true },
      { id: 'reason', label: '原因', type: 'text', isRequired: true, isMultiline: true },
      { id: 'finding', label: '是否属实', type: 'choice', isRequired: false, choices },
    ],
    buttons: [
      { title: '提交', value: { action: 'extend', itemId }, style: 'positive' },
      { title: '不延期', value: { action: 'keep', itemId }, ignoresInputs: true },
    ],
  };
  const { card, text } = sayInputs({ card: asked, text: title }, 'zh-CN');
  return {
    from: { id: 'zaigang', role: 'bot' },
    text,
    attachments: [{ contentType: adaptiveCardType, content: toAdaptiveCard(card, text, 'submit') }],
  };
};

/** Stands in the stream of the page's conversation, and can show it something that the service did not say. */
export const openStreamOf = async (page: Page) => {
  const opened = Promise.withResolvers<WebSocketRoute>();
  await page.routeWebSocket(/\/stream\?/u, (route) => {
    route.connectToServer();
    opened.resolve(route);
  });
  return {
    shows: async (activity: object, type = 'message'): Promise<void> =>
      (await opened.promise).send(JSON.stringify({ activities: [{ ...activity, type, id: 'shown' }] })),
  };
};
