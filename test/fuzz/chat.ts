import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { idOf, type Name } from '../support/invented.ts';
import { startService } from '../support/service.ts';
import { type Fuzz, type OpenFuzz, withinWork } from './fuzz.ts';
import { anyJson, longText, mutated, oddText } from './hostile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const phrases = Object.values(
  JSON.parse(readFileSync(join(root, 'test/fixtures/phrases.json'), 'utf8')) as Record<string, readonly unknown[]>,
)
  .flat()
  .filter((phrase) => typeof phrase === 'string');

/** Sentences of every room of the house: whatever can be understood, with odd things in it. */
const sentences = [
  '明天请假一天，由东副班替班',
  '和东副班换9月3日的班',
  '9月3日东城区改为东副班',
  '排班 9月1日到9月30日',
  '8月27日到9月3日的报告',
  '交接备注：西门监控故障',
  '明天督察组到东城区',
  '布置准备工作,8月30日前报齐',
  '新增事项 东城区 工地扬尘 3日内',
  '绑定码 东主班',
  '绑定 东主班 企业微信 zhaoming',
  '测试通道 飞书 东主班',
  '申诉 手机没电',
  '我的日历',
  '排班版本 3',
  'D2SD202108270001 已办结',
  '撤销请假',
];

const spoken = fc.constantFrom(...phrases, ...sentences);
const text = fc.oneof(
  { weight: 4, arbitrary: mutated(spoken) },
  { weight: 2, arbitrary: fc.array(spoken, { minLength: 1, maxLength: 4 }).map((said) => said.join('，')) },
  { weight: 2, arbitrary: oddText },
  { weight: 1, arbitrary: longText(8_000) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('1', '，', '\n', '请', '和', '9月', '（', 'a,', '到', '。', ' '), fc.integer({ min: 1, max: 8_000 }))
      .map(([piece, times]) => piece.repeat(times).slice(0, 8_000)),
  },
);

/** Everybody who has a part of their own. */
const speakers: readonly Name[] = ['赵主班', '王带班', '孙联络', '周局长', '冯主任', '陈干事', '东主班', '西联系', '次日班'];
const speaker = fc.constantFrom(...speakers);
const locale = fc.option(
  fc.oneof(
    fc.constantFrom('zh-CN', 'en', 'en-US', 'x', '*', 'zh_CN', 'de-DE-1996'),
    oddText.map((said) => said.slice(0, 35)),
  ),
  { nil: undefined },
);

const sourceFiles = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name));

/** Every act that a button carries, as the code has them. */
const actions = [
  ...new Set(
    sourceFiles('src/app').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:action: |case |action === )'([a-z]\w+)'/gu)].map(([, action = '']) => action),
    ),
  ),
];

const members = (
  'obligationId itemId itemIds marks no rows parts out in changeId proposalId sha256 name unitIds unitId askedAt personId channel account from to ' +
  'listedAt result code version digest part again passed next toTime signedOn responsible plan role reason owner measures handling finding limit ' +
  'number outcome text kind seed requestId handoverId token again fault level source units event post rule draft seq asked forUnits by at'
).split(' ');
const knownIds = [
  'm1',
  'm7',
  'u1',
  'u2',
  'p1',
  'p2',
  'iD2SD202108270001',
  'ocp1.x',
  'D2SD202108270001',
  '2021-08-28',
  'webchat',
  '1',
  '0',
  'true',
  'approve',
];
const memberValue = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...knownIds) },
  { weight: 3, arbitrary: oddText },
  { weight: 2, arbitrary: anyJson },
);
const cardValue = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...actions), fc.dictionary(fc.constantFrom(...members), memberValue, { maxKeys: 8 }))
      .map(([action, rest]): unknown => ({ ...rest, action })),
  },
  { weight: 2, arbitrary: anyJson },
);

type Service = Awaited<ReturnType<typeof startService>>;

/** A bureau in the middle of a morning: a round is open, an item waits, a handover is near. */
const openBureau = async (): Promise<Service> => {
  const service = await startService({ at: '2021-08-27T09:59', tellsAhead: true });
  await service.passTo(service.clock.now() + 60_000 * 3);
  return service;
};

type Said = {
  readonly by: Name;
  readonly text?: string;
  readonly value?: unknown;
  readonly isGroup?: boolean;
  readonly locale?: string | undefined;
};

const speaking = async (said: fc.Arbitrary<Said>, { mostPerKb }: { readonly mostPerKb: number }): Promise<OpenFuzz> => {
  let service = await openBureau();
  let count = 0;
  const from = async ({ by, locale: spokenIn, ...what }: Said): Promise<void> => {
    // now and then a fresh one: what is said changes what is there
    if ((count += 1) % 200 === 0) service = await openBureau();
    // nobody presses twice in one millisecond
    await service.passTo(service.clock.now() + 1_000);
    const { isGroup = false } = what;
    const message = {
      ...what,
      id: `f${count}`,
      channel: 'webchat',
      conversation: isGroup ? 'group' : `c-${idOf(by)}`,
      isGroup,
      from: idOf(by),
      receivedAt: service.clock.now(),
      ...(spokenIn === undefined || spokenIn === '' ? {} : { locale: spokenIn }),
    };
    const size = JSON.stringify(message).length;
    await withinWork(size, { atLeast: 10_000, perKb: mostPerKb }, () => service.deliverMessage(message));
  };
  return { property: fc.asyncProperty(said, from), close: async () => {} };
};

/** Whatever is typed, by whomever, is decided and answered; nothing that is said ends a turn. */
export const chat: Fuzz = {
  name: 'chat',
  cases: 200,
  open: () => speaking(fc.record({ by: speaker, text, isGroup: fc.boolean(), locale }), { mostPerKb: 1_000 }),
};

/** Whatever a button carries, in any shape, pressed by whomever. */
export const cards: Fuzz = {
  name: 'cards',
  cases: 400,
  open: () =>
    speaking(
      fc.tuple(speaker, cardValue, locale, fc.boolean()).map(([by, value, spokenIn, isGroup]) => ({
        by,
        value: JSON.parse(JSON.stringify(value) ?? 'null') as unknown,
        locale: spokenIn,
        isGroup,
      })),
      { mostPerKb: 1_000 },
    ),
};
