import type { OutgoingMessage } from '../../src/ports/channel.ts';

/**
 * Text messages and calls say only what is registered with the authorities beforehand: a template with places, and what
 * is put into them. Which template a message takes follows from what kind of notice it is.
 */

export type TemplateKind = 'question' | 'information' | 'alarm' | 'code';

export const placeNames = ['name', 'title', 'text', 'facts', 'code'] as const;
export type PlaceName = (typeof placeNames)[number];

export type RegisteredTemplate = {
  readonly id: string;
  /** As it is registered, with our names in braces where its variables are. */
  readonly text: string;
  /** Names of its places, in their order; each once. */
  readonly places: readonly PlaceName[];
};

/** Questions need one; for the others, what is missing is said with another. */
export type Templates = { readonly question: RegisteredTemplate } & { readonly [kind in TemplateKind]?: RegisteredTemplate };

const kindOf = ({ code, card }: OutgoingMessage): TemplateKind => {
  if (code !== undefined) return 'code';
  if (card?.tone === 'asking') return 'question';
  return card?.tone === 'alert' ? 'alarm' : 'information';
};

const insteadOf: { readonly [kind in TemplateKind]: readonly TemplateKind[] } = {
  question: ['question'],
  information: ['information', 'question'],
  alarm: ['alarm', 'information', 'question'],
  code: ['code', 'information', 'question'],
};

export const templateFor = (templates: Templates, message: OutgoingMessage): RegisteredTemplate => {
  for (const kind of insteadOf[kindOf(message)]) if (templates[kind]) return templates[kind];
  return templates.question;
};

const ellipsis = '…';

/** At most so many UTF-16 units, which is how text messages count; never half a character. */
export const cutToUnits = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length + ellipsis.length > most) break;
    kept += segment;
  }
  return most < ellipsis.length ? '' : `${kept}${ellipsis}`;
};

/** One line, without the brackets that signatures stand in: carriers take those for a forged sender. */
const toLine = (text: string): string =>
  text
    .replaceAll(/[\u3010\u3011[\]]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

export type TextLimits = {
  /** Most of one place. */
  readonly placeUnits: number;
  /** Most of the whole, with signature. */
  readonly messageUnits: number;
};

/** A place that is left empty is refused. */
const empty = '-';

/** How much of the whole is the template's own. */
const ownUnits = ({ text }: RegisteredTemplate): number => text.replaceAll(/\$?\{\w+\}/g, '').length;

/**
 * What is put into the places of a template, in their order. The message is cut to what place and whole allow, the
 * longest last: a name, a code and a title are short.
 */
export const fillPlaces = (
  template: RegisteredTemplate,
  { text, card, code = '' }: OutgoingMessage,
  { name, signature, limits }: { readonly name: string; readonly signature: string; readonly limits: TextLimits },
): readonly string[] => {
  const facts = card?.facts.map((fact) => `${fact.name} ${fact.value}`).join(' ') ?? '';
  const all: { readonly [place in PlaceName]: string } = { name, title: card?.title ?? text, text, facts, code };
  let left = limits.messageUnits - signature.length - ownUnits(template);
  const order: readonly PlaceName[] = ['code', 'name', 'title', 'facts', 'text'];
  const filled = new Map<PlaceName, string>();
  for (const place of order.filter((one) => template.places.includes(one))) {
    const value = cutToUnits(toLine(all[place]), Math.max(1, Math.min(limits.placeUnits, left))) || empty;
    filled.set(place, value);
    left -= value.length;
  }
  return template.places.map((place) => filled.get(place) ?? empty);
};

/** Characters that the carriers send as so many text messages. Sources: the clouds' rules for billing. */
export const unitsOfParts = (parts: number): number => (parts <= 1 ? 70 : 67 * parts);
