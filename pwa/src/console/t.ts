import commonEn from '@/messages/common.en.json'
import commonZh from '@/messages/common.zh-CN.json'
import consoleEn from '@/messages/console.en.json'
import consoleZh from '@/messages/console.zh-CN.json'
import { language, translator, type Language } from '@/messages/t'

const zh = { ...commonZh, ...consoleZh }
export type Text = keyof typeof zh

const catalogues: Record<Language, Record<Text, string>> = { 'zh-CN': zh, en: { ...commonEn, ...consoleEn } }

/** The console's texts. */
export const t = translator<Text>(catalogues)

/** A text by a key that is known only at run time, such as a problem's code. */
export function texts(key: string): string | undefined {
  const catalogue: Readonly<Record<string, string>> = catalogues[language.value]
  return catalogue[key]
}
