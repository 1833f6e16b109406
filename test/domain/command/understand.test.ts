import { describe, expect, it, test } from 'vitest';
import type { Intent } from '../../../src/domain/command/intent.ts';
import { intents } from '../../../src/domain/command/intent.ts';
import { maxTextLength } from '../../../src/domain/command/normalise.ts';
import { toJsonLine } from '../../../src/domain/command/json-line.ts';
import { understand } from '../../../src/domain/command/understand.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';
import { context } from './context.ts';
import table from '../../fixtures/phrases.json' with { type: 'json' };
import { fc } from '../../support/property.ts';

/** What people type, by what it means; the speaker is 张三 of 历下区. */
const phrases: { readonly [intent in Intent]: readonly string[] } = table;

const hear = (text: string) => understand(text, context, vocabulary);
const intentOf = (text: string): Intent => hear(text).intent;
const acknowledgements = phrases.acknowledge;

describe('what people type', () => {
  for (const intent of intents) {
    it(`${intent}: ${phrases[intent].length} ways to say it`, () => {
      const wrong = phrases[intent].map((text) => [text, intentOf(text)] as const).filter(([, heard]) => heard !== intent);
      expect(wrong).toEqual([]);
    });
  }

  it('has at least four hundred phrases', () => {
    expect(Object.values(phrases).flat().length).toBeGreaterThan(400);
  });
});

describe('an acknowledgement is never heard', () => {
  const core = fc.constantFrom(...acknowledgements.filter((text) => !/[「>]|@|\n|[\u{E000}-\u{F8FF}]/u.test(text)));

  test('in a question', () => {
    fc.assert(
      fc.property(core, fc.constantFrom('?', '？', '吗', '吗？', '么？', '没', '没有', '了吗', '⁉', '❓', '﹖'), (text, mark) => {
        expect(intentOf(text + mark)).not.toBe('acknowledge');
      }),
    );
    fc.assert(
      fc.property(core, fc.constantFrom('谁', '是不是', '是否', '?', '哪个单位', 'who is '), (text, mark) => {
        expect(intentOf(mark + text)).not.toBe('acknowledge');
      }),
    );
  });

  test('after a negation', () => {
    const negation = fc.constantFrom(
      '没',
      '没有',
      '未',
      '不',
      '不是',
      '别',
      '并未',
      '还没',
      '尚未',
      '不能',
      '无法',
      '请勿',
      'not ',
      "don't ",
      'never ',
    );
    fc.assert(
      fc.property(core, negation, (text, word) => {
        expect(intentOf(word + text)).not.toBe('acknowledge');
      }),
    );
  });

  test('about another time, a condition or somebody else', () => {
    const before = fc.constantFrom(
      '明天',
      '后天',
      '今晚',
      '十分钟后',
      '马上',
      '一会儿',
      '如果',
      '要是',
      '他',
      '她说',
      '小王',
      '李强',
      '赵明',
      '市中区',
      '请回复',
      '谁',
      '等我',
      '昨天',
      '刚才',
    );
    fc.assert(
      fc.property(core, before, (text, word) => {
        expect(intentOf(word + text)).not.toBe('acknowledge');
      }),
    );
  });

  test('in quotation marks, but for the digits that our own prompts put into them', () => {
    const words = core.filter((text) => !/^\W*[\d①１]/u.test(text));
    const quote = fc.constantFrom(['"', '"'], ['“', '”'], ['「', '」'], ['『', '』'], ['他说“', '”'], ['回复「', '」即可']);
    fc.assert(
      fc.property(words, quote, (text, [open, close]) => {
        expect(intentOf(`${open}${text}${close}`)).not.toBe('acknowledge');
      }),
    );
  });

  test('in a message to everybody', () => {
    fc.assert(
      fc.property(core, fc.constantFrom('@所有人 ', '@all ', '@全体成员 '), (text, mention) => {
        expect(intentOf(mention + text)).not.toBe('acknowledge');
      }),
    );
  });

  test('within other words', () => {
    const han = fc.stringMatching(/^[\u4E00-\u4E20\u6D4E-\u6D60\u8003-\u8010]{2,6}$/u);
    fc.assert(
      fc.property(fc.constantFrom('收到', '在岗', '在', '到', '1', '是'), han, han, (word, before, after) => {
        expect(intentOf(before + word + after)).not.toBe('acknowledge');
      }),
    );
  });
});

