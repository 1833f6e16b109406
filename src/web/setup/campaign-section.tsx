/** Drawn below its heading, in the room for setting up. */
export const CampaignSection = () => <div class="setup-section" />;
