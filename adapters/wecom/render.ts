import type { Button, Card, OutgoingMessage } from '../../src/ports/channel.ts';
import { cutToBytes } from '../bot/cut-text.ts';
import { limits } from './limits.ts';

/** Our messages in WeCom's words. Source: developer.work.weixin.qq.com, "发送应用消息" (模板卡片消息, 按钮交互型). */

/** What a button carries there and back: what it says to us, and which card it hangs on. */
export type PressedKey = { readonly value: Button['value']; readonly cardKey?: string };

export const toKey = (value: Button['value'], cardKey: string | undefined): string =>
  JSON.stringify(cardKey === undefined ? { v: value } : { v: value, k: cardKey });

export const fromKey = (key: string): PressedKey | undefined => {
  try {
    const { v, k } = JSON.parse(key) as { readonly v?: unknown; readonly k?: unknown };
    if (typeof v !== 'object' || v === null) return undefined;
    return { value: v as Button['value'], ...(typeof k === 'string' ? { cardKey: k } : {}) };
  } catch {
    return undefined;
  }
};

/** Buttons that need nothing filled in first: these cards have no fields. */
const pressable = ({ inputs = [], buttons }: Card): readonly Button[] =>
  inputs.length === 0 ? buttons : buttons.filter(({ ignoresInputs }) => ignoresInputs === true);

const styleOf = ({ style }: Button): number => (style === 'destructive' ? 2 : 1);

/** Only digits, letters and `_-@`, at most 128 bytes, and never the same twice. */
export const taskIdOf = ({ id }: OutgoingMessage): string => id.replaceAll(/[^\w@-]/g, '_').slice(-128);

const toTemplateCard = (message: OutgoingMessage, card: Card, buttons: readonly Button[]) => ({
  card_type: 'button_interaction',
  main_title: { title: card.title },
  sub_title_text: card.lines.join('\n'),
  horizontal_content_list: card.facts.slice(0, limits.facts).map(({ name, value }) => ({ keyname: name, value })),
  task_id: taskIdOf(message),
  button_list: buttons.map((button) => ({ text: button.title, style: styleOf(button), key: toKey(button.value, message.cardKey) })),
});

const fits = ({ value }: Button, cardKey: string | undefined): boolean => Buffer.byteLength(toKey(value, cardKey)) <= limits.keyBytes;

/** The whole message in words. */
export const toText = ({ text }: OutgoingMessage) => ({ msgtype: 'text', text: { content: cutToBytes(text, limits.textBytes) } });

/** A card with buttons where there are any to press, else the text. */
export const toContent = (message: OutgoingMessage): { readonly msgtype: string; readonly [part: string]: unknown } => {
  const { card, cardKey } = message;
  const buttons = card
    ? pressable(card)
        .filter((button) => fits(button, cardKey))
        .slice(0, limits.buttons)
    : [];
  if (!card || buttons.length === 0) return toText(message);
  return { msgtype: 'template_card', template_card: toTemplateCard(message, card, buttons) };
};

/** What a card has become. Where nothing is left to press its buttons turn into one word that cannot be pressed. */
export const toChangedCard = (message: OutgoingMessage, card: Card) => {
  const buttons = pressable(card)
    .filter((button) => fits(button, message.cardKey))
    .slice(0, limits.buttons);
  const changed = toTemplateCard(message, card, buttons);
  if (buttons.length > 0) return changed;
  return { ...changed, button_list: [{ text: card.title, style: 1, key: toKey({ action: 'none' }, undefined) }], replace_text: card.title };
};
