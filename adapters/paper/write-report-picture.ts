import type { ReportPaper, WriteReport } from '../../src/ports/report.ts';
import { findFont } from './find-font.ts';

/** A picture for a chat: read on a phone without being opened. Lengths in px of the drawing; it is rendered twice as fine. */
const width = 720;
const margin = 36;
const inner = width - 2 * margin;
const sizes = { title: 28, subtitle: 18, key: 34, small: 15, text: 18 } as const;
const colors = {
  paper: '#ffffff',
  ink: '#15201a',
  soft: '#4a5850',
  line: '#dce1da',
  good: '#17694a',
  bad: '#a5142b',
  calm: '#e6f2ec',
  warm: '#f0b34a',
  hot: '#cf2440',
};

/** One glyph of the font: its outline in units of the font, y upwards, and how far the next one stands. */
type Glyph = { readonly outline: string; readonly advance: number };
type GlyphOf = (character: string) => Glyph;

type Canvas = { readonly parts: string[]; readonly glyphOf: GlyphOf; y: number };
type Style = { readonly size: number; readonly color?: string; readonly isBold?: boolean; readonly anchor?: 'start' | 'middle' };

const widthOf = (glyphOf: GlyphOf, words: string, size: number): number =>
  [...words].reduce((sum, character) => sum + glyphOf(character).advance * size, 0);

/** Chinese lines break after any character, but none begins with a mark that closes. */
const neverFirst = /[，。；：、！？）》”’%]/u;

const wrap = (glyphOf: GlyphOf, words: string, size: number, room: number): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  for (const character of words) {
    if (widthOf(glyphOf, current + character, size) > room && !neverFirst.test(character)) {
      lines.push(current);
      current = '';
    }
    current += character;
  }
  return [...lines, current];
};

/** Letters as outlines: whoever rasterises them needs no font, and a Chinese one takes it half a second for each line. */
const text = ({ parts, glyphOf }: Canvas, x: number, y: number, words: string, style: Style): void => {
  const { size, color = colors.ink, isBold, anchor = 'start' } = style;
  let at = anchor === 'middle' ? x - widthOf(glyphOf, words, size) / 2 : x;
  const weight = isBold ? ` stroke="${color}" stroke-width="0.035"` : '';
  for (const character of words) {
    const { outline, advance } = glyphOf(character);
    if (outline !== '')
      parts.push(
        `<path transform="translate(${at.toFixed(2)} ${y.toFixed(2)}) scale(${size} ${-size})" fill="${color}"${weight} d="${outline}"/>`,
      );
    at += advance * size;
  }
};

const box = ({ parts }: Canvas, x: number, y: number, wide: number, high: number, fill: string, radius = 8): void =>
  void parts.push(`<rect x="${x}" y="${y}" width="${wide}" height="${high}" rx="${radius}" fill="${fill}"/>`);

const lines = (canvas: Canvas, words: string, style: Style, leading: number): void => {
  for (const each of wrap(canvas.glyphOf, words, style.size, inner)) {
    canvas.y += leading;
    text(canvas, margin, canvas.y, each, style);
  }
};

const drawHead = (canvas: Canvas, { title, subtitle }: ReportPaper): void => {
  for (const each of wrap(canvas.glyphOf, title, sizes.title, inner)) {
    canvas.y += 40;
    text(canvas, width / 2, canvas.y, each, { size: sizes.title, isBold: true, anchor: 'middle' });
  }
  canvas.y += 30;
  text(canvas, width / 2, canvas.y, subtitle, { size: sizes.subtitle, color: colors.soft, anchor: 'middle' });
  canvas.y += 22;
};

const drawKeys = (canvas: Canvas, { keys }: ReportPaper): void => {
  const gap = 12;
  const wide = (inner - gap) / 2;
  for (const [index, { name, value, detail, isBad }] of keys.entries()) {
    const x = margin + (index % 2) * (wide + gap);
    const y = canvas.y + Math.floor(index / 2) * 112;
    box(canvas, x, y, wide, 100, isBad ? '#fde6e8' : colors.calm);
    text(canvas, x + 16, y + 26, name, { size: sizes.small, color: colors.soft });
    text(canvas, x + 16, y + 64, value, { size: sizes.key, color: isBad ? colors.bad : colors.good, isBold: true });
    text(canvas, x + 16, y + 88, detail, { size: sizes.small, color: colors.soft });
  }
  canvas.y += Math.ceil(keys.length / 2) * 112 + 8;
};

