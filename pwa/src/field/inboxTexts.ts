import type { RouteLocationRaw } from 'vue-router'
import { fill, language, translator, type Language } from '@/messages/t'
import { dayText } from '@/messages/dates'
import inboxEn from '@/messages/inbox.en.json'
import inboxZh from '@/messages/inbox.zh-CN.json'
import type { InboxItem, LocalTask } from '@/offline'

const catalogues: Record<Language, Record<keyof typeof inboxZh, string>> = { 'zh-CN': inboxZh, en: inboxEn }

/** The inbox's own texts: they come with its screen, not with the first list. */
export const say = translator<keyof typeof inboxZh>(catalogues)

const known = (key: string): string | undefined => (catalogues[language.value] as Readonly<Record<string, string>>)[key]

/** A row of the inbox in words; a kind of a newer server is said to be one. */
export function inboxTexts({ kind, values, about }: InboxItem): { title: string; text: string; about: string } {
  const told = { ...values, ...(typeof values['day'] === 'string' && { day: dayText(values['day']) }) }
  const place = (about === 'inspection' ? values['target'] : undefined) ?? values['task'] ?? ''
  return {
    title: fill(known(`inbox.title_${kind}`) ?? say('inbox.other'), told),
    text: fill(known(`inbox.text_${kind}`) ?? say('inbox.other_hint'), told),
    about: String(place),
  }
}

/** The screen that a row is about, if what it is about is on this phone. */
export function leadsTo({ about, subject_id }: InboxItem, tasks: readonly LocalTask[]): RouteLocationRaw | null {
  if (about === 'inspection' && tasks.some((task) => task.id === subject_id)) return { name: 'task', params: { inspectionId: subject_id } }
  return about === 'inspections' && tasks.length > 0 ? { name: 'today' } : null
}
