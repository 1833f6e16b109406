/** The words around files, with the limits that they speak of: the page knows the rules only through these. */
export { acceptedFiles, fileLimits } from '../domain/items/file-rules.ts';

export type FileTexts = typeof zh;

const zh = {
  attach: '添加文件',
  drop: '松开即添加文件',
  attached: '待发送的文件',
  remove: '移除 {name}',
  sending: '正在发送文件',
  notSaved: '“{name}”没有下载：可能已退出登录，或您无权查看。请刷新页面后再试。',
  /** For channels that files cannot come through. */
  notHere: '此处不能接收文件，文件没有收下。请在值守网页的对话里发送文件。',
  errors: {
    ZG_FILE_TOO_LARGE: '“{name}”超过 {mb} MB，请压缩或分开发送。',
    ZG_TOO_MANY_FILES: '一次最多发 {count} 个文件。',
    ZG_FILE_KIND: '“{name}”这类文件不收。可发 PDF、图片、Office 或 WPS 文档、OFD、文本、ZIP。',
    ZG_BAD_FILE: '“{name}”是空的，或内容与文件名不符。请打开核对，另存后再发。',
    ZG_TOO_LARGE: '文件合计太大，请分开发送。',
  } as { readonly [code: string]: string },
};

const en: FileTexts = {
  attach: 'Add files',
  drop: 'Let go to add the files',
  attached: 'Files to be sent',
  remove: 'Remove {name}',
  sending: 'Sending files',
  notSaved: '“{name}” was not saved: you may be signed out, or may not see it. Load the page anew and try again.',
  notHere: 'Files cannot be handed in here, and this one was not taken. Send it in the conversation on the duty page.',
  errors: {
    ZG_FILE_TOO_LARGE: '“{name}” is over {mb} MB: make it smaller, or send its parts.',
    ZG_TOO_MANY_FILES: 'At most {count} files at a time.',
    ZG_FILE_KIND: '“{name}” is of a kind that is not taken. PDF, pictures, Office or WPS documents, OFD, text and ZIP are.',
    ZG_BAD_FILE: '“{name}” is empty, or is not what its name says. Open it, save it again, and send that.',
    ZG_TOO_LARGE: 'Together the files are too large: send some of them later.',
  },
};

/** By language tag; Chinese where it names neither. */
export const fileTextsOf = (language: string): FileTexts => (/^en\b/iu.test(language) ? en : zh);
