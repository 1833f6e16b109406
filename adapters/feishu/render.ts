import type { Button, Card, CardInput, OutgoingMessage } from '../../src/ports/channel.ts';
import { cutToBytes } from '../bot/cut-text.ts';
import type { Content } from './api.ts';
import { limits } from './limits.ts';

/**
 * Our messages in Feishu's words. Everything is plain text, so that nobody's words turn into a link or a mention.
 * Source: open.feishu.cn, "卡片 JSON 2.0 结构", "表单容器" and "按钮".
 */

const templateOf = { neutral: 'blue', asking: 'orange', alert: 'red', done: 'green' } as const;

const plain = (content: string) => ({ tag: 'plain_text', content });

/** The name of a field says its kind too, for a date comes back with its offset. */
export const nameOfInput = ({ type, id }: Pick<CardInput, 'type' | 'id'>): string => `${type}.${id}`;

/** What was filled in, by the ids of inputs and in the form that the port promises. */
export const readInputs = (formValue: { readonly [name: string]: unknown }): { readonly [id: string]: string } =>
  Object.fromEntries(
    Object.entries(formValue).flatMap(([name, value]) => {
      const [, type, id] = /^(text|date|time|choice)\.(.+)$/u.exec(name) ?? [];
      if (type === undefined || id === undefined || typeof value !== 'string') return [];
      return [[id, type === 'date' || type === 'time' ? value.replace(/ [+-]\d{4}$/, '') : value]];
    }),
  );

const toField = (input: CardInput): object => {
  const { label, isRequired, isMultiline, choices = [], value } = input;
  const shared = { name: nameOfInput(input), required: isRequired, width: 'fill' };
  switch (input.type) {
    case 'text':
      return {
        tag: 'input',
        ...shared,
        label: plain(label),
        max_length: 1_000,
        ...(isMultiline ? { input_type: 'multiline_text' } : {}),
        ...(value === undefined ? {} : { default_value: value }),
      };
    case 'date':
      return { tag: 'date_picker', ...shared, placeholder: plain(label), ...(value === undefined ? {} : { initial_date: value }) };
    case 'time':
      return { tag: 'picker_time', ...shared, placeholder: plain(label), ...(value === undefined ? {} : { initial_time: value }) };
    case 'choice':
      return {
        tag: 'select_static',
        ...shared,
        placeholder: plain(label),
        options: choices.map((choice) => ({ text: plain(choice.title), value: choice.value })),
        ...(value === undefined ? {} : { initial_option: value }),
      };
  }
};

/** Only a text field has room for its label. */
const toFields = (input: CardInput): readonly object[] =>
  input.type === 'text' ? [toField(input)] : [{ tag: 'div', text: plain(input.label) }, toField(input)];

const kindOf = ({ style }: Button): string => {
  if (style === undefined) return 'default';
  return style === 'destructive' ? 'danger' : 'primary';
};

const toButton = (button: Button): object => ({
  tag: 'button',
  text: plain(button.title),
  type: kindOf(button),
  behaviors: [{ type: 'callback', value: button.value }],
});

const toSubmit = (button: Button, index: number): object => ({ ...toButton(button), name: `submit.${index}`, form_action_type: 'submit' });

const sideBySide = (elements: readonly object[]): object => ({
  tag: 'column_set',
  flex_mode: 'flow',
  columns: elements.map((element) => ({ tag: 'column', width: 'auto', elements: [element] })),
});

const rows = (elements: readonly object[]): readonly object[] => (elements.length === 0 ? [] : [sideBySide(elements)]);

const toJson = ({ title, tone, lines, facts, inputs = [], buttons }: Card): string => {
  const free = inputs.length === 0 ? buttons : buttons.filter(({ ignoresInputs }) => ignoresInputs === true);
  const submits = buttons.filter((button) => !free.includes(button));
  const form =
    inputs.length === 0 ? [] : [{ tag: 'form', name: 'form', elements: [...inputs.flatMap(toFields), ...rows(submits.map(toSubmit))] }];
  return JSON.stringify({
    schema: '2.0',
    // one card for everybody who sees it: only such a card may be changed
    config: { update_multi: true, summary: { content: title } },
    header: { title: plain(title), template: templateOf[tone] },
    body: {
      elements: [
        ...lines.map((line) => ({ tag: 'div', text: plain(line) })),
        ...facts.map(({ name, value }) => ({ tag: 'div', text: plain(`${name}  ${value}`) })),
        ...form,
        ...rows(free.map(toButton)),
      ],
    },
  });
};

/** As JSON that Feishu takes: where there is too much of it, the lines are cut, never a button. */
export const toCard = (card: Card): string => {
  const whole = toJson(card);
  const most = limits.cardBytes - 2_000;
  if (Buffer.byteLength(whole) <= most) return whole;
  const bare = Buffer.byteLength(toJson({ ...card, lines: [''] }));
  // what is quoted may take twice its room
  const cut = cutToBytes(card.lines.join('\n'), Math.max(0, Math.floor((most - bare) / 2)));
  return toJson({ ...card, lines: [cut] });
};

export const toText = (text: string): Content => ({
  msgType: 'text',
  content: JSON.stringify({ text: cutToBytes(text, limits.textBytes / 2) }),
});

export const toContent = ({ text, card }: Pick<OutgoingMessage, 'text' | 'card'>): Content =>
  card ? { msgType: 'interactive', content: toCard(card) } : toText(text);
