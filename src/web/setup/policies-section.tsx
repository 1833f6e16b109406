/** Drawn below its heading, in the room for setting up. */
export const PoliciesSection = () => <div class="setup-section" />;
