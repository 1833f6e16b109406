import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Button, Card } from '../../../ports/channel.ts';
import type { Inputs } from '../chat/item-dialogue.ts';

/** What a message about items says beside its heading. */
export type Said = {
  readonly title?: string;
  readonly lines: readonly string[];
  readonly buttons: readonly Button[];
  readonly inputs?: NonNullable<Card['inputs']>;
};

/** More than these stand in no message. */
export const pageRows = 10;

export const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** What was put in already, and goes on with the buttons. */
export const givenIn = ({ params }: Notice): Inputs => {
  const given = params?.['given'];
  return typeof given === 'string' ? (JSON.parse(given) as Inputs) : {};
};

/** Where in its list a page begins. */
export const firstOf = ({ params }: Notice): number => Number(params?.['from'] ?? 0);

/** What stands on this page of a list. */
export const pageOf = (notice: Notice): readonly string[] =>
  listOf(notice.params?.['itemIds']).slice(firstOf(notice), firstOf(notice) + pageRows);
