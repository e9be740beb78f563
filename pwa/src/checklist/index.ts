/** Checklists: their language, what follows from answers, what is wrong with them. No DOM, no Vue, no imports. */
export type {
  Answers,
  BothLanguages,
  Checklist,
  Condition,
  Consequence,
  LawReference,
  Question,
  QuestionKind,
  Section,
  TargetFacts,
} from './language'
export { questionsOf } from './language'
export type { Rule } from './answers'
export { DEFAULT_LENGTH, REASON_LENGTH } from './answers'
export type { Finding } from './rules'
export { photoQuestions, validate, visibleAnswers, visibleQuestions } from './rules'
export type { ResultCode } from './resultCodes'
export { RESULT_SENTENCES, consequencesOf, itemResultCodes, partResultCode, resultSentence } from './resultCodes'
export { lawDay } from './lawDay'
export type { Lack, LackRule, Need, OnSiteRecord, OutcomeKind } from './onSite'
export { NEEDS, OUTCOME_CODES, isBlank, lacking, resultCode } from './onSite'
export type { Mistake } from './mistakes'
export { checkChecklist, draftMistakes } from './mistakes'
