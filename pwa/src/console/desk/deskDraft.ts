import type { Answer } from '@/api/types'

/** What was typed so far for one part at this desk. Times are as in the input, in the county's clock. */
export interface DeskDraft {
  submission_id: string
  checklist_id: string
  answers: Record<string, Answer>
  entered: string
  left: string
  reason: string
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Drafts are kept by account: two officers who share a desk do not see each other's. */
export const placeOf = (accountId: string, partId: string) => `palmcheck.desk.${accountId}.${partId}`

/** The kept draft, or an empty one. One of another checklist version, or that cannot be read, is not used. */
export function openDraft(kept: Kept, place: string, checklistId: string, mint: () => string): DeskDraft {
  const fresh: DeskDraft = { submission_id: mint(), checklist_id: checklistId, answers: {}, entered: '', left: '', reason: '' }
  try {
    const found = JSON.parse(kept.getItem(place) ?? 'null') as DeskDraft | null
    return found?.checklist_id === checklistId ? { ...fresh, ...found } : fresh
  } catch {
    return fresh
  }
}

/** Keeps the draft; false when the browser would not (storage full or forbidden), so that the screen can say so. */
export function keepDraft(kept: Kept, place: string, draft: DeskDraft): boolean {
  try {
    kept.setItem(place, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export const isEmpty = (draft: DeskDraft) => Object.keys(draft.answers).length === 0 && !draft.entered && !draft.left && !draft.reason
