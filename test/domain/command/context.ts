import type { UnderstandContext } from '../../../src/domain/command/intent.ts';

/** Friday 2021-08-27 09:55 in Jinan. */
export const fridayMorning = Temporal.ZonedDateTime.from('2021-08-27T09:55[Asia/Shanghai]').epochMilliseconds;

export const context: UnderstandContext = {
  now: fridayMorning,
  timeZone: 'Asia/Shanghai',
  units: [
    { id: 'u1', name: '局办公室', aliases: ['办公室'] },
    { id: 'u2', name: '历下区住房和城乡建设局', aliases: ['历下区'] },
    { id: 'u3', name: '市中区住房和城乡建设局', aliases: ['市中区'] },
    { id: 'u4', name: '济南高新区管委会建设管理部', aliases: ['高新区'] },
    { id: 'u5', name: '莱芜高新区管委会建设管理部', aliases: ['莱芜高新区'] },
    { id: 'u6', name: '市南部山区管委会规划发展局', aliases: ['南部山区', '南山区'] },
    { id: 'u7', name: '平阴县住房和城乡建设局', aliases: ['平阴县', 'Pingyin'] },
    { id: 'u8', name: '历城区住房和城乡建设局', aliases: ['历城区'] },
  ],
  people: [
    { id: 'm1', name: '张三' },
    { id: 'm2', name: '李强' },
    { id: 'm3', name: '赵明' },
    { id: 'm4', name: '王建国' },
    { id: 'm5', name: '李强' },
    { id: 'm6', name: 'Ann Lee' },
  ],
  speakerId: 'm1',
  speakerUnitIds: ['u2'],
};
