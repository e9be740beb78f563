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

/** A problem as a sentence. An unknown code shows what the server wrote, and never nothing. */
export function problemText(problem: Problem): string {
  const params: Values = { ...asValues(problem.params), rule: problem.rule ?? '', field: problem.field ?? '' }
  const own = texts(`problem.${problem.code}`)
  if (own) return fill(own, params)
  const catalogue = loaded.value[language.value]
  if (!catalogue) void load(language.value).catch(() => undefined)
  return fill(catalogue?.[problem.code] ?? problem.detail ?? problem.title ?? t('problem.unknown', { code: problem.code }), params)
}

function asValues(params: Problem['params']): Values {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]))
}
