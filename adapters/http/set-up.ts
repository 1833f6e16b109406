import type { FastifyInstance } from 'fastify';

/**
 * One section of setting up: registers its routes, which all lie below `/api/set-up` and name a line of the table of roles:
 * `config: { may: 'seeSetUp' }` where it only shows, `setUp` or another of the office's own otherwise.
 */
export type SetUpSection = (room: FastifyInstance) => void;

/** Everything by which the office sets up in the page what was a file or a command. */
export const registerSetUp = (api: FastifyInstance, sections: readonly SetUpSection[]): void => {
  api.register(
    async (room) => {
      for (const register of sections) register(room);
    },
    { prefix: '/set-up' },
  );
};
