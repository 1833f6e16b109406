/** What a list that comes again says to those whom it names no longer. */
export const listTexts = { leftOut: '清单已更正，不再要求本单位报送' } as const;
