import type { Mistake } from '@/checklist'
import { t, texts } from '../t'

/** A mistake of a draft in words. */
export function mistakeText(mistake: Mistake): string {
  const detail = mistake.detail === 'zh-CN' ? t('cl.chinese') : mistake.detail === 'en' ? t('cl.english') : mistake.detail
  return (texts(`mistake.${mistake.rule}`) ?? mistake.rule).replace('{detail}', detail)
}
