import type { AccountWords } from '../domain/command/read-accounts.ts';

/** The office's words for whose account is whose. */
const please = '^(?:请|麻烦|帮我|帮忙)?';
const unknown = '(?: ?(?<name>\\p{Script=Han}{2,10}))?';

export const accountWords: AccountWords = {
  gate: /绑定|解绑|账号|帐号|通道|渠道|bind|account|channel/iu,
  mention: /^@\S{1,40}\s+/u,
  channels: [
    { channel: 'wecom', when: /企业微信|企微|政务微信|山东通|wecom/iu },
    { channel: 'feishu', when: /飞书|feishu|(?<![a-z])lark(?![a-z])/iu },
    { channel: 'dingtalk', when: /政务钉钉|钉钉|dingtalk/iu },
    { channel: 'teams', when: /(?<![a-z])(?:microsoft )?teams(?![a-z])/iu },
    { channel: 'email', when: /电子邮件|电子邮箱|邮件|邮箱|(?<![a-z])e-?mail(?![a-z])/iu },
    { channel: 'sms', when: /短信|(?<![a-z])(?:sms|text messages?)(?![a-z])/iu },
    { channel: 'voice', when: /电话|语音|(?<![a-z])(?:voice|phone|calls?)(?![a-z])/iu },
    { channel: 'webchat', when: /网页对话|网页|(?<![a-z])(?:web ?chat|page)(?![a-z])/iu },
  ],
  acts: [
    {
      act: 'test',
      when: new RegExp(
        `${please}(?:测试|试一下|试试|试|检测)(?:一下)?(?:一遍)?(?:发送)?(?:消息)? ?(?:通道|渠道)? ?(?:给|到|发给)? ?${unknown}$`,
        'iu',
      ),
    },
    { act: 'test', when: /^(?:通道|渠道) ?测试$/u },
    { act: 'test', when: /^(?:please )?test (?:the )?(?:channel)? ?(?:to|with|on)?$/iu },
    { act: 'code', when: new RegExp(`${please} ?(?:给|为|发|生成)? ?(?:发|生成|要)?(?:一个|个|的)? ?绑定码 ?(?:给)?${unknown}$`, 'iu') },
    {
      act: 'code',
      when: /^(?:please )?(?:make |give |get )?(?:me )?(?:a )?bind(?:ing)? code ?(?:for)? ?(?<name>[a-z][a-z .'-]{1,40})?$/iu,
    },
    {
      act: 'list',
      when: new RegExp(`${please}(?:查看|查询|查)? ?(?:的)?(?:账号|帐号)?的?(?:绑定(?:情况|状态|列表|名单)|绑定了吗)$`, 'iu'),
    },
    { act: 'list', when: /^(?:list )?(?:the )?(?:bound )?(?:accounts|bindings)(?: of)?$/iu },
    {
      act: 'revoke',
      when: new RegExp(`${please}(?:把|将)? ?(?:的)? ?(?:账号|帐号)?(?:解绑|解除绑定|取消绑定) ?(?:的)? ?(?:账号|帐号)?${unknown}$`, 'iu'),
    },
    { act: 'revoke', when: /^(?:please )?(?:unbind|revoke) ?(?:the )?(?:account)?(?: of| on| from)? ?(?<name>[a-z][a-z .'-]{1,40})?$/iu },
    {
      act: 'bind',
      when: new RegExp(
        `${please}(?:把|将)? ?(?:的)? ?(?:账号|帐号)?绑定${unknown} ?(?:的)?(?:账号|帐号)? ?(?:到|为|成|是|给)? ?(?<account>[!-~]{1,200})?$`,
        'iu',
      ),
    },
    { act: 'bind', when: /^(?:please )?bind ?(?:the )?(?:account)?(?: to| as| of)? ?(?<account>[!-~]{1,200})?$/iu },
  ],
};
