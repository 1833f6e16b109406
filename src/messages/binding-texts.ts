/** What an account hears that belongs to nobody yet: how to come in, and nothing about anybody. */
const zh = {
  unbound:
    '此账号尚未与值守人员绑定，刚才的操作没有生效。请联系局联络组办公室，由办公室核对本人后绑定此账号；在此之前请在值守网页的对话里应答。',
  how: '此账号尚未与值守人员绑定。请发送您登记的手机号，验证码会发到那部手机，再把六位验证码发到这里，即可绑定。',
  askOffice: '此账号尚未与值守人员绑定。请致电局联络组办公室索取绑定码，然后在这里发送“您的手机号 绑定码”。',
  codeSent: '如果这是登记的手机号，六位验证码已发出，10分钟内有效。请把验证码发到这里。',
  tooMany: '验证码要得太频繁，请一小时后再试，或联系局联络组办公室。',
  again: '刚才没有办成，请再发一次。',
  wrong: '验证码不对，请核对后再发。',
  spent: '没有可用的验证码，或它已失效。请重新发送手机号，或向局联络组办公室索取。',
  bound: '{name}，此账号已与您绑定，从现在起可以在这里应答。',
};

const en: typeof zh = {
  unbound:
    'This account is not bound to anybody on duty yet: what you pressed had no effect. Ask the office of the liaison group to check who you are and bind it; until then answer in the conversation on the duty page.',
  how: 'This account is not bound to anybody on duty yet. Send the mobile number you are registered with: a code goes to that phone. Then send the six digits here.',
  askOffice:
    'This account is not bound to anybody on duty yet. Call the office of the liaison group for a code, then send “your mobile number, code” here.',
  codeSent: 'If that number is registered, a six-digit code is on its way, good for 10 minutes. Send it here.',
  tooMany: 'Too many codes. Try again in an hour, or ask the office of the liaison group.',
  again: 'That did not go through. Please send it once more.',
  wrong: 'That is not the code. Please check it and send it again.',
  spent: 'There is no code, or it has expired. Send the mobile number again, or ask the office of the liaison group.',
  bound: '{name}, this account is yours now: you can answer here from now on.',
};

/** By language tag; Chinese where it names neither. */
export const bindingTextsOf = (language: string): typeof zh => (/^en\b/iu.test(language) ? en : zh);
