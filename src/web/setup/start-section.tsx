/** Drawn below its heading, in the room for setting up. */
export const StartSection = () => <div class="setup-section" />;
