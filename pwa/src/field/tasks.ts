import type { EngineView, InspectionTask, LocalTask, OutboxRow, Part } from '@/offline'
import type { IconName } from '@/ui/icons'

/** What the inspector sees as the state of a part: the server's state, and what is still on this phone. */
export type Standing =
  | 'withdrawn' | 'rejected' | 'disputed' | 'published' | 'complete' | 'awaiting_photos'
  | 'unsent' | 'submitted' | 'filling' | 'arrived' | 'partner' | 'issued'

export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'calm'

export const looks: Readonly<Record<Standing, { tone: Tone; icon: IconName }>> = {
  withdrawn: { tone: 'attention', icon: 'cross' },
  rejected: { tone: 'bad', icon: 'warning' },
  disputed: { tone: 'attention', icon: 'warning' },
  published: { tone: 'good', icon: 'check' },
  complete: { tone: 'good', icon: 'check' },
  awaiting_photos: { tone: 'info', icon: 'camera' },
  unsent: { tone: 'attention', icon: 'outbox' },
  submitted: { tone: 'good', icon: 'check' },
  filling: { tone: 'info', icon: 'pen' },
  arrived: { tone: 'info', icon: 'pin' },
  partner: { tone: 'calm', icon: 'person' },
  issued: { tone: 'calm', icon: 'circle' },
}

/** The result is formed: the due date no longer matters. */
export const FORMED: readonly Standing[] = ['submitted', 'awaiting_photos', 'complete', 'published']
/** Done by the inspector, but somebody or something else is still needed: never shown as late. */
const ON_ITS_WAY: readonly Standing[] = ['unsent', 'disputed']

/** The part that this inspector fills in, else the one of his department, else the first. */
export function partOf(task: InspectionTask, inspectorId: string | null | undefined): Part | undefined {
  return task.parts.find((part) => part.mine)
    ?? task.parts.find((part) => part.officers.some((officer) => officer.inspector_id === inspectorId))
    ?? task.parts[0]
}

/** Operations of the part that still stand: one that was corrected is history. */
export function rowsOf(outbox: readonly OutboxRow[], partId: string): readonly OutboxRow[] {
  return outbox.filter((row) => row.partId === partId && row.supersededBy === null)
}

/** Whether the server still lacks something of this row. */
export function isUnsent(row: OutboxRow): boolean {
  const taken = row.state.at === 'accepted' || row.state.at === 'disputed'
  return row.supersededBy === null && (!taken || row.photos.sent < row.photos.total)
}

export function standingOf(task: LocalTask, part: Part, view: Pick<EngineView, 'drafts' | 'outbox'>): Standing {
  const rows = rowsOf(view.outbox, part.id)
  const draft = view.drafts.find((each) => each.partId === part.id)
  if (rows.some((row) => row.state.at === 'rejected')) return 'rejected'
  if (part.state === 'published' || part.state === 'complete') return part.state
  if (rows.some((row) => row.state.at === 'disputed')) return 'disputed'
  if (task.gone) return 'withdrawn'
  const submission = rows.find((row) => row.kind === 'part.submit')
  if (submission && isUnsent(submission)) return 'unsent'
  if (part.state === 'awaiting_photos') return 'awaiting_photos'
  if (submission) return 'submitted'
  if (draft && draft.answered > 0) return 'filling'
  if (!part.mine) return 'partner'
  return draft?.checkedIn || part.state === 'under_way' ? 'arrived' : 'issued'
}

/** Whole days from one plain date to another; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

const byName = new Intl.Collator('zh-CN')
const compareDates = (a: string, b: string) => Number(a > b) - Number(a < b)

export interface Row { readonly task: LocalTask; readonly part: Part; readonly standing: Standing; readonly daysLeft: number; readonly unsent: number }

/** Today's list in heaps, each by due date and then by name: late, to do, on its way to the server, done. */
export function heapsOf(view: EngineView, today: string): { late: Row[]; open: Row[]; onItsWay: Row[]; done: Row[] } {
  const rows = view.tasks.flatMap((task): Row[] => {
    const part = partOf(task, view.me?.inspector_id)
    if (!part) return []
    const unsent = view.outbox.filter((row) => row.partId === part.id && isUnsent(row)).length
    return [{ task, part, standing: standingOf(task, part, view), daysLeft: daysBetween(today, task.due_on), unsent }]
  })
  rows.sort((a, b) => compareDates(a.task.due_on, b.task.due_on) || byName.compare(a.task.target.name, b.task.target.name))
  const among = (standings: readonly Standing[]) => rows.filter((row) => standings.includes(row.standing))
  const rest = rows.filter((row) => !FORMED.includes(row.standing) && !ON_ITS_WAY.includes(row.standing))
  return { late: rest.filter((row) => row.daysLeft < 0), open: rest.filter((row) => row.daysLeft >= 0), onItsWay: among(ON_ITS_WAY), done: among(FORMED) }
}
