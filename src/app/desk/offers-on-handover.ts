import { decideHandover, type HandoverCommand } from '../../domain/handover/decide-handover.ts';
import { acceptancesOf, type Handover } from '../../domain/handover/handover.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { clockIdOf } from '../handover/keep-handovers.ts';
import { textInput, type Look, type Offer } from './offer.ts';

const channel = 'page';

/** What somebody can do with a change of shift: accept it, ask the others to stay, leave a word. */
export const offersOnHandover = ({ world, personId, now, locale }: Look, handover: Handover): readonly Offer[] => {
  const texts = handoverTextsFor(locale);
  const about = { obligationId: clockIdOf(handover) };
  const mayDo = (command: HandoverCommand): boolean =>
    decideHandover(handover, command, world.settings.handover.windowMs, now).refusal === undefined;
  const by = { personId, channel };
  const isFirst = acceptancesOf(handover).length === 0;
  return [
    ...(mayDo({ type: 'accept', ...by })
      ? [
          {
            title: isFirst ? texts.buttons.acceptHandover : texts.buttons.joinHandover,
            value: { action: 'acceptHandover', ...about },
            style: 'positive' as const,
          },
        ]
      : []),
    ...(mayDo({ type: 'delay', ...by }) ? [{ title: texts.buttons.delayHandover, value: { action: 'delayHandover', ...about } }] : []),
    ...(mayDo({ type: 'note', text: '-', ...by })
      ? [
          {
            title: texts.buttons.noteHandover,
            value: { action: 'noteHandover', ...about },
            inputs: [textInput('note', texts.noteLabel, true)],
          },
        ]
      : []),
  ];
};
