import type { Button, Card, OutgoingMessage } from '../../src/ports/channel.ts';
import { cutToBytes } from '../bot/cut-text.ts';
import { limits } from './limits.ts';

/**
 * Our messages in DingTalk's words. A card is a template of the customer's with four variables (`title`, `tone`,
 * `content`, a markdown text, and `buttons`, a group of buttons); where there is no template a message is markdown, and
 * answered by words. Sources: open.dingtalk.com, "创建并投放卡片", "机器人发送消息的类型" (sampleMarkdown), "按钮组".
 */

/** So that nobody's words turn into a link, a heading or a mention. */
const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_[\]()#>|~<!@]/g, String.raw`\$&`).replaceAll(/^([-+]|\d+\.) /gm, String.raw`\$1 `);

const toMarkdown = (text: string): string => escapeMarkdown(cutToBytes(text, limits.textBytes)).replaceAll('\n', '\n\n');

/** Buttons that need nothing filled in first: these cards have no fields. */
export const pressable = ({ inputs = [], buttons }: Card): readonly Button[] =>
  (inputs.length === 0 ? buttons : buttons.filter(({ ignoresInputs }) => ignoresInputs === true)).slice(0, limits.buttons);

const colorOf = ({ style }: Button): string => {
  if (style === undefined) return 'gray';
  return style === 'destructive' ? 'red' : 'blue';
};

const toButtons = (buttons: readonly Button[]): string =>
  JSON.stringify(
    buttons.map((button) => ({
      text: button.title,
      color: colorOf(button),
      status: 'normal',
      event: { type: 'sendCardRequest', params: { actionId: button.value.action, params: button.value } },
    })),
  );

/** The template's variables: DingTalk takes texts alone. */
export const toCardData = ({ text, card }: Pick<OutgoingMessage, 'text' | 'card'>): { readonly [variable: string]: string } => {
  if (!card) return { title: '', tone: 'neutral', content: toMarkdown(text), buttons: '[]' };
  const facts = card.facts.map(({ name, value }) => `${name}  ${value}`);
  return {
    title: card.title,
    tone: card.tone,
    content: toMarkdown([...card.lines, ...facts].join('\n')),
    buttons: toButtons(pressable(card)),
  };
};

/** The whole message in words; the title is what the list of conversations shows. */
export const toWords = ({ text, card }: Pick<OutgoingMessage, 'text' | 'card'>): { readonly title: string; readonly text: string } => ({
  title: card?.title ?? cutToBytes(text, 60),
  text: toMarkdown(text),
});
