/** Result codes of a public record and their fixed sentences; twin of backend/palmcheck/catalogue/result_codes.py. */
import { valueOf } from './answers'
import { questionsOf, type Answers, type BothLanguages, type Checklist, type Consequence, type TargetFacts } from './language'
import { visibleAnswers } from './rules'

/** The usual sentences of the national publicity system [GK], fixed so that page, export and phone say the same. */
export const RESULT_SENTENCES = {
  no_problem_found: { 'zh-CN': '未发现问题', en: 'No problem found' },
  information_not_published: {
    'zh-CN': '未按规定公示应当公示的信息',
    en: 'Information that must be public was not published',
  },
  information_false: { 'zh-CN': '公示信息隐瞒真实情况、弄虚作假', en: 'Published information was concealed or false' },
  cannot_be_contacted: {
    'zh-CN': '通过登记的住所（经营场所）无法联系',
    en: 'Cannot be contacted at the registered address',
  },
  ordered_to_correct: { 'zh-CN': '发现问题已责令改正', en: 'Problem found, ordered to correct' },
  refused_to_cooperate: { 'zh-CN': '不配合检查情节严重', en: 'Refused to cooperate, serious' },
  business_not_carried_on: {
    'zh-CN': '未发现开展本次抽查涉及的经营活动',
    en: 'The business that was to be checked is not carried on',
  },
  awaiting_follow_up: { 'zh-CN': '发现问题待后续处理', en: 'Problem found, awaiting follow-up' },
  other: { 'zh-CN': '其他', en: 'Other' },
} as const satisfies Readonly<Record<string, BothLanguages>>

export type ResultCode = keyof typeof RESULT_SENTENCES

/** The fixed sentence of a code. */
export function resultSentence(code: ResultCode, language: 'zh-CN' | 'en'): string {
  return RESULT_SENTENCES[code][language]
}

/** What the form suggests for each shown question answered no, by its key. */
export function consequencesOf(checklist: Checklist, answers: Answers, target: TargetFacts): Record<string, Consequence | null> {
  const given = visibleAnswers(checklist, answers, target)
  const no = questionsOf(checklist).filter((question) => question.kind === 'yes_no' && Object.hasOwn(given, question.key) && valueOf(given[question.key]) === 'no')
  return Object.fromEntries(no.map((question) => [question.key, question.when_no ?? null]))
}

/**
 * What a department's part comes to: the gravest consequence of what was answered no.
 * Hidden answers do not count, nor does a no to a question that suggests nothing.
 */
export function partResultCode(checklist: Checklist, answers: Answers, target: TargetFacts): ResultCode {
  const consequences = Object.values(consequencesOf(checklist, answers, target)).filter((each) => each !== null)
  if (consequences.includes('case')) return 'awaiting_follow_up'
  return consequences.length > 0 ? 'ordered_to_correct' : 'no_problem_found'
}

/** The code of each item: the part's own, because a checklist v1 asks about its items together. */
export function itemResultCodes(itemCodes: readonly string[], partCode: ResultCode): Record<string, ResultCode> {
  return Object.fromEntries(itemCodes.map((code) => [code, partCode]))
}
