/** The phases of a campaign: before arrival (进驻前), during (督察期间), team on site in a district (下沉), afterwards (下沉后). */
export type CampaignPhase = 'before' | 'during' | 'onSite' | 'after';
