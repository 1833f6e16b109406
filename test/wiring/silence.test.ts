import { expect, it } from 'vitest';
import { createSilence } from '../../src/wiring/silence.ts';

const pass = (silence: { readonly tick: () => readonly string[] }, ticks: number): readonly string[] =>
  Array.from({ length: ticks }, () => silence.tick()).flat();

it('names whoever was silent for longer than it may, once, and nobody who said a word', () => {
  const silence = createSilence<string>(3);
  silence.hear('hung');
  for (let tick = 0; tick < 3; tick++) {
    silence.hear('alive');
    expect(silence.tick()).toEqual([]);
  }
  silence.hear('alive');
  expect(silence.tick()).toEqual(['hung']);
  silence.hear('alive');
  expect(pass(silence, 3)).toEqual([]);
});

it('begins anew with each word, however close it was', () => {
  const silence = createSilence<string>(3);
  silence.hear('slow');
  expect(pass(silence, 3)).toEqual([]);
  silence.hear('slow');
  expect(pass(silence, 3)).toEqual([]);
  expect(silence.tick()).toEqual(['slow']);
});

it('counts nobody who has not begun to speak, nor whoever is forgotten', () => {
  const silence = createSilence<string>(3);
  expect(pass(silence, 10)).toEqual([]);
  silence.hear('ended');
  silence.forget('ended');
  expect(pass(silence, 10)).toEqual([]);
});

it('takes a sleep of the machine, however long, for the one tick that it is', () => {
  const silence = createSilence<string>(3);
  silence.hear('asleep too');
  // an interval that was held fires once, and what was said meanwhile, or right after, is heard next
  expect(silence.tick()).toEqual([]);
  silence.hear('asleep too');
  expect(pass(silence, 3)).toEqual([]);
});
