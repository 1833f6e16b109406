import type { Notice } from '../../../domain/escalation/notice.ts';
import { readinessTextsFor } from '../../../messages/readiness-texts.ts';
import type { Button } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import type { World } from '../../world.ts';

/** Buttons of the cards about what must lie ready; a proposal's carry when it was asked. */
export const readinessButtons = (world: World, { template, params = {} }: Notice): readonly Button[] => {
  const { buttons } = readinessTextsFor(params['locale']);
  if (template === 'reply.readinessProposed') {
    const askedAt = String(params['askedAt']);
    return [
      { title: buttons.yes, value: { action: 'confirmReadiness', askedAt }, style: 'positive' },
      { title: buttons.no, value: { action: 'declineReadiness', askedAt } },
    ];
  }
  if (template !== 'reply.readiness') return [];
  const { unitIds, mayAssign } = params;
  const each = Array.isArray(unitIds) ? (unitIds as readonly string[]) : [];
  return [
    ...(mayAssign === 'yes' ? [{ title: buttons.assign, value: { action: 'assignReadiness' } }] : []),
    ...each.map((id) => ({
      title: buttons.urge.replace('{unit}', () => nameOf(world, id)),
      value: { action: 'urgeReadiness', unitId: id },
    })),
    ...(each.length > 1 ? [{ title: buttons.urgeAll, value: { action: 'urgeReadiness' } }] : []),
  ];
};
