/** The words of the checklist: of each step its name, a sentence for each way it may stand, and where its link leads. */
type Step = { readonly name: string; readonly about: { readonly [about: string]: string }; readonly link: string };

export type PageChecklistTexts = {
  readonly lead: string;
  readonly progress: string;
  readonly states: { readonly [state in 'done' | 'look' | 'todo' | 'unknown']: string };
  readonly steps: { readonly [step: string]: Step };
  readonly more: string;
  readonly comma: string;
};

const zh: PageChecklistTexts = {
  lead: '以下各项由系统按实际情况判定，不用手工打勾。全部办妥后，再宣布保障期开始。',
  progress: '{all} 项中已办妥 {done} 项',
  states: { done: '已办妥', look: '请看一下', todo: '未办', unknown: '无法判定' },
  steps: {
    campaign: {
      name: '保障期',
      about: {
        builtIn: '现在用的是自带的演示保障期。正式使用请准备自己的保障期文件，再用 CAMPAIGN_FILE 指定。',
        over: '保障期的结束时间已过，不再查岗。请改日期。',
        ahead: '已设好，还没有开始。',
        running: '已设好，正在进行。',
      },
      link: '看保障期',
    },
    contacts: {
      name: '通讯录',
      about: {
        none: '还没有导入通讯录。请先导入。',
        noPhone: '已有 {units} 个单位、{people} 人，其中 {noPhone} 人没有手机号，联系不上：',
        noLiaison: '已有 {units} 个单位、{people} 人，其中 {noLiaison} 个单位没有联络人：',
        all: '已有 {units} 个单位、{people} 人，都有手机号，各单位都有联络人。',
      },
      link: '导入通讯录',
    },
    roster: {
      name: '值班表',
      about: {
        none: '往后没有任何班次。请导入值班表，或在对话里发送“排班”。',
        gaps: '{posts} 个岗位，往后 {ahead} 个班次；到保障期结束前有 {gaps} 处无人或人数不够：',
        all: '{posts} 个岗位，往后 {ahead} 个班次，排到保障期结束，没有空缺。',
      },
      link: '导入值班表',
    },
    accounts: {
      name: '账号绑定',
      about: {
        notNeeded: '现有通道不需要绑定账号。',
        all: '{people} 人都已绑定账号。',
        some: '{people} 人中 {bound} 人已绑定账号，{unbound} 人没有。请在对话里发送“绑定码”加姓名，把码交给本人：',
      },
      link: '看通道',
    },
    channels: {
      name: '通道试发',
      about: {
        none: '除本页外还没有接通任何通道，不开着本页的人收不到消息。请按 .env.example 配置。',
        failed: '最近一次试发没有成功：',
        untested: '{used} 个通道中 {untested} 个近来没有试发过，请各试发一次：',
        all: '{used} 个通道都试发成功。',
      },
      link: '去试发',
    },
    ladders: {
      name: '通知策略',
      about: {
        all: '各岗位无人应答时，最后都有本单位的人接到通知。',
        weak: '有 {posts} 个岗位，无人应答时本单位没有别人可通知，只剩办公室：',
      },
      link: '看通知策略',
    },
    group: {
      name: '工作群',
      about: {
        known: '已知办公室的工作群，异常和早晚简报会发到群里。',
        none: '没有配置办公室的工作群，异常只发给个人。请按 .env.example 配置群机器人。',
      },
      link: '看通道',
    },
    signIn: {
      name: '办公室登录',
      about: {
        nobody: '通讯录里没有办公室人员，没有人能登录、能处置。请先补上。',
        open: '演示对本机开放，不用登录。正式使用时请设为 ZAIGANG_MODE=production。',
        openId: '办公室 {office} 人，用单位账号登录。',
        byChat: '办公室 {office} 人，其中 {reachable} 人可在对话里发送“看板”登录。',
        noWay: '办公室 {office} 人都没有绑定账号，也没有配置单位账号登录，进不了本页。请先绑定至少一人。',
      },
      link: '看通讯录',
    },
    watched: {
      name: '外部看护',
      about: {
        heartbeat: '已配置 HEARTBEAT_URL，本系统停了会有外面的人知道。',
        none: '没有配置 HEARTBEAT_URL，本系统停了没有人知道。请配置，并在另一台机器上运行 zaigang watch。',
      },
      link: '看通道',
    },
    backup: {
      name: '备份',
      about: {
        none: '还没有备份过。请运行 zaigang backup，并设成每晚一次。',
        old: '上次备份在 {hours} 小时前。请检查每晚的备份。',
        lately: '{hours} 小时前备份过。',
      },
      link: '看台账',
    },
    rehearsal: {
      name: '预演',
      about: {
        none: '近来没有在本页预演过。请在通知策略里看一遍“昨晚会怎样”，或运行 zaigang simulate。',
        done: '近来预演过。',
      },
      link: '去预演',
    },
  },
  more: '等',
  comma: '、',
};