const drawHeat = (canvas: Canvas, { heat }: ReportPaper): void => {
  const rows = heat.rows;
  if (rows.every(({ hours }) => hours.every((count) => count === null))) return;
  const left = 46;
  const size = (inner - left) / 24;
  canvas.y += 14;
  lines(canvas, heat.title, { size: sizes.small, color: colors.soft }, 20);
  canvas.y += 10;
  for (const [row, { name, hours }] of rows.entries()) {
    const y = canvas.y + row * size;
    text(canvas, margin, y + size * 0.72, name, { size: 14, color: colors.soft });
    for (const [hour, count] of hours.entries()) {
      if (count === null) continue;
      const warmth = heat.bands.find(({ to }) => count <= to)?.heat ?? 'hot';
      box(canvas, margin + left + hour * size, y, size - 2, size - 2, colors[warmth], 3);
      if (count > 0)
        text(canvas, margin + left + (hour + 0.46) * size, y + size * 0.66, String(count), {
          size: 12,
          color: warmth === 'hot' ? '#ffffff' : colors.ink,
          anchor: 'middle',
        });
    }
  }
  canvas.y += rows.length * size + 10;
  drawLegend(canvas, heat, margin + left);
};

const drawLegend = (canvas: Canvas, { bands, blank }: ReportPaper['heat'], left: number): void => {
  const size = 16;
  let x = left;
  const say = (words: string): void => {
    text(canvas, x, canvas.y + size * 0.82, words, { size: sizes.small, color: colors.soft });
    x += widthOf(canvas.glyphOf, words, sizes.small) + 22;
  };
  for (const { heat, text: words } of bands) {
    box(canvas, x, canvas.y, size, size, colors[heat], 3);
    x += size + 6;
    say(words);
  }
  say(blank);
  canvas.y += size + 6;
};

const drawSections = (canvas: Canvas, { sections, source, sign }: ReportPaper): void => {
  for (const section of sections) {
    canvas.y += 12;
    lines(canvas, section.heading, { size: sizes.text, isBold: true }, 28);
    for (const line of section.lines) lines(canvas, line, { size: sizes.text }, 28);
  }
  canvas.y += 14;
  lines(canvas, source, { size: sizes.small, color: colors.soft }, 22);
  lines(canvas, sign.join(' '), { size: sizes.small, color: colors.soft }, 26);
};

/** The report as an SVG; annexes are left to the other forms. */
const drawReport = (paper: ReportPaper, glyphOf: GlyphOf): string => {
  const canvas: Canvas = { parts: [], glyphOf, y: margin - 8 };
  drawHead(canvas, paper);
  drawKeys(canvas, paper);
  drawSections(canvas, paper);
  drawHeat(canvas, paper);
  const height = Math.ceil(canvas.y + margin);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${colors.paper}"/>${canvas.parts.join('')}</svg>`;
};

const decimals = 4;

/** Outlines in units of the type size, each read from the font once. */
const openGlyphs = async (): Promise<GlyphOf> => {
  const { path, family } = findFont();
  const { openSync } = await import('fontkit');
  const font = openSync(path, family);
  const known = new Map<string, Glyph>();
  const scaled = (outline: string): string =>
    outline.replaceAll(/-?\d+(?:\.\d+)?/gu, (number) =>
      String(Number((Number(number) / font.unitsPerEm).toFixed(decimals))).replace(/^(?=-)/u, ' '),
    );
  return (character) => {
    const before = known.get(character);
    if (before) return before;
    const { advanceWidth, path: shape } = font.glyphForCodePoint(character.codePointAt(0)!);
    const glyph = { outline: scaled(shape.toSVG()), advance: advanceWidth / font.unitsPerEm };
    known.set(character, glyph);
    return glyph;
  };
};

/** A PNG, rendered aside: answers go on meanwhile. No font but the machine's own is read, and nothing from elsewhere. */
export const writeReportPicture: WriteReport = async (paper) => {
  const glyphOf = await openGlyphs();
  // imported when first used: few processes ever draw one
  const { renderAsync } = await import('@resvg/resvg-js');
  const picture = await renderAsync(drawReport(paper, glyphOf), { font: { loadSystemFonts: false }, fitTo: { mode: 'zoom', value: 2 } });
  return new Uint8Array(picture.asPng());
};
