/** Drawn below its heading, in the room for setting up. */
export const ChannelsSection = () => <div class="setup-section" />;
