import fc from 'fast-check';

/** What somebody who means harm, or a program gone wrong, puts where a word or a value is wanted. */

const piece = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\u0001',
  '\u001B[2J',
  '\t',
  '\r\n',
  '\uD800',
  '\uDC00',
  '\uFFFE',
  '\uFFFF',
  '\u202E',
  '\u200B',
  '\u2028',
  '\u{1F468}\u200D\u{1F469}',
  'e\u0301\u0301\u0301',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("http://x.example","x")',
  '=cmd|"/C calc"!A0',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '&amp;&lt;&#0;',
  ']]>',
  '${7*7}',
  '{{7*7}}',
  '%00%ff%2e%2e%2f',
  '../../etc/passwd',
  "'; drop table posts; --",
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  '9007199254740993',
  '99999999999999999999',
  '2021-02-30',
  '9999-12-31T23:59:60+99:99',
  '13800000222',
);

/** Short and odd. */
export const oddText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)) },
);

/** As long as a door takes it, and a little longer. */
export const longText = (around: number) =>
  fc
    .tuple(piece, fc.string({ unit: 'binary', maxLength: 8 }), fc.integer({ min: around - 2, max: around + 2 }))
    .map(([one, other, length]) => `${one}${other}x`.repeat(Math.ceil(length / (one.length + other.length + 1))).slice(0, length));

/** Names of members that mean something to the language, or to us. */
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'then', 'length', 'toJSON', 'action', 'params', ''];

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, -1, 1, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 63), 1e308, 8.64e15, 8.64e15 + 1, Number.MIN_VALUE),
);

/** Any JSON value: every shape in every place. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ readonly value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    number,
    oddText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), oddText), tie('value')), { maxLength: 5 }).map((pairs) => {
      const object: Record<string, unknown> = {};
      // `__proto__` as a member of its own, as JSON.parse makes it
      for (const [name, value] of pairs)
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      return object;
    }),
  ),
})).value;

/** `[[[[…]]]]`, or the same with objects: as text, for it is made deeper than most can walk. */
export const deepJson = fc
  .tuple(fc.integer({ min: 1, max: 30_000 }), fc.boolean())
  .map(([depth, isList]) =>
    isList ? `${'['.repeat(depth)}${']'.repeat(depth)}` : `${'{"a":'.repeat(Math.ceil(depth / 3))}1${'}'.repeat(Math.ceil(depth / 3))}`,
  );

/** Text that was right, with characters lost, doubled, exchanged and put in. */
export const mutated = (right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(right, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 3 }), oddText), { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) =>
      changes.reduce((now, [where, how, put]) => {
        const at = now.length === 0 ? 0 : where % now.length;
        if (how === 0) return now.slice(0, at) + now.slice(at + 1);
        if (how === 1) return now.slice(0, at) + put + now.slice(at);
        if (how === 2) return now.slice(0, at) + now.slice(at).repeat(2);
        return now.slice(0, at) + put + now.slice(at + put.length);
      }, text),
    );

/** The same for bytes: flipped, cut out, cut off, doubled. */
export const mutatedBytes = (right: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      right,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
    )
    .map(([bytes, changes]) =>
      changes.reduce<Buffer>((now, [where, how, value]) => {
        if (now.length === 0) return now;
        const at = where % now.length;
        const next = Buffer.from(now);
        if (how === 0) next[at] = value;
        else if (how === 1) next[at] = (next[at] ?? 0) ^ (1 << (value % 8));
        else if (how === 2) return Buffer.concat([now.subarray(0, at), now.subarray(at + value)]);
        else if (how === 3) return Buffer.concat([now.subarray(0, at + value), now.subarray(at)]);
        else return value < 32 ? now.subarray(0, at) : next.fill(value, at, Math.min(at + 4, next.length));
        return next;
      }, Buffer.from(bytes)),
    );
