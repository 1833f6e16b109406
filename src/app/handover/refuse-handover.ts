import type { Notice } from '../../domain/escalation/notice.ts';
import type { HandoverRefusal } from '../../domain/handover/decide-handover.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { reply, type Turn } from '../acts/speaker.ts';

export const refuseHandover = (turn: Turn, refusal: HandoverRefusal): Notice =>
  reply(turn, 'reply.handoverRefused', { lines: [handoverTextsFor(turn.message.locale).refusals[refusal]] });
