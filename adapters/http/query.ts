import { z } from 'zod';
import { Fault } from '../../src/ports/fault.ts';
import { limits } from './limits.ts';

const page = {
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(limits.page).default(limits.pageDefault),
};

const Instant = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));

export const PageQuery = z.object(page);
export const ObligationsQuery = z.object({ ...page, open: z.enum(['true', 'false']).default('false') });
export const RosterQuery = z.object({ ...page, at: Instant.optional() });
export const HandoversQuery = z.object({ ...page, post: z.string().max(200).optional(), from: Instant.optional(), to: Instant.optional() });
export const LedgerQuery = z.object({
  limit: page.limit,
  after: z.coerce.number().int().min(0).default(0),
  itemId: z.string().max(200).optional(),
  obligationId: z.string().max(300).optional(),
  subject: z.string().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  order: z.enum(['oldest', 'newest']).default('oldest'),
});
export const ViewerQuery = z.object({ as: z.string().max(200).optional() });
export const OffersQuery = z.object({ as: z.string().max(200).optional(), lang: z.enum(['zh-CN', 'en']).default('zh-CN') });
export const FileQuery = z.object({ name: z.string().max(1_000).optional() });
const filter = z.string().max(200).optional();
export const ItemsQuery = z.object({
  ...page,
  unit: filter,
  kind: filter,
  status: filter,
  batch: filter,
  heat: z.enum(['green', 'amber', 'red', 'overdue', 'none']).optional(),
  open: z.enum(['true', 'false']).default('false'),
});
export const AppealsQuery = z.object({
  ...page,
  status: z.enum(['appealable', 'asked', 'upheld', 'rejected', 'withdrawn']).optional(),
  unit: filter,
  order: z.enum(['oldest', 'newest']).default('oldest'),
});
export const MissesQuery = z.object({
  unit: z.string().min(1).max(200),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
});
export const BatchQuery = z.object({ batch: filter });
export const CountsQuery = z.object({ by: z.enum(['unit', 'kind']).default('unit') });
export const FiguresQuery = z.object({
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  unit: z.union([z.string().max(200), z.array(z.string().max(200)).max(200)]).optional(),
  lang: z.enum(['zh-CN', 'en']).default('zh-CN'),
  kind: z.enum(['daily', 'weekly', 'campaign', 'period']).default('period'),
});
export const SheetQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional(), unit: filter });
export const LiveQuery = z.object({ after: z.coerce.number().int().min(0).optional() });

/** Throws ZG_BAD_QUERY naming the parameter. */
export const parseQuery = <T>(schema: z.ZodType<T>, query: unknown): T => {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('ZG_BAD_QUERY', `${issue?.path.join('.')}: ${issue?.message}`);
};
