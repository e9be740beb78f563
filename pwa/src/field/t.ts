import { shallowRef, watch } from 'vue'
import commonEn from '@/messages/common.en.json'
import commonZh from '@/messages/common.zh-CN.json'
import fieldZh from '@/messages/field.zh-CN.json'
import { language, translator, type Language } from '@/messages/t'

const zh = { ...commonZh, ...fieldZh }
export type Text = keyof typeof zh
type Catalogue = Readonly<Record<Text, string>>

/** English is loaded when it is spoken: the first list in Chinese does not wait for it. Until it is here, Chinese stands in. */
const en = shallowRef<Catalogue>()
const catalogues: Record<Language, Catalogue> = { 'zh-CN': zh, get en() { return en.value ?? zh } }

async function loadEnglish(): Promise<void> {
  if (en.value) return
  const { default: fieldEn } = await import('@/messages/field.en.json')
  en.value = { ...commonEn, ...fieldEn }
}

/** When the texts of the chosen language are here. Never rejects: a missing file leaves the Chinese ones. */
export function textsReady(): Promise<void> {
  return language.value === 'en' ? loadEnglish().catch(() => undefined) : Promise.resolve()
}
watch(language, () => { void textsReady() })

/** The field app's texts. */
export const t = translator<Text>(catalogues)

/** A text by a key that is known only at run time, such as a problem's code. */
export function texts(key: string): string | undefined {
  const catalogue: Readonly<Record<string, string>> = catalogues[language.value]
  return catalogue[key]
}
