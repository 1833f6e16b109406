import type { FastifyInstance } from 'fastify';
import type { ChecklistView } from '../../src/app/set-up/read-facts.ts';

export const registerChecklist =
  (read: () => Promise<ChecklistView>) =>
  (room: FastifyInstance): void => {
    room.get('/checklist', { config: { may: 'seeSetUp' } }, () => read());
  };
