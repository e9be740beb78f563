import { t } from './t'

/** The order matters: Edge and others name Chrome too, Chrome names Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, 'WeChat'], [/Edg(e|A|iOS)?\//, 'Edge'], [/Firefox|FxiOS/, 'Firefox'], [/QQBrowser/, 'QQ'], [/Chrom(e|ium)|CriOS/, 'Chrome'], [/Safari/, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'], [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
]
const first = (of: typeof browsers, text: string) => of.find(([means]) => means.test(text))?.[1]

/** A User-Agent as somebody would say it; what is not known is a browser at a desk. */
export function browserText(userAgent: string | null): string {
  const said = [first(browsers, userAgent ?? ''), first(systems, userAgent ?? '')].filter(Boolean)
  return said.length > 0 ? said.join(t('list.dot')) : t('me.browser')
}
