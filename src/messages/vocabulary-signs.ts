/** Traditional characters of the words that are understood, and marks that keyboards produce for a question mark. */
const traditional =
  '崗岗報报請请領领導导謝谢誰谁嗎吗沒没現现後后馬马時时間间點点鐘钟號号週周禮礼個个換换頂顶辦办結结簽签進进達达還还來来過过離离處处對对啟启動动園园歷历區区縣县陰阴陽阳蕪芜鋼钢鎮镇蔭荫橋桥長长樣样麼么麽么為为說说問问題题幫帮銷销誤误緊紧員员聯联絡络輪轮轉转給给別别電电話话應应無无們们這这邊边裡里裏里會会兒儿開开關关幾几從从讓让錯错難难單单準准駁驳絕绝審审圖图檢检體体總总覽览況况態态勢势項项務务業业張张陳陈趙赵劉刘楊杨孫孙吳吴馮冯韓韩許许鄧邓葉叶蘇苏蔣蒋魯鲁羅罗蕭萧賈贾鍾钟廣广東东國国慶庆認认悉悉級级組组隊队書书記记場场設设規规劃划發发展展築筑續续連连線线專专職职責责屬属實实況况遲迟線线補补嚴严經经歸归';

const fromTraditional = Object.fromEntries(
  [...traditional.matchAll(/(.)(.)/gu)].map((match) => [match[1]!, match[2]!]).filter(([from, to]) => from !== to),
) as {
  readonly [character: string]: string;
};

export const folds: { readonly [character: string]: string } = {
  ...fromTraditional,
  '‘': "'",
  '’': "'",
  '´': "'",
  '`': "'",
  '؟': '?',
  '︖': '?',
  '‽': '?',
  '⸮': '?',
  '❓': '?',
  '❔': '?',
  '｡': '。',
};

/** Chat programs send pictures as characters or as names in brackets. What is not here and no letter says nothing. */
export const signs: { readonly [sign: string]: string } = {
  '👌': ' [ok] ',
  '👍': ' [ok] ',
  '✅': ' [ok] ',
  '☑': ' [ok] ',
  '✔': ' [ok] ',
  '🆗': ' [ok] ',
  '🫡': ' [ok] ',
  '🙋': ' [ok] ',
  '[强]': ' [ok] ',
  '[赞]': ' [ok] ',
  '[ok]': ' [ok] ',
  '[好的]': ' [ok] ',
  '[收到]': ' [ok] ',
  '[敬礼]': ' [ok] ',
  '[thumbsup]': ' [ok] ',
  '/强': ' [ok] ',
  '/ok': ' [ok] ',
  '(y)': ' [ok] ',
  '[抱拳]': ' ',
  '[握手]': ' ',
  '[合十]': ' ',
  '[玫瑰]': ' ',
  '[微笑]': ' ',
  '[愉快]': ' ',
  '[呲牙]': ' ',
  '[憨笑]': ' ',
  '[太阳]': ' ',
  '[咖啡]': ' ',
  '[加油]': ' ',
  '[鼓掌]': ' ',
  '[庆祝]': ' ',
  '[疑问]': ' [?] ',
  '[思考]': ' [?] ',
  '🤔': ' [?] ',
  '❌': ' [no] ',
  '✖': ' [no] ',
  '👎': ' [no] ',
  '🚫': ' [no] ',
  '🙅': ' [no] ',
  '⛔': ' [no] ',
  '[弱]': ' [no] ',
  '[no]': ' [no] ',
  '🆘': ' sos ',
};
