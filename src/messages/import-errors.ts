import type { Finding, FindingCode } from '../domain/organisation/finding.ts';

/** What an import says about each finding: what is wrong, then what to do. `{…}` are the finding's fields. */
export type FindingTexts = { readonly [code in FindingCode]: string };

export type Locale = 'zh-CN' | 'en';

const chinese: FindingTexts = {
  ZG_FILE_MISSING: '找不到或无法读取文件“{file}”。请检查路径。',
  ZG_FILE_EMPTY: '文件“{file}”是空的。请重新导出后再导入。',
  ZG_FILE_TOO_LARGE: '文件“{file}”太大（上限20 MB）。请删去图片和无关的工作表后再导入。',
  ZG_FILE_UNPACKS_TOO_LARGE: '文件“{file}”解压后过大，已拒绝打开。请确认来源，另存为新的 .xlsx 后再导入。',
  ZG_NOT_A_WORKBOOK: '文件“{file}”不是 Excel 工作簿。请另存为 .xlsx 后再导入。',
  ZG_OLD_WORKBOOK: '文件“{file}”是旧格式（.xls、.et 或 .xlsb）。请用 Excel 或 WPS 另存为 .xlsx 后再导入。',
  ZG_WORKBOOK_LOCKED: '文件“{file}”设有打开密码。请取消密码后另存，再导入。',
  ZG_WORKBOOK_DAMAGED: '文件“{file}”已损坏，无法打开。请用 Excel 或 WPS 打开修复、另存后再导入。',
  ZG_WORKBOOK_EMPTY: '文件“{file}”里没有任何可见的内容。请检查是否选错了文件。',
  ZG_SHEET_TOO_LARGE: '工作表太大（最多5000行、500列）。请删去多余的行、列和大片合并单元格后再导入。',
  ZG_SHEET_SKIPPED: '已跳过该工作表：{reason}。',
  ZG_COLUMN_UNREAD: '“{text}”这一栏没有读取。如果里面有姓名或电话，请改写表头（如“联系人及电话”）后再导入。',
  ZG_NOTHING_RECOGNISED: '文件“{file}”里没有找到{what}。请检查是否选错了文件，表头是否完整。',
  ZG_CELL_UNREADABLE: '该单元格是出错或未计算的公式，按空白处理。请改为填写数值。',
  ZG_MORE_FAULTS: '问题太多，只列出前{count}条。请先改正这些。',
  ZG_UNIT_UNKNOWN: '不认识单位“{unit}”。请改为通讯录中的名称，或用 --map {unit}=单位名称 说明。',
  ZG_UNIT_AMBIGUOUS: '“{unit}”可能指：{candidates}。请写全称，或用 --map {unit}=单位名称 说明是哪一个。',
  ZG_UNIT_MISSING: '没有写明是哪个单位。请补上单位，或用 --map 工作表名=单位名称 说明。',
  ZG_MAP_UNKNOWN: '--map 指向的单位“{unit}”不在通讯录中。请写通讯录中的名称。',
  ZG_NAME_UNCLEAR: '看不清姓名“{text}”。请用顿号隔开每个人。',
  ZG_NAME_MISSING: '有电话但没有姓名。请补上姓名。',
  ZG_PHONE_INVALID: '电话“{text}”不是有效号码。请填11位手机号。',
  ZG_SECOND_PHONE: '一个人有多个手机号，只用第一个，没有采用“{text}”。',
  ZG_EMAIL_INVALID: '“{text}”不是有效的邮箱地址，没有采用。请改为 name@example.cn 这样的地址。',
  ZG_PHONE_MISSING: '{person}没有手机号。请补上11位手机号。',
  ZG_PHONE_SHARED: '{person}与{other}（{sheet} {cell}）的手机号相同。请核对是谁的号码。',
  ZG_ROLE_UNKNOWN: '没有写明{person}担任什么。请在“可担任”一栏写明（如带班领导、值班员）。',
  ZG_UNIT_TWICE: '单位“{unit}”出现了两次（另见{sheet} {cell}）。请合并为一行。',
  ZG_LIAISON_MISSING: '{unit}没有联络人。每个单位须有且只有一名联络人，请补上。',
  ZG_LIAISON_TWICE: '{unit}有多名联络人。每个单位只能有一名，请保留一名。',
  ZG_CONTACT_MISSING: '{unit}没有联系人。每个单位须有且只有一名联系人，请补上。',
  ZG_CONTACT_TWICE: '{unit}有多名联系人。每个单位只能有一名，请保留一名。',
  ZG_PRINCIPAL_MISSING: '{unit}没有主要负责人，升级到一把手时将无人可找。',
  ZG_LIAISON_IS_CONTACT: '{unit}的联络人和联系人是同一个人，找不到时没有第二个人可找。',
  ZG_GROUP_LEADER_MISSING: '{unit}没有组长。',
  ZG_GROUP_LEADER_TWICE: '{unit}有多名组长。',
  ZG_NAME_CHANGED: '该手机号原来登记为{before}，已更正为{person}。如果换了人，请核对。',
  ZG_SAME_NAME_IN_UNIT: '同一单位有两个{person}，手机号不同。请核对是否为同一人。',
  ZG_CONTACTS_FIRST: '还没有通讯录，认不出值班人员。请先导入通讯录（import contacts）。',
  ZG_YEAR_MISSING: '表中没有写年份。请在标题中写明，或用 --year 说明。',
  ZG_DATE_UNCLEAR: '看不懂日期“{text}”。请写成“8月27日”这样的日期。',
  ZG_DATE_MISSING: '这一行有人但没有日期。请补上日期。',
  ZG_DAY_TWICE: '{unit}在{date}有两行（另见{cell}）。请保留一行。',
  ZG_DAY_MISSING: '缺少{date}：{unit}空岗{hours}小时。请补上这一天的值班人员。',
  ZG_POST_EMPTY: '{unit}在{date}没有人值班：空岗{hours}小时。请补上值班人员。',
  ZG_WEEKDAY_WRONG: '{date}是{is}，表中写的是{says}。请核对日期和星期。',
  ZG_PERSON_UNKNOWN: '{person}不在通讯录中。请先补入通讯录，或改正姓名、电话。',
  ZG_PERSON_AMBIGUOUS: '通讯录中有{count}个{person}。请写上手机号。',
  ZG_PERSON_UNCLEAR: '姓名是{person}，手机号却是{other}的。请核对是谁值班。',
  ZG_PERSON_TWICE: '{person}在{date}同一班次中出现了两次。请改为两个不同的人。',
  ZG_PERSON_ELSEWHERE: '{unit}在{date}的值班人员同时也在{other}值班。请核对。',
  ZG_NOT_OF_UNIT: '{person}不是{unit}登记的人员。请核对。',
  ZG_PHONE_DIFFERS: '{person}的手机号与通讯录不一致，按通讯录的号码联系。请核对。',
  ZG_NAME_DIFFERS: '该手机号在通讯录中是{other}，表中写的是{person}。按手机号认定，请核对。',
  ZG_TEAM_STAYS: '{unit}同一班人从{from}到{to}连续值班{days}天（{hours}小时）。请确认。',
  ZG_HEADCOUNT: '{unit}在{date}只有{have}人值班，至少需要{need}人。请补足。',
  ZG_LEADER_MISSING: '{unit}在{date}没有带班领导。',
  ZG_SHIFTS_OVERLAP: '{unit}在{date}的班次与{other}的班次时间重叠。请核对值班时间。',
  ZG_HOURS_MISSING: '没有写明{date}这类日子的值班时间。请在备注中写明，如“值班时间为当日8:30至次日8:30”。',
  ZG_HOURS_ASSUMED: '表中没有写值班时间，按保障期设定的时间处理。',
  ZG_HOURS_OPEN: '{unit}在{date}之前有{hours}小时没有排班，以后每遇这种情况都如此。请确认这段时间由谁值守。',
  ZG_HOURS_UNCLEAR: '备注中有几种值班时间，看不出{date}是哪一种。请写明白班、夜班各是谁。',
  ZG_OUTSIDE_CAMPAIGN:
    '全部{count}个班次（{date}至{last}）都不在保障期（{from}至{to}）内，导入后不会有人值班。请核对年份（标题，或用 --year 说明）；保障期不对的，先改保障期的起止时间，再导入。',
  ZG_PARTLY_OUTSIDE_CAMPAIGN:
    '有{count}个班次（{date}至{last}）不在保障期（{from}至{to}）内，这些班次不会查岗。请核对日期和年份；保障期不对的，请改保障期的起止时间。',
  ZG_LANDLINE_INVALID: '值班电话“{text}”不是有效号码，没有采用。',
  ZG_NUMBER_MISSING: '没有受理编号。请补上编号。',
  ZG_NUMBER_UNREADABLE: '看不懂受理编号“{text}”。请写成 D2SD202108280001 这样的编号。',
  ZG_TEXT_MISSING: '没有写内容。请补上问题基本情况或资料名称。',
  ZG_CASE_TWICE: '受理编号{number}在同一批中出现了两次（另见{sheet} {cell}），内容相同，按一件处理。',
  ZG_CASE_AGAIN: '受理编号{number}在前面的批次中已有（{sheet} {cell}），以本行为准。',
  ZG_CASE_DIFFERS: '受理编号{number}在同一批中出现了两次（另见{sheet} {cell}），内容不同。请核对编号。',
  ZG_REQUEST_TWICE: '同一单位的同一份资料出现了两次（另见{sheet} {cell}），按一件处理。',
  ZG_LIMIT_UNREADABLE: '看不懂时限“{text}”。请写成“8月31日17:00前”或“3日内”这样的时限。',
  ZG_LIMIT_MISSING: '没有写时限。请补上时限。',
  ZG_LIMIT_BEFORE: '时限“{text}”早于交办时间。请核对时限、年份和交办时间。',
  ZG_LIMIT_CLOSE: '时限{at}距交办只有{hours}小时，请立即通知。',
  ZG_LIMIT_SAME_DAY: '时限{at}就在交办当日。请核对交办的钟点，并立即通知。',
  ZG_LIMIT_PAST: '时限{at}已过。请核对。',
  ZG_HANDED_OVER_NEEDED: '时限“{text}”要从交办的时刻算起，清单没有写明。请用 --handed-over-at 说明，如 2021-08-29T08:00+08:00。',
  ZG_HANDED_OVER_ASSUMED: '清单没有写交办日期，{count}件按受理编号中的日期起算。如有不符，请用 --handed-over-at 说明。',
  ZG_ANSWERS_NOTED: '“{text}”等办理结果已记入各件（“清单所载”），不作为签字盖章或办结的依据，各件仍按未办结处理。',
  ZG_LIST_COLUMN_UNREAD: '“{text}”这一栏没有读取。如果里面有问题内容、单位或时限，请改写表头（如“办理时限”）后再导入。',
  ZG_REQUEST_LEFT: '{number}原来的责任单位在清单中不再列入，但该件已经报送或内容已变，没有撤回。请核对。',
  ZG_REQUEST_WITHDRAWN: '{number}对该单位的调阅此前已撤回，清单再次列入没有采用。仍需调阅的，请由办公室新增。',
  ZG_ITEM_ENDED: '{number}已经办结销号，清单中的更正没有采用。请核对。',
};

