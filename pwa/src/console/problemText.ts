import type { Problem } from '@/api/problem'
import { fill } from '@/messages/t'
import { t, texts } from './t'

/** A problem as the reader sees it: what is wrong, and what to do where we know it. */
export interface ProblemWords { readonly what: string; readonly todo: string | undefined }

/** An unknown code shows what the server wrote in the reader's language, and never nothing. */
export function problemText(problem: Problem): ProblemWords {
  const values = { ...problem.params, rule: problem.rule ?? '', field: problem.field ?? '' }
  const own = texts(`problem.${problem.code}`)
  const todo = texts(`todo.${problem.code}`)
  const what = own ?? problem.detail ?? problem.title ?? t('problem.unknown', { code: problem.code })
  return { what: fill(what, values), todo: todo && fill(todo, values) }
}
