/** Of pdfkit, which ships without types, what is used here. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  type TextOptions = {
    readonly width?: number;
    readonly height?: number;
    readonly align?: 'left' | 'center' | 'right';
    readonly lineBreak?: boolean;
    readonly ellipsis?: boolean | string;
  };

  type Options = {
    readonly size?: string;
    readonly margins?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
    readonly bufferPages?: boolean;
    readonly info?: { readonly [key: string]: string | Date };
    readonly lang?: string;
  };

  export default class PDFDocument extends Readable {
    constructor(options?: Options);
    readonly page: { readonly width: number; readonly height: number };
    font(source: string, family?: string): this;
    fontSize(size: number): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    heightOfString(text: string, options?: TextOptions): number;
    widthOfString(text: string): number;
    rect(x: number, y: number, width: number, height: number): this;
    lineWidth(width: number): this;
    fill(color: string): this;
    stroke(color: string): this;
    fillColor(color: string): this;
    addPage(): this;
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(index: number): this;
    end(): void;
  }
}