const en: PageChecklistTexts = {
  lead: 'Each of these is found out from how things are; nobody ticks it. Announce the campaign once all of them are done.',
  progress: '{done} of {all} done',
  states: { done: 'Done', look: 'Have a look', todo: 'To do', unknown: 'Nobody can tell' },
  steps: {
    campaign: {
      name: 'Campaign',
      about: {
        builtIn: 'This is the demo campaign that comes with the product. For real use write a campaign file and name it in CAMPAIGN_FILE.',
        over: 'The campaign is over, so nobody is asked any more. Change its dates.',
        ahead: 'It is set, and has not begun yet.',
        running: 'It is set, and runs.',
      },
      link: 'See the campaign',
    },
    contacts: {
      name: 'Contact list',
      about: {
        none: 'No contact list has been imported yet. Begin with it.',
        noPhone: '{units} units, {people} people, {noPhone} of them without a mobile number, so nobody reaches them:',
        noLiaison: '{units} units, {people} people; {noLiaison} units have no liaison:',
        all: '{units} units, {people} people, all with a mobile number, and a liaison in each unit.',
      },
      link: 'Import contacts',
    },
    roster: {
      name: 'Roster',
      about: {
        none: 'No shift lies ahead. Import a roster, or write "draft roster" in the chat.',
        gaps: '{posts} posts, {ahead} shifts ahead; until the campaign ends somebody is missing {gaps} times:',
        all: '{posts} posts, {ahead} shifts ahead, to the end of the campaign and without a gap.',
      },
      link: 'Import a roster',
    },
    accounts: {
      name: 'Accounts',
      about: {
        notNeeded: 'No channel that is set up needs accounts to be bound.',
        all: 'All {people} people have bound an account.',
        some: '{bound} of {people} people have bound an account, {unbound} have not. Write "binding code" and a name in the chat, and pass the code on:',
      },
      link: 'See the channels',
    },
    channels: {
      name: 'Channels tried',
      about: {
        none: 'No channel is set up but this page, so whoever does not have it open hears nothing. See .env.example.',
        failed: 'The last test did not go out:',
        untested: '{untested} of {used} channels have not been tried lately. Send one test through each:',
        all: 'A test has gone out through each of {used} channels.',
      },
      link: 'Send a test',
    },
    ladders: {
      name: 'Policies',
      about: {
        all: 'Whichever post stays silent, somebody of its unit is told in the end.',
        weak: 'At {posts} posts nobody else of the unit is told of silence, only the office:',
      },
      link: 'See the policies',
    },
    group: {
      name: 'Group',
      about: {
        known: "The office's group is known: exceptions and the digest go there.",
        none: "The office's group is not set up, so exceptions go to people alone. See .env.example for robots of groups.",
      },
      link: 'See the channels',
    },
    signIn: {
      name: 'Sign-in',
      about: {
        nobody: 'Nobody in the contact list is of the office, so nobody can sign in and act. Add them.',
        open: 'A demo is open to this machine and needs no sign-in. For real use set ZAIGANG_MODE=production.',
        openId: "{office} people of the office sign in with the house's own accounts.",
        byChat: '{reachable} of {office} people of the office can sign in by writing "dashboard" in the chat.',
        noWay:
          'None of the {office} people of the office has an account, and there is no sign-in of the house, so nobody gets in here. Bind one at least.',
      },
      link: 'See the contact list',
    },
    watched: {
      name: 'Watched from outside',
      about: {
        heartbeat: 'HEARTBEAT_URL is set, so somebody outside notices if this stops.',
        none: 'HEARTBEAT_URL is not set, so nobody notices if this stops. Set it, and run zaigang watch on another machine.',
      },
      link: 'See the channels',
    },
    backup: {
      name: 'Backup',
      about: {
        none: 'There has been no backup. Run zaigang backup, and have it run each night.',
        old: 'The last backup was {hours} hours ago. See why none was taken last night.',
        lately: 'The last backup was {hours} hours ago.',
      },
      link: 'See the ledger',
    },
    rehearsal: {
      name: 'Rehearsal',
      about: {
        none: 'Nothing was rehearsed on this page lately. Look in the policies at what would have happened last night, or run zaigang simulate.',
        done: 'It was rehearsed lately.',
      },
      link: 'Rehearse',
    },
  },
  more: 'and more',
  comma: ', ',
};

export const pageChecklistTexts: { readonly [language in 'zh-CN' | 'en']: PageChecklistTexts } = { 'zh-CN': zh, en };
