import { z } from 'zod';
import type { AskedItem } from '../../src/app/items/intake/draft-item.ts';
import { Fault } from '../../src/ports/fault.ts';

/** An item as another system sends it. */

const word = z.string().trim().min(1).max(200);
const instant = z.iso.datetime({ offset: true, error: 'must be ISO 8601 with offset, for example 2021-08-28T09:00:00+08:00' });

const NewItem = z.strictObject({
  kind: word,
  number: z.string().trim().min(1).max(60).optional(),
  text: z.string().trim().min(1).max(10_000),
  units: z.array(word).min(1).max(50),
  limit: z.string().trim().min(1).max(120).optional(),
  handedOverAt: instant.transform((iso) => Date.parse(iso)).optional(),
  district: word.optional(),
  pollution: z.array(word).max(20).optional(),
  source: word.optional(),
  isUrgent: z.boolean().optional(),
});

/** Throws ZG_BAD_ITEM naming the field. */
export const parseItem = (body: unknown): AskedItem => {
  const parsed = NewItem.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new Fault('ZG_BAD_ITEM', field === '' ? issue?.message : `${field}: ${issue?.message}`);
};
