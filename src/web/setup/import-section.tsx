/** Drawn below its heading, in the room for setting up. */
export const ImportSection = () => <div class="setup-section" />;
