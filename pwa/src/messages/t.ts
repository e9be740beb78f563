import { shallowRef } from 'vue'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
export type Values = Readonly<Record<string, string | number>>

const KEPT_UNDER = 'palmcheck.language'

function kept(): Language {
  const found = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEPT_UNDER)
  return languages.find((language) => language === found) ?? 'zh-CN'
}

/** The language of the screen; whatever calls a translator is drawn again when it changes. */
export const language = shallowRef<Language>(kept())

/** Change the language of the screen, and keep the choice on this device. */
export function speak(chosen: Language): void {
  language.value = chosen
  localStorage.setItem(KEPT_UNDER, chosen)
  document.documentElement.lang = chosen
}

/** Put values into the `{names}` of a text. A name without a value stays visible, so that a test or a reader sees it. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

/** A `t()` over one area's catalogues; a key that one language lacks does not compile. */
export function translator<Key extends string>(catalogues: Record<Language, Record<Key, string>>) {
  return (key: Key, values: Values = {}): string => fill(catalogues[language.value][key], values)
}

/** The text of a thing that carries its own languages, such as a checklist question. */
export function inLanguage(texts: Readonly<Record<string, string>>): string {
  return texts[language.value] ?? texts['zh-CN'] ?? ''
}
