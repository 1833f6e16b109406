/** Numbers as the clouds want them, from what people have written into lists. */

const mobilePattern = /^(?:(?:\+|00)?86)?(1\d{10})$/;
/** With the code of its area. */
const landlinePattern = /^(0\d{2,3})-?(\d{3,4})-?(\d{4})$/;

const bare = (written: string): string => written.replaceAll(/[\s()]/g, '');

/** Digits of a mobile of the mainland, however a cloud writes it; undefined for every other number. */
export const readMobile = (written: string): string | undefined => mobilePattern.exec(bare(written).replaceAll('-', ''))?.[1];

/** Digits that can be dialled. With an extension, or without its area, the wrong telephone would ring: undefined. */
export const readLandline = (written: string): string | undefined => landlinePattern.exec(bare(written))?.slice(1).join('');

/** E.164: a landline loses the zero before its area. */
export const toE164 = (digits: string): string => `+86${digits.replace(/^0/, '')}`;