const english: FindingTexts = {
  ZG_FILE_MISSING: 'The file "{file}" is not there or can\'t be read. Check the path.',
  ZG_FILE_EMPTY: 'The file "{file}" is empty. Export it again.',
  ZG_FILE_TOO_LARGE: 'The file "{file}" is too large (20 MB at most). Remove pictures and other sheets.',
  ZG_FILE_UNPACKS_TOO_LARGE:
    'The file "{file}" unpacks to far too much and was not opened. Check where it comes from and save it anew as .xlsx.',
  ZG_NOT_A_WORKBOOK: 'The file "{file}" is no Excel workbook. Save it as .xlsx.',
  ZG_OLD_WORKBOOK: 'The file "{file}" has an old format (.xls, .et or .xlsb). Save it as .xlsx.',
  ZG_WORKBOOK_LOCKED: 'The file "{file}" has a password. Remove the password and save it again.',
  ZG_WORKBOOK_DAMAGED: 'The file "{file}" is damaged. Open it in Excel or WPS, let it be repaired, and save it again.',
  ZG_WORKBOOK_EMPTY: 'The file "{file}" shows nothing. Check that it is the right one.',
  ZG_SHEET_TOO_LARGE: 'The sheet is too large (5,000 rows and 500 columns at most). Remove what is not needed, large merged areas too.',
  ZG_SHEET_SKIPPED: 'The sheet was left out: {reason}.',
  ZG_COLUMN_UNREAD: 'The column "{text}" was not read. If it holds names or numbers, change its heading.',
  ZG_NOTHING_RECOGNISED: 'There is no {what} in "{file}". Check that it is the right file and that its headers are complete.',
  ZG_CELL_UNREADABLE: 'The cell holds a failed or uncomputed formula and counts as empty. Type the value.',
  ZG_MORE_FAULTS: 'Too many findings: only the first {count} are listed. Put those right first.',
  ZG_UNIT_UNKNOWN: 'The unit "{unit}" is unknown. Use its name in the contact list, or say --map {unit}=NAME.',
  ZG_UNIT_AMBIGUOUS: '"{unit}" may be: {candidates}. Write the full name, or say --map {unit}=NAME.',
  ZG_UNIT_MISSING: 'It does not say which unit this is. Add the unit, or say --map SHEET=NAME.',
  ZG_MAP_UNKNOWN: 'The unit "{unit}" given with --map is not in the contact list. Use its name there.',
  ZG_NAME_UNCLEAR: 'The name "{text}" is unclear. Put a comma between people.',
  ZG_NAME_MISSING: 'There is a number and no name. Add the name.',
  ZG_PHONE_INVALID: '"{text}" is no valid number. Give a mobile number of 11 digits.',
  ZG_SECOND_PHONE: 'One person has several mobile numbers: only the first is used, not "{text}".',
  ZG_EMAIL_INVALID: '"{text}" is no e-mail address and was left out. Write one like name@example.cn.',
  ZG_PHONE_MISSING: '{person} has no mobile number. Add it.',
  ZG_PHONE_SHARED: '{person} has the same number as {other} ({sheet} {cell}). Find out whose it is.',
  ZG_ROLE_UNKNOWN: 'It does not say what {person} does. Add the role.',
  ZG_UNIT_TWICE: 'The unit "{unit}" is there twice (see {sheet} {cell}). Make it one row.',
  ZG_LIAISON_MISSING: '{unit} has no liaison. Each unit has exactly one: add them.',
  ZG_LIAISON_TWICE: '{unit} has several liaisons. Each unit has exactly one: keep one.',
  ZG_CONTACT_MISSING: '{unit} has no contact. Each unit has exactly one: add them.',
  ZG_CONTACT_TWICE: '{unit} has several contacts. Each unit has exactly one: keep one.',
  ZG_PRINCIPAL_MISSING: '{unit} has no principal: that rung of the ladder finds nobody.',
  ZG_LIAISON_IS_CONTACT: 'Liaison and contact of {unit} are one person: there is no second to call.',
  ZG_GROUP_LEADER_MISSING: '{unit} has no leader.',
  ZG_GROUP_LEADER_TWICE: '{unit} has several leaders.',
  ZG_NAME_CHANGED: 'The number was known as {before} and is now {person}. Check it if it is somebody else.',
  ZG_SAME_NAME_IN_UNIT: 'There are two {person} with different numbers in one unit. Check whether they are one person.',
  ZG_CONTACTS_FIRST: 'There is no contact list yet. Import it first (import contacts).',
  ZG_YEAR_MISSING: 'The year is nowhere. Put it into the title, or say --year.',
  ZG_DATE_UNCLEAR: 'The date "{text}" is unclear.',
  ZG_DATE_MISSING: 'The row has people and no date. Add the date.',
  ZG_DAY_TWICE: '{unit} has {date} twice (see {cell}). Keep one row.',
  ZG_DAY_MISSING: '{date} is missing: {unit} would stand empty for {hours} hours. Add who is on duty.',
  ZG_POST_EMPTY: 'Nobody is on duty for {unit} on {date}: empty for {hours} hours. Add who is on duty.',
  ZG_WEEKDAY_WRONG: '{date} is a {is}, the sheet says {says}. Check date and weekday.',
  ZG_PERSON_UNKNOWN: '{person} is not in the contact list. Add them there, or correct name or number.',
  ZG_PERSON_AMBIGUOUS: 'The contact list has {count} people named {person}. Add the mobile number.',
  ZG_PERSON_UNCLEAR: 'The name is {person}, the number is that of {other}. Find out who is on duty.',
  ZG_PERSON_TWICE: '{person} is twice in one shift on {date}. Name two different people.',
  ZG_PERSON_ELSEWHERE: 'Somebody on duty for {unit} on {date} is on duty for {other} too. Check it.',
  ZG_NOT_OF_UNIT: '{person} is not known to belong to {unit}. Check it.',
  ZG_PHONE_DIFFERS: 'The number of {person} is not the one in the contact list, which is used. Check it.',
  ZG_NAME_DIFFERS: 'The number belongs to {other}, the sheet says {person}. The number counts. Check it.',
  ZG_TEAM_STAYS: '{unit}: the same team stands for {days} days from {from} to {to} ({hours} hours). Make sure that it is meant.',
  ZG_HEADCOUNT: '{unit} has {have} on duty on {date} and needs {need}. Add somebody.',
  ZG_LEADER_MISSING: '{unit} has no shift leader on {date}.',
  ZG_SHIFTS_OVERLAP: 'The shift of {unit} on {date} runs into that of {other}. Check the hours.',
  ZG_HOURS_MISSING: 'The hours of duty for days like {date} are nowhere. Put them into a note.',
  ZG_HOURS_ASSUMED: 'The sheet gives no hours of duty: those of the campaign are used.',
  ZG_HOURS_OPEN: '{unit}: {hours} hours before {date} are covered by no shift, and so on later days. Make sure who is there.',
  ZG_HOURS_UNCLEAR: 'The note has several hours of duty, and it is unclear which hold on {date}.',
  ZG_OUTSIDE_CAMPAIGN:
    'All {count} shifts ({date} to {last}) lie outside of the campaign ({from} to {to}): nobody would ever be on duty. Check the year (in the title, or say --year); where the campaign is what is wrong, change its dates first and import again.',
  ZG_PARTLY_OUTSIDE_CAMPAIGN:
    '{count} shifts ({date} to {last}) lie outside of the campaign ({from} to {to}): nobody is asked in them. Check dates and year; where the campaign is what is wrong, change its dates.',
  ZG_LANDLINE_INVALID: 'The landline "{text}" is no valid number and was left out.',
  ZG_NUMBER_MISSING: 'The case number is missing. Add it.',
  ZG_NUMBER_UNREADABLE: '"{text}" is no case number. Write it like D2SD202108280001.',
  ZG_TEXT_MISSING: 'It does not say what it is about. Add the text.',
  ZG_CASE_TWICE: 'The number {number} is there twice in one batch (see {sheet} {cell}) with the same text and counts once.',
  ZG_CASE_AGAIN: 'The number {number} is in an earlier batch of the file (see {sheet} {cell}); this row counts.',
  ZG_CASE_DIFFERS: 'The number {number} is there twice in one batch (see {sheet} {cell}) with different texts. Check the number.',
  ZG_REQUEST_TWICE: 'The same document is asked of the same unit twice (see {sheet} {cell}) and counts once.',
  ZG_LIMIT_UNREADABLE: 'The time limit "{text}" is unclear. Write a date with its hour, or a number of days.',
  ZG_LIMIT_MISSING: 'The time limit is missing. Add it.',
  ZG_LIMIT_BEFORE: 'The time limit "{text}" lies before handing over. Check the limit, the year and the time of handing over.',
  ZG_LIMIT_CLOSE: 'Due at {at}, only {hours} hours after handing over. Tell the unit at once.',
  ZG_LIMIT_SAME_DAY: 'Due at {at}, on the day of handing over. Check the hour of handing over, and tell the unit at once.',
  ZG_LIMIT_PAST: 'It was due at {at}. Check it.',
  ZG_HANDED_OVER_NEEDED:
    'The time limit "{text}" counts from the hour of handing over, which is nowhere. Say --handed-over-at, like 2021-08-29T08:00+08:00.',
  ZG_HANDED_OVER_ASSUMED:
    'The list does not say when it was handed over: {count} items count from the date in their number. Say --handed-over-at if that is wrong.',
  ZG_ANSWERS_NOTED:
    'What the list says was done ("{text}" and more) is kept with each case as what the list says; it signs and closes nothing: they count as open.',
  ZG_LIST_COLUMN_UNREAD:
    'The column "{text}" was not read. If it holds the text, the units or the limits, rename its heading (for example "办理时限") and import again.',
  ZG_REQUEST_LEFT:
    'The list names a unit of {number} no longer; it was not withdrawn, for it was handed in or asks for something else by now. Check it.',
  ZG_REQUEST_WITHDRAWN:
    '{number} was withdrawn from this unit before; the list naming it again was not taken. Add it by hand where it is still wanted.',
  ZG_ITEM_ENDED: '{number} is closed for good: what the list says otherwise was not taken. Check it.',
};

