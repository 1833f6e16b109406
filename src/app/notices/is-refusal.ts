import type { Notice } from '../../domain/escalation/notice.ts';
import type { Template } from '../../domain/escalation/template.ts';

/** What is said instead of doing what was asked for. */
const refusing: ReadonlySet<Template> = new Set<Template>([
  'reply.refused',
  'reply.notYet',
  'reply.expired',
  'reply.nothingOpen',
  'reply.itemRefused',
  'reply.dutyRefused',
  'reply.draftRefused',
  'reply.handoverRefused',
]);

/** Whether it tells that nothing came of what was asked for; cards that say many things name why in `refused`. */
export const isRefusal = ({ template, params = {} }: Notice): boolean => refusing.has(template) || params['refused'] !== undefined;
