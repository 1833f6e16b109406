import { type Directory, isOffice } from '../../domain/organisation/directory.ts';
import type { Person } from '../../domain/organisation/organisation.ts';
import type { Caller, Callers } from '../../ports/callers.ts';
import type { Clock } from '../../ports/clock.ts';

/** Who may come in, by the organisation as it is now. */
export const createCallers = (loadDirectory: () => Promise<Directory>, clock: Clock): Callers => {
  const toCaller = (directory: Directory, person: Person | undefined): Caller | undefined =>
    person && !person.isDisabled ? { personId: person.id, isOffice: isOffice(directory, person.id, clock.now()) } : undefined;
  return {
    findByMobile: async (mobile) => {
      const directory = await loadDirectory();
      return toCaller(directory, directory.byMobile.get(mobile));
    },
    findById: async (personId) => {
      const directory = await loadDirectory();
      return toCaller(directory, directory.people.get(personId));
    },
  };
};
