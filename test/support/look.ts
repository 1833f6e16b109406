import type { Page } from 'playwright-core';

type Looking = {
  /** Below which element. */
  readonly place: string;
  /** Names and data, which stay as they are in every language. */
  readonly data?: readonly string[];
};

/** Words that run out of the page, or that their own element cuts off without saying so; what scrolls by keyboard can be read. */
const cutOffIn = (page: Page, place: string): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll(${JSON.stringify(`${place}, ${place} *`)})].flatMap((one) => {
    const holdsWords = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!holdsWords || !one.checkVisibility()) return [];
    const { overflowX, textOverflow, clipPath, position } = getComputedStyle(one);
    if (position === 'absolute' && clipPath !== 'none') return [];
    const isCut = overflowX !== 'visible' && textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
    let frame = one;
    while (frame && !/auto|scroll/u.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
    const canBeReached = frame && frame.matches(':is(a, button, [tabindex="0"])');
    const isOut = one.getBoundingClientRect().right > innerWidth + 1 && !canBeReached;
    return isCut || isOut ? [one.className + ': ' + one.textContent.trim().slice(0, 80)] : [];
  })`);

/** Keys of messages that nobody has put into words, and places in them that nobody has filled. */
const rawIn = (text: string): readonly string[] =>
  text.match(/\b[a-z]+[A-Z][A-Za-z]*\b|\{[a-z][A-Za-z]*\}|\bundefined\b|\bNaN\b|ZG_[A-Z_]+/gu) ?? [];

const chineseIn = (text: string, data: readonly string[]): readonly string[] => {
  const rest = data.toSorted((a, b) => b.length - a.length).reduce((left, word) => (word === '' ? left : left.replaceAll(word, '')), text);
  return rest.match(/[\u{3001}-\u{303f}\p{Script=Han}]+/gu) ?? [];
};

/**
 * What somebody would stumble over in a part of a page as it stands: it scrolls sideways, words are cut off, stand as keys,
 * or, in English, as Chinese.
 */
export const findFlaws = async (page: Page, { place, data = [] }: Looking): Promise<readonly string[]> => {
  const text = await page.locator(place).first().innerText();
  const isEnglish = (await page.evaluate('document.documentElement.lang')) === 'en';
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return [
    ...(wider > 0 ? [`scrolls sideways by ${wider}`] : []),
    ...(await cutOffIn(page, place)).map((words) => `cut off: ${words}`),
    ...rawIn(text).map((words) => `raw: ${words}`),
    ...(isEnglish ? chineseIn(text, data) : []).map((words) => `not English: ${words}`),
  ];
};

/** Goes on by Tab until `name` is reached, in that place where it stands in several; throws where it never is, or where nobody could see that it was. */
export const tabTo = async (page: Page, name: string, place = 'body'): Promise<void> => {
  const mostPresses = 120;
  for (let presses = 0; presses < mostPresses; presses += 1) {
    await page.keyboard.press('Tab');
    const { words, outline } = await page.evaluate<{ words: string; outline: string }>(
      `({ words: document.activeElement.closest('${place}') ? (document.activeElement.innerText?.trim() ?? '') : '', outline: getComputedStyle(document.activeElement).outlineStyle })`,
    );
    if (words !== name) continue;
    if (outline === 'none') throw new Error(`the focus on ${name} cannot be seen`);
    return;
  }
  throw new Error(`${name} was not reached in ${mostPresses} presses of Tab`);
};
