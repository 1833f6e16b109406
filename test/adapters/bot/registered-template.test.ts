import { describe, expect, it } from 'vitest';
import { readLandline, readMobile, toE164 } from '../../../adapters/bot/phone-number.ts';
import { cutToUnits, fillPlaces, type RegisteredTemplate, templateFor, unitsOfParts } from '../../../adapters/bot/registered-template.ts';
import { card, message } from '../../support/channel-messages.ts';
import { fc } from '../../support/property.ts';

const question: RegisteredTemplate = { id: '1', text: '{name}您好，{text}，请回复1确认', places: ['name', 'text'] };

describe('a registered template', () => {
  it('is chosen by what kind of notice it is; what has none of its own takes the next', () => {
    const alarm = { ...question, id: '2' };
    const ids = (templates: Parameters<typeof templateFor>[0]) =>
      [message('m1', { card }), message('m1', { card: { ...card, tone: 'alert' } }), message('m1'), message('m1', { code: '1' })].map(
        (one) => templateFor(templates, one).id,
      );
    expect(ids({ question })).toEqual(['1', '1', '1', '1']);
    expect(ids({ question, alarm })).toEqual(['1', '2', '1', '1']);
    expect(ids({ question, alarm, information: { ...question, id: '3' }, code: { ...question, id: '4' } })).toEqual(['1', '2', '3', '4']);
  });

  it('is filled within the limits of each place and of the whole, never with nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 20 }), (text, name) => {
        const limits = { placeUnits: 35, messageUnits: 134 };
        const values = fillPlaces(question, message('m1', { text }), { name, signature: '济南住建', limits });
        expect(values.every((value) => value.length > 0 && value.length <= 35)).toBe(true);
        const said = values.reduce((whole, value) => whole.replace(/\{\w+\}/, () => value), question.text);
        expect(said.length + '济南住建'.length).toBeLessThanOrEqual(134);
        expect(values.join('')).not.toMatch(/[【】[\]\n]/);
      }),
    );
  });

  it('never cuts half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(60), (text, most) => {
        const cut = cutToUnits(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(cut.isWellFormed()).toBe(text.isWellFormed() || cut.isWellFormed());
        expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });

  it('has room for 70 characters in one text message, and for 67 in each part of more', () => {
    expect([1, 2, 3].map(unitsOfParts)).toEqual([70, 134, 201]);
  });
});

describe('a number', () => {
  it.each([
    ['13800000001', '13800000001'],
    ['+86 138-0000-0001', '13800000001'],
    ['8613800000001', '13800000001'],
    ['0531-82000001', undefined],
    ['1380000000', undefined],
  ])('of a mobile: %s', (written, digits) => {
    expect(readMobile(written)).toBe(digits);
  });

  it.each([
    ['0531-82000001', '053182000001'],
    ['0531-8000-0001', '053180000001'],
    ['(010)62000001', '01062000001'],
    ['82000001', undefined],
    ['0531-82000001-801', undefined],
    ['13800000001', undefined],
  ])('of a landline: %s', (written, digits) => {
    expect(readLandline(written)).toBe(digits);
  });

  it('has no zero before its area abroad', () => {
    expect([toE164('053182000001'), toE164('13800000001')]).toEqual(['+8653182000001', '+8613800000001']);
  });
});