const words: { readonly [locale in Locale]: { readonly weekdays: readonly string[]; readonly values: Readonly<Record<string, string>> } } =
  {
    'zh-CN': {
      weekdays: ['', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'],
      values: {
        empty: '没有内容',
        hidden: '已隐藏',
        unrecognised: '不是可识别的表格',
        contacts: '通讯录',
        roster: '值班表',
        batch: '转办清单',
        requests: '调阅资料清单',
      },
    },
    en: {
      weekdays: ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
      values: {
        empty: 'nothing in it',
        hidden: 'hidden',
        unrecognised: 'no table that is known',
        contacts: 'contact list',
        roster: 'roster',
        batch: 'batch of cases',
        requests: 'list of documents asked for',
      },
    },
  };

const texts: { readonly [locale in Locale]: FindingTexts } = { 'zh-CN': chinese, en: english };

/** What is said otherwise to whoever types no command: in the chat and on the page. */
const withoutCommands: { readonly [locale in Locale]: Partial<FindingTexts> } = {
  'zh-CN': {
    ZG_UNIT_UNKNOWN: '不认识单位“{unit}”。请改为通讯录中的名称；在“设置”页导入时也可以直接选定是哪个单位。',
    ZG_UNIT_AMBIGUOUS: '“{unit}”可能指：{candidates}。请写全称；在“设置”页导入时也可以直接选定是哪一个。',
    ZG_UNIT_MISSING: '没有写明是哪个单位。请补上单位；整张工作表是一个单位的，在“设置”页导入时也可以直接选定。',
    ZG_MAP_UNKNOWN: '选定的单位“{unit}”不在通讯录中。请重新选。',
    ZG_YEAR_MISSING: '表中没有写年份。请在标题中写明；在“设置”页导入时也可以直接填。',
    ZG_OUTSIDE_CAMPAIGN:
      '全部{count}个班次（{date}至{last}）都不在保障期（{from}至{to}）内，导入后不会有人值班。请核对标题中的年份；保障期不对的，先在“设置”页改保障期的起止时间，再导入。',
    ZG_PARTLY_OUTSIDE_CAMPAIGN:
      '有{count}个班次（{date}至{last}）不在保障期（{from}至{to}）内，这些班次不会查岗。请核对日期和年份；保障期不对的，请在“设置”页改保障期的起止时间。',
  },
  en: {
    ZG_UNIT_UNKNOWN: 'The unit "{unit}" is unknown. Use its name in the contact list, or choose the unit while importing on the page.',
    ZG_UNIT_AMBIGUOUS: '"{unit}" may be: {candidates}. Write the full name, or choose the unit while importing on the page.',
    ZG_UNIT_MISSING: 'It does not say which unit this is. Add the unit; of a whole sheet it can be chosen while importing on the page.',
    ZG_MAP_UNKNOWN: 'The unit "{unit}" that was chosen is not in the contact list. Choose another.',
    ZG_YEAR_MISSING: 'The year is nowhere. Put it into the title, or give it while importing on the page.',
    ZG_OUTSIDE_CAMPAIGN:
      'All {count} shifts ({date} to {last}) lie outside of the campaign ({from} to {to}): nobody would ever be on duty. Check the year in the title; where the campaign is what is wrong, change its dates under set-up first and import again.',
    ZG_PARTLY_OUTSIDE_CAMPAIGN:
      '{count} shifts ({date} to {last}) lie outside of the campaign ({from} to {to}): nobody is asked in them. Check dates and year; where the campaign is what is wrong, change its dates under set-up.',
  },
};

const weekdayParams = ['is', 'says'];
const wordParams = ['reason', 'what'];

/** The sentence for a finding. `hasCommands`: whoever reads it types commands, and can answer what a file leaves open there. */
export const renderFinding = (finding: Finding, locale: Locale, hasCommands = true): string => {
  const { weekdays, values } = words[locale];
  const fields: Readonly<Record<string, string | number | undefined>> = {
    ...finding.params,
    date: finding.date,
    unit: finding.unit,
    person: finding.person,
  };
  const text = (hasCommands ? undefined : withoutCommands[locale][finding.code]) ?? texts[locale][finding.code];
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name] ?? '';
    if (weekdayParams.includes(name)) return weekdays[Number(value)] ?? String(value);
    return wordParams.includes(name) ? (values[String(value)] ?? String(value)) : String(value);
  });
};
