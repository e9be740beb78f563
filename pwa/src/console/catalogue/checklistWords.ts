import { questionsOf, resultSentence, type Checklist, type Condition, type Consequence, type Question } from '@/checklist'
import { inLanguage, language } from '@/messages/t'
import { t, texts } from '../t'

/** Conditions and rules of a checklist as sentences, for people who write it and people who read it. */
const answerText = (question: Question | undefined, value: string | number | boolean): string => {
  if (question?.kind === 'choice') {
    const label = question.options?.find((each) => each.value === value)?.label
    return (label && inLanguage(label)) || String(value)
  }
  return value === 'yes' ? t('cl.yes') : value === 'no' ? t('cl.no') : String(value)
}

/** Such as: 「是否公示价格？」为「否」, 且检查对象为企业. */
export function conditionText(condition: Condition, form: Checklist): string {
  if ('target' in condition) return t('cl.when.target', { kind: texts(`cl.kind_of.${condition.is}`) ?? condition.is })
  if ('question' in condition) {
    const question = questionsOf(form).find((each) => each.key === condition.question)
    return t('cl.when.question', { question: question ? inLanguage(question.text) || t('cl.no_words') : t('cl.lost_question'), answer: answerText(question, condition.is) })
  }
  if ('not' in condition) return t('cl.when.not', { what: conditionText(condition.not, form) })
  const every = 'all' in condition
  const group = every ? condition.all : condition.any
  if (group.length === 0) return t(every ? 'cl.when.always' : 'cl.when.never')
  return group.map((each) => conditionText(each, form)).join(t(every ? 'cl.when.and' : 'cl.when.or'))
}

/** What a question demands beside its words, one sentence each. */
export function rulesOf(question: Question, form: Checklist): readonly string[] {
  return [
    ...question.show_when ? [t('cl.rule.shown', { when: conditionText(question.show_when, form) })] : [],
    ...question.photo_when && question.kind !== 'photo' ? [photoRule(question.photo_when, question, form)] : [],
    ...question.required ? [] : [t('cl.rule.optional')],
    ...question.not_applicable ? [t('cl.rule.not_applicable')] : [],
    ...question.when_no ? [t('cl.rule.when_no', { what: t(`when_no.${question.when_no}`), result: resultOf(question.when_no) })] : [],
  ]
}

function photoRule(condition: Condition, question: Question, form: Checklist): string {
  if ('all' in condition && condition.all.length === 0) return t('cl.rule.photo_always')
  if ('question' in condition && condition.question === question.key) return t('cl.rule.photo_own', { answer: answerText(question, condition.is) })
  return t('cl.rule.photo', { when: conditionText(condition, form) })
}

/** The public sentence that a consequence leads to (domain.md section 4, result codes). */
export const resultOf = (consequence: Consequence) => resultSentence(consequence === 'case' ? 'awaiting_follow_up' : 'ordered_to_correct', language.value === 'en' ? 'en' : 'zh-CN')
