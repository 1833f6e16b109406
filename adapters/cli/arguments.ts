import { InvalidArgumentError } from 'commander';
import { cliTexts } from '../../src/messages/cli-texts.ts';

/** Readers of single arguments; each throws what commander tells as wrong usage. */

export const readYear = (text: string): number => {
  if (!/^(?:19|20|21)\d{2}$/.test(text)) throw new InvalidArgumentError(cliTexts.usage.year);
  return Number(text);
};

export const readMapping = (text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const at = text.indexOf('=');
  const [name, unit] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || name === '' || unit === '') throw new InvalidArgumentError(cliTexts.usage.map);
  return { ...before, [name]: unit };
};

export const readSingleRole = (text: string): 'liaison' | 'contact' => {
  if (text !== 'liaison' && text !== 'contact') throw new InvalidArgumentError(cliTexts.usage.role);
  return text;
};

/** Epoch ms. Without an offset it is wall-clock time in the campaign's zone. */
export const readInstant =
  (timeZone: () => string) =>
  (text: string): number => {
    try {
      if (/(?:[zZ]|[+-]\d{2}(?::?\d{2})?)(?:\[.*\])?$/.test(text.replace(/^\d{4}-\d{2}-\d{2}/, '')))
        return Temporal.Instant.from(text).epochMilliseconds;
      return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone()).epochMilliseconds;
    } catch {
      throw new InvalidArgumentError(cliTexts.usage.instant);
    }
  };
