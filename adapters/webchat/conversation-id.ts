/** The office's group, the one group chat that this endpoint has. */
export const officeGroup = 'g:office';

/** One lasting conversation for each person and one for the group; the colon of a group's id is no part of a URL. */
export const conversationOf = (to: string): string => `c-${to.replace(':', '-')}`;

export const groupConversation = conversationOf(officeGroup);

/** As the real service numbers them. */
export const activityId = (conversation: string, number: number): string => `${conversation}|${String(number).padStart(7, '0')}`;
