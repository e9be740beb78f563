import { shallowRef } from 'vue'
import { fill, language, type Language, type Values } from '@/messages/t'
import type { Problem } from '@/offline'
import { t, texts } from './t'

/** The server's refusals, in the words the server itself uses; loaded when the first one has to be shown. */
const sources: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  'zh-CN': () => import('@problems/problems.zh-CN.json'),
  en: () => import('@problems/problems.en.json'),
}
const loaded = shallowRef<Partial<Record<Language, Record<string, string>>>>({})

async function load(wanted: Language): Promise<void> {
  const { default: catalogue } = await sources[wanted]()
  loaded.value = { ...loaded.value, [wanted]: catalogue }
}

export interface ProblemWords { readonly title?: string; readonly detail: string }

/** The shared catalogue writes `title|detail`; texts without a title are one sentence. */
export function wordsOf(text: string): ProblemWords {
  const bar = text.indexOf('|')
  return bar < 0 ? { detail: text } : { title: text.slice(0, bar), detail: text.slice(bar + 1) }
}

/** A problem in words. An unknown code shows what the server wrote, and never nothing. */
export function problemWords(problem: Problem): ProblemWords {
  const params: Values = { ...asValues(problem.params), rule: problem.rule ?? '', field: problem.field ?? '' }
  const own = texts(`problem.${problem.code}`)
  if (own) return { detail: fill(own, params) }
  const catalogue = loaded.value[language.value]
  if (!catalogue) void load(language.value).catch(() => undefined)
  const shared = catalogue?.[problem.code]
  if (shared) return wordsOf(fill(shared, params))
  return { detail: problem.detail ?? problem.title ?? t('problem.unknown', { code: problem.code }) }
}

/** The same in one line. */
export function problemText(problem: Problem): string {
  const { title, detail } = problemWords(problem)
  return title ? t('problem.titled', { title, detail }) : detail
}

function asValues(params: Problem['params']): Values {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]))
}
