import type { DecideMessageDeps } from '../app/decide-message.ts';
import { queryReply, unitsOfPerson } from '../app/roster/answer-query.ts';
import { understand } from '../domain/command/understand.ts';
import { vocabulary } from '../messages/vocabulary.ts';
import type { World } from '../app/world.ts';

/** How messages are read and questions are answered in this campaign. */
export const speech = (world: World): Pick<DecideMessageDeps, 'understand' | 'answerQuery'> => ({
  understand: (text, speaker, now) => {
    const { units, people } = world.directory.organisation;
    const speakerUnitIds = [...unitsOfPerson(world.directory, speaker.id, now)];
    return understand(text, { now, timeZone: world.settings.timeZone, units, people, speakerId: speaker.id, speakerUnitIds }, vocabulary);
  },
  answerQuery: (understood, speaker, now, locale) =>
    queryReply(understood, world.directory, speaker.id, now, world.settings.timeZone, locale),
});
