import type { SaveItem } from '@/api/catalogue'
import { t, texts } from '../t'
import type { DepartmentChoice } from './departmentsHere'

/** What an item says, field by field, in the order in which people read it. */
export const ITEM_FIELDS = ['code', 'area', 'big_class', 'name', 'department_id', 'joint_department_ids', 'item_class', 'ratio_cap', 'ratios', 'visits_cap', 'target_range', 'content', 'method', 'method_note', 'basis', 'standards', 'checklist_code', 'note'] as const
export type ItemField = (typeof ITEM_FIELDS)[number]
export const RISK_CLASSES = ['A', 'B', 'C', 'D'] as const

export const percentText = (ratio: number) => `${ratio / 100}%`

/** One field as text; empty where the item says nothing. */
export function itemWords(item: SaveItem, field: ItemField, departments: readonly DepartmentChoice[]): string {
  const named = (id: string) => departments.find((each) => each.id === id)?.name ?? id
  switch (field) {
    case 'department_id': return named(item.department_id)
    case 'joint_department_ids': return (item.joint_department_ids ?? []).map(named).join(' · ')
    case 'item_class': return t(item.item_class === 'key' ? 'cat.key' : 'cat.general')
    case 'ratio_cap': return item.ratio_cap == null ? t('cat.no_cap') : percentText(item.ratio_cap)
    case 'ratios': return RISK_CLASSES.flatMap((each) => { const ratio = item.ratios?.[each]; return ratio === undefined ? [] : [t('cat.ratio_of', { risk: each, ratio: percentText(ratio) })] }).join(' · ')
    case 'visits_cap': return item.visits_cap == null ? '' : t('cat.visits', { count: item.visits_cap })
    case 'method': return texts(`cat.method.${item.method}`) ?? item.method
    case 'standards': return (item.standards ?? []).join('\n')
    default: return item[field] ?? ''
  }
}

export interface ItemChange { readonly field: ItemField; readonly before: string; readonly now: string }

/** What one version changed, in words. */
export function itemChanges(before: SaveItem, now: SaveItem, departments: readonly DepartmentChoice[]): readonly ItemChange[] {
  return ITEM_FIELDS.map((field) => ({ field, before: itemWords(before, field, departments), now: itemWords(now, field, departments) })).filter((each) => each.before !== each.now)
}
