/** One answer to one question: what it says and what is wrong with it. Twin of checklist_answers.py, step by step. */
import type { Question } from './language'

export type Rule =
  | 'required'
  | 'kind'
  | 'option'
  | 'range'
  | 'decimals'
  | 'length'
  | 'date'
  | 'photo'
  | 'unknown_question'
  | 'hidden'
  | 'not_applicable_reason'
  | 'not_applicable_not_allowed'

/** Most code points of a text that names no length of its own. */
export const DEFAULT_LENGTH = 2000
/** Most code points of the reason for "not applicable". */
export const REASON_LENGTH = 200

// Spelled out, because the white space of `trim` and of Python's `strip` differ.
const BLANK = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*$/u
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/

/** The one field of `{ [field]: .. }`, if the answer has it and nothing else. */
function only(field: string, answer: unknown): { readonly value: unknown } | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined
  const fields = Object.entries(answer)
  return fields.length === 1 && fields[0]?.[0] === field ? { value: fields[0][1] } : undefined
}

/** The value of `{ value: .. }`; undefined for anything else. */
export function valueOf(answer: unknown): unknown {
  return only('value', answer)?.value
}

/** Whether it is `{ not_applicable: .. }`, whatever the reason. */
export function isNotApplicable(answer: unknown): boolean {
  return only('not_applicable', answer) !== undefined
}

/** Whether it is a text without a visible character: as good as no answer. */
export function isBlank(question: Question, answer: unknown): boolean {
  const value = valueOf(answer)
  return question.kind === 'text' && typeof value === 'string' && BLANK.test(value)
}

/** The first rule that an answer breaks; null if it is a good one. */
export function mistakeIn(question: Question, answer: unknown): Rule | null {
  const reason = only('not_applicable', answer)
  return reason ? mistakeInReason(question, reason.value) : mistakeInValue(question, valueOf(answer))
}

function mistakeInValue(question: Question, value: unknown): Rule | null {
  switch (question.kind) {
    case 'yes_no':
      return mistakeInChoice(['yes', 'no'], value)
    case 'choice':
      return mistakeInChoice((question.options ?? []).map((option) => option.value), value)
    case 'number':
      return mistakeInNumber(question, value)
    case 'text':
      return mistakeInText(question.max_length ?? DEFAULT_LENGTH, value)
    case 'date':
      return mistakeInDate(value)
    case 'photo':
      return 'kind'
  }
}

function mistakeInReason(question: Question, reason: unknown): Rule | null {
  if (!question.not_applicable) return 'not_applicable_not_allowed'
  const good = isKeepable(reason) && !BLANK.test(reason) && codePoints(reason) <= REASON_LENGTH
  return good ? null : 'not_applicable_reason'
}

function mistakeInChoice(options: readonly string[], value: unknown): Rule | null {
  if (typeof value !== 'string') return 'kind'
  return options.includes(value) ? null : 'option'
}

function mistakeInNumber(question: Question, value: unknown): Rule | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'kind'
  const low = Math.max(question.minimum ?? Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER)
  const high = Math.min(question.maximum ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (value < low || value > high) return 'range'
  return hasDecimals(value, question.decimals ?? 0) ? null : 'decimals'
}

export function hasDecimals(value: number, decimals: number): boolean {
  if (value === Math.floor(value)) return true
  const scale = 10 ** decimals
  return Math.floor(value * scale + 0.5) / scale === value
}

function mistakeInText(longest: number, value: unknown): Rule | null {
  if (!isKeepable(value)) return 'kind'
  return codePoints(value) > longest ? 'length' : null
}

function mistakeInDate(value: unknown): Rule | null {
  if (typeof value !== 'string') return 'kind'
  const [year = 0, month = 0, day = 0] = (DATE.exec(value) ?? []).slice(1).map(Number)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? null : 'date'
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** A text that a database and the canonical form take: no zero character, no half of a surrogate pair. */
function isKeepable(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && !/\p{Surrogate}/u.test(value)
}

function codePoints(text: string): number {
  return Array.from(text).length
}
