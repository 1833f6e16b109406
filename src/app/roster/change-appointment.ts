import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { changeAppointment as decideChange } from '../../domain/organisation/change-appointment.ts';
import type { AppointmentChange, ChangeResult } from '../../domain/organisation/change-appointment.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';

export type ChangeAppointmentDeps = { readonly store: Pick<Store, 'loadCampaign' | 'commitCampaign'>; readonly clock: Clock };

const mostTries = 8;

/** Puts a unit's one liaison or contact in place from an instant on; what was there is closed and kept. */
export const changeAppointment = async (
  deps: ChangeAppointmentDeps,
  change: AppointmentChange,
  actor?: string,
): Promise<ChangeResult['status']> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const campaign = await deps.store.loadCampaign();
    const result = decideChange(campaign.organisation, change);
    if (result.status !== 'changed') return result.status;
    const { role, unitId, personId, from } = change;
    const closed = result.closed.map((one) => [one.personId, one.from, one.to ?? null]);
    const event: LedgerEvent = {
      at: deps.clock.now(),
      event: 'AppointmentChanged',
      data: { version: result.organisation.version, role, of: unitId, personId, from, to: result.opened[0]?.to ?? null, closed },
      ...(actor === undefined ? {} : { actor }),
    };
    const committed = await deps.store.commitCampaign({ organisation: result.organisation, roster: campaign.roster }, campaign.version, [
      event,
    ]);
    if (committed === 'committed') return 'changed';
  }
  throw new Error('ZG_CAMPAIGN_BUSY: somebody else keeps changing the campaign. Try again.');
};
