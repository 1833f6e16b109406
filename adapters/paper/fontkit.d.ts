/** Of fontkit, which ships without types, what is used here. */
declare module 'fontkit' {
  type Glyph = { readonly advanceWidth: number; readonly path: { toSVG(): string } };
  type Font = { readonly unitsPerEm: number; glyphForCodePoint(codePoint: number): Glyph };

  /** `name`: of a collection, the PostScript name of the one that is meant. */
  export const openSync: (path: string, name?: string) => Font;
}
