import type { Setting, SettingValue } from '@/api/jurisdictions'
import { fill, language, type Language } from '@/messages/t'
import en from '@/messages/settings.en.json'
import zh from '@/messages/settings.zh-CN.json'
import { percentText } from '../../looks'
import { t } from '../../t'

type Shape = Pick<Setting, 'key' | 'kind' | 'unit'>
const words: Record<Language, Readonly<Record<string, string>>> = { 'zh-CN': zh, en }
/** A word of the settings; a key without one shows itself, so that a newer server stays readable. */
const word = (key: string) => words[language.value][key] ?? key.replace(/^\w+\./, '')

export const nameOf = (setting: Pick<Setting, 'key'>) => word(`name.${setting.key}`)
export const themeText = (theme: Setting['theme']) => word(`theme.${theme}`)
export const choiceText = (key: string, choice: string) => word(`choice.${key}.${choice}`)
const unitText = (unit: string, value: string) => fill(words[language.value][`unit.${unit}`] ?? '{value}', { value })

/** A value as the office says it: with its unit, a share as percent, a day of the year as a date. */
export function valueText(setting: Shape, value: SettingValue): string {
  switch (setting.kind) {
    case 'ratio': return percentText(Number(value))
    case 'boolean': return t(value ? 'settings.yes' : 'settings.no')
    case 'choice': return choiceText(setting.key, String(value))
    case 'month_day': return dayOfYearText(String(value))
    case 'integer': return unitText(setting.unit, String(value))
  }
}

function dayOfYearText(day: string): string {
  const date = new Date(`2024-${day}T12:00:00Z`)
  return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(language.value, { timeZone: 'UTC', month: 'long', day: 'numeric' }).format(date)
}

/** The bounds in words, or nothing where there are none. */
export function boundsText(setting: Shape & Pick<Setting, 'minimum' | 'maximum'>): string | undefined {
  if (setting.minimum === null || setting.maximum === null) return undefined
  return t('settings.bounds', { from: valueText(setting, setting.minimum), to: valueText(setting, setting.maximum) })
}

/** What stands in the input for a value: a share is typed as percent. */
export const typedOf = (setting: Pick<Setting, 'kind'>, value: SettingValue) => setting.kind === 'ratio' ? String(Number(value) / 100) : String(value)

/** The value that was typed, or undefined where it is none; bounds are the server's to judge. */
export function readTyped(setting: Pick<Setting, 'kind'>, typed: string): SettingValue | undefined {
  const plain = typed.normalize('NFKC').trim().replace(/%$/, '')
  switch (setting.kind) {
    case 'boolean': return plain === 'true'
    case 'choice': case 'month_day': return plain
    case 'ratio': return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined
    case 'integer': return /^\d+$/.test(plain) ? Number(plain) : undefined
  }
}

/** Those that a search means: by name, key, source, rule, and the theme they stand under. */
export function matching(settings: readonly Setting[], q: string): Setting[] {
  const wanted = q.normalize('NFKC').trim().toLowerCase()
  const said = (each: Setting) => [nameOf(each), each.key, each.source, each.rule ?? '', themeText(each.theme)].join('\n').toLowerCase()
  return settings.filter((each) => said(each).includes(wanted))
}

/** By theme, in the order in which the themes come. */
export function byTheme(settings: readonly Setting[]): { theme: Setting['theme']; settings: Setting[] }[] {
  const themes = [...new Set(settings.map((each) => each.theme))]
  return themes.map((theme) => ({ theme, settings: settings.filter((each) => each.theme === theme) }))
}

export const isChanged = (setting: Pick<Setting, 'value' | 'default'>) => setting.value !== setting.default
