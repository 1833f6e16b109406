/** What is said about a change of shift. Everything is compared with the whole message, without its marks at either end. */

/** What follows is a note for whoever comes. */
export const handoverNote = /^\s*(?:(?:交接班?|交班)备注|hand-?over note)(?:\s*[:：,，]\s*|\s+)([\s\S]+)$/iu;

/** Said by whoever comes, and nothing but that: a question, a negation or a future never accepts. */
export const handoverAccepted =
  /^(?:我|本人)?(?:已经?|现在|来|同意|确认|可以)?(?:接班|接岗|交接班?)(?:完毕|完成|完|了)?$|^(?:i(?:'m| am| have|'ve)? )?(?:taking over|take over|taken over|took over)(?: (?:the |my )?(?:shift|post))?$/iu;

/** Whoever comes cannot yet. */
export const handoverDelayed =
  /^(?:我|本人)?(?:暂时?|现在|目前|还)?(?:不能|无法|没法|赶不到|来不及|不方便)(?:按时|准时|及时)?(?:接班|接岗|交接)(?:了)?$|^(?:i )?(?:can'?t|cannot) take over(?: yet| now)?$/iu;

/** What was handed over before. */
export const handoverLog = /交接班?的?(?:记录|日志|台账)|hand-?over (?:log|record)s?/iu;

/** Marks and courtesies at either end that change nothing. */
export const handoverEdges = /^[\s"'“”「」【】()（）]+|(?<![\s"'“”「」【】()（）.!。！,，;；~～])[\s"'“”「」【】()（）.!。！,，;；~～]+$/gu;