describe('an acknowledgement stays one', () => {
  const plain = fc.constantFrom(
    '收到',
    '在岗',
    '在',
    '到',
    '1',
    '是',
    'ok',
    'yes',
    '我在岗',
    '在岗在位',
    '好的收到',
    '收到谢谢',
    'on post',
    '值班员张三在岗',
    '👌',
    '历下区收到',
  );
  const around = fc
    .array(fc.constantFrom(' ', '。', '!', '！', '~', '…', '\n', '\t', '\u200B', '\uFEFF', '　', ',', '，', '🙏', '[抱拳]', '😊'), {
      maxLength: 6,
    })
    .map((marks) => marks.join(''));

  test('with punctuation, spaces and pictures around it', () => {
    fc.assert(
      fc.property(around, plain, around, (before, text, after) => {
        expect(intentOf(before + text + after)).toBe('acknowledge');
      }),
    );
  });

  test('with a mention of the bot', () => {
    fc.assert(
      fc.property(plain, fc.constantFrom('@在岗机器人', '@zaigang', '@小岗'), (text, bot) => {
        expect(intentOf(`${bot} ${text}`)).toBe('acknowledge');
        expect(intentOf(`${text} ${bot}`)).toBe('acknowledge');
      }),
    );
    const named = { ...context, botNames: ['在岗机器人', 'On Post'] };
    expect(understand('@在岗机器人收到', named, vocabulary).intent).toBe('acknowledge');
    expect(understand('@On Post yes', named, vocabulary).intent).toBe('acknowledge');
  });

  test('in full width', () => {
    const widen = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(plain, (text) => {
        expect(intentOf(widen(text))).toBe('acknowledge');
      }),
    );
  });
});

describe('names', () => {
  it('knows the speaker by the id, not by the name', () => {
    expect(intentOf('值班员张三在岗')).toBe('acknowledge');
    expect(understand('值班员张三在岗', { ...context, speakerId: 'm3' }, vocabulary)).toMatchObject({
      intent: 'standIn',
      person: { name: '张三', ids: ['m1'] },
    });
    const { speakerId: _, ...anonymous } = context;
    expect(understand('值班员张三在岗', anonymous, vocabulary).intent).toBe('standIn');
    expect(understand('在岗', anonymous, vocabulary).intent).toBe('acknowledge');
  });

  it('takes namesakes for one another only where the speaker is one of them', () => {
    expect(understand('李强在岗', { ...context, speakerId: 'm5' }, vocabulary).intent).toBe('acknowledge');
    expect(hear('李强在岗')).toMatchObject({ intent: 'standIn', person: { name: '李强', ids: ['m2', 'm5'] } });
  });

  it('lets a unit answer through its own people', () => {
    expect(intentOf('历下区在岗')).toBe('acknowledge');
    expect(intentOf('市中区在岗')).toBe('standIn');
    const { speakerUnitIds: _, ...anywhere } = context;
    expect(understand('市中区收到', anywhere, vocabulary)).toMatchObject({ intent: 'acknowledge', unit: { id: 'u3' } });
  });

  it('finds units by full name, alias and what people leave off; the longest name wins', () => {
    const unitOf = (text: string): string | undefined => hear(text).unit?.id;
    expect(unitOf('历下区住房和城乡建设局谁值班')).toBe('u2');
    expect(unitOf('历下谁值班')).toBe('u2');
    expect(unitOf('南山区谁值班')).toBe('u6');
    expect(unitOf('南部山区谁值班')).toBe('u6');
    expect(unitOf('高新区谁值班')).toBe('u4');
    expect(unitOf('莱芜高新区谁值班')).toBe('u5');
    expect(unitOf('who is on duty in pingyin')).toBe('u7');
    expect(hear('抽查历下区和市中区').units?.map((unit) => unit.id)).toEqual(['u2', 'u3']);
  });

  it('reads names the campaign does not know', () => {
    expect(hear('明天请假一天,由孙悟空替班').person).toEqual({ name: '孙悟空', ids: [] });
    expect(hear('和李强换9月3日的班').person?.name).toBe('李强');
  });

  it('asks nothing by a name that reads like a question', () => {
    const named = { ...context, people: [...context.people, { id: 'm7', name: '何国庆' }, { id: 'm8', name: '怎小么' }] };
    const intentOf = (text: string) => understand(text, named, vocabulary).intent;
    expect(intentOf('9月3日历下区改为何国庆')).toBe('changeRoster');
    expect(intentOf('9月3日历下区主班改为何国庆')).toBe('changeRoster');
    expect(intentOf('9月3日历下区改为何国庆吗')).not.toBe('changeRoster');
    expect(intentOf('9月3日历下区为何改为何国庆')).not.toBe('changeRoster');
    expect(intentOf('何国庆收到?')).not.toBe('acknowledge');
  });

  it('reads both times of a swap, also where nothing but the word for it stands between', () => {
    const daysOf = (text: string) =>
      hear(text).shiftChange?.periods?.map(({ fromAt }) =>
        Temporal.Instant.fromEpochMilliseconds(fromAt).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString(),
      );
    expect(daysOf('和李强换班,我9月1日的班换他9月3日的班')).toEqual(['2021-09-01', '2021-09-03']);
    expect(daysOf('和李强换班,用9月1日换9月3日')).toEqual(['2021-09-01', '2021-09-03']);
    expect(daysOf('我和李强把9月1日和9月3日的班对调')).toEqual(['2021-09-01', '2021-09-03']);
    expect(daysOf('我的9月1日跟李强的9月3日换一下班')).toEqual(['2021-09-01', '2021-09-03']);
    expect(daysOf('和李强换9月3日的班')).toBeUndefined();
    expect(daysOf('9月1日到9月3日的班和李强换')).toBeUndefined();
  });
});

