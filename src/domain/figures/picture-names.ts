/** Charts of the page, each of which can be kept as a picture. */
export const pictureNames = ['league', 'coverage', 'heat', 'response', 'items-byUnit', 'items-byKind', 'ages', 'loads', 'matters'] as const;

export type PictureName = (typeof pictureNames)[number];
