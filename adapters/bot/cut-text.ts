const ellipsis = '…';

/** At most so many bytes of UTF-8, never half a character. */
export const cutToBytes = (text: string, most: number): string => {
  if (Buffer.byteLength(text) <= most) return text;
  let kept = '';
  let bytes = Buffer.byteLength(ellipsis);
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    kept += segment;
  }
  return `${kept}${ellipsis}`;
};