describe('short replies', () => {
  it('keeps the letter of a code', () => {
    for (const text of ['1a', "'1c'", '1 a', '1A', '１ａ', '“1b”'])
      expect(hear(text)).toMatchObject({
        intent: 'acknowledge',
        code: text
          .match(/[abcａ]/iu)![0]
          .normalize('NFKC')
          .toLowerCase(),
      });
    expect(hear('2b')).toMatchObject({ intent: 'passOn', code: 'b' });
    expect(hear('3b')).toMatchObject({ intent: 'help', code: 'b', needsConfirmation: true });
    for (const text of ['1ab', '1am', '1 pm', '4a', '1a?', 'a1']) expect(hear(text).intent).toBe('unclear');
  });

  it('keeps digits for a presence code, which alone say nothing', () => {
    expect(hear('4821')).toMatchObject({ intent: 'unclear', digits: '4821' });
    expect(hear('4 8 2 1')).toMatchObject({ intent: 'unclear', digits: '4821' });
    expect(hear('在岗 4821')).toMatchObject({ intent: 'acknowledge', digits: '4821' });
    expect(hear('代码4821')).toMatchObject({ intent: 'unclear', digits: '4821' });
    expect(hear('13800000001').digits).toBeUndefined();
  });

  it('asks before it takes a 3 for a call for help, and never before 求援', () => {
    for (const text of ['3', '③', 'help!', '求援？', '有人受伤'])
      expect(hear(text)).toMatchObject({ intent: 'help', needsConfirmation: true });
    for (const text of ['求援', '救命！', '紧急求助', 'SOS', 'mayday', '现场有人闹事，求援！']) {
      expect(hear(text)).toMatchObject({ intent: 'help' });
      expect(hear(text).needsConfirmation).toBeUndefined();
    }
    expect(hear('求援，收到请回复')).toMatchObject({ intent: 'help', needsConfirmation: true });
  });

  it('knows consent and refusal for what was asked back', () => {
    for (const text of ['是', '好的', '确认', 'yes', 'OK', '👌']) expect(hear(text).answer).toBe('yes');
    for (const text of ['不是', '不用了', '取消', 'no', '❌']) expect(hear(text).answer).toBe('no');
    expect(intentOf('好的')).toBe('unclear');
  });

  it('says whether a check is for all', () => {
    expect(hear('全员点名').isForAll).toBe(true);
    expect(hear('抽查一下所有区县').isForAll).toBe(true);
    expect(hear('查岗历下区').isForAll).toBeUndefined();
  });
});

describe('item numbers', () => {
  it('reads them leniently', () => {
    const number = 'D2SD202108260001';
    for (const text of [
      number,
      'd2sd202108260001',
      'D2SD 20210826 0001',
      'D2SD\n202108260001',
      'Ｄ２ＳＤ２０２１０８２６０００１',
      '* D2SD202108260001',
      'D2SD20210826-0001',
      'D2SD2021082600 01',
    ])
      expect(hear(`签收 ${text}`)).toMatchObject({ intent: 'receiveItem', item: number });
    expect(hear('X2SD0826001 签收').item).toBe('X2SD0826001');
    expect(hear('D2SD202108260001 3日内报').item).toBe(number);
    expect(hear('d 1234').item).toBeUndefined();
  });
});

describe('the line of the command', () => {
  it('has the fields of the contract and nothing else', () => {
    expect(JSON.parse(toJsonLine(hear('明天请假一天，由李强替班')))).toEqual({
      text: '明天请假一天，由李强替班',
      intent: 'leave',
      person: '李强',
      from: '2021-08-28T00:00:00+08:00',
      to: '2021-08-29T00:00:00+08:00',
    });
    expect(toJsonLine(hear('收到\n'))).toBe('{"text":"收到\\n","intent":"acknowledge"}');
    expect(JSON.parse(toJsonLine(hear('9月3日历下区谁值班')))).toMatchObject({
      unit: '历下区住房和城乡建设局',
      from: '2021-09-03T00:00:00+08:00',
    });
  });
});

describe('whatever comes', () => {
  test('it answers, and the same twice', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(...Object.values(phrases).flat()),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('9月3日', '@', '「', "'", '?', '1', '到', '-'),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const heard = hear(text);
        expect(intents).toContain(heard.intent);
        expect(understand(text, context, vocabulary)).toEqual(heard);
        expect(() => JSON.parse(toJsonLine(heard))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('cuts what is too long, and is not held up by it', () => {
    const long = `${'在岗'.repeat(50_000)}?`;
    const heard = hear(long);
    expect(heard.text.length).toBe(maxTextLength);
    expect(heard.intent).toBe('unclear');
  });

  it('is not fooled by the characters it uses inside', () => {
    expect(intentOf('\u{E000}在岗')).toBe('acknowledge');
    expect(intentOf('\u{E002}在\u{E003}')).toBe('acknowledge');
  });
});
