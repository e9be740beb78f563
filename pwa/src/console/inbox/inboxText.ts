import type { RouteLocationRaw } from 'vue-router'
import type { Notification, NotificationKind } from '@/api/inbox'
import { dayText } from '@/messages/dates'
import type { Look } from '../looks'
import { t, type Text } from '../t'

/** How a row looks: what asks for something to be done stands out. */
export const kindLooks: Record<NotificationKind, Look> = {
  visits_issued: { tone: 'info', icon: 'list' },
  visits_dated: { tone: 'info', icon: 'calendar' },
  visits_undated: { tone: 'attention', icon: 'calendar' },
  draw_made: { tone: 'info', icon: 'bolt' },
  dispute_to_decide: { tone: 'attention', icon: 'warning' },
  dispute_decided: { tone: 'good', icon: 'check' },
  recusal_asked: { tone: 'attention', icon: 'person' },
  message: { tone: 'calm', icon: 'outbox' },
  visit_due: { tone: 'attention', icon: 'clock' },
  visit_overdue: { tone: 'bad', icon: 'warning' },
  publication_due: { tone: 'attention', icon: 'clock' },
  publication_overdue: { tone: 'bad', icon: 'warning' },
  follow_up_due: { tone: 'attention', icon: 'clock' },
  follow_up_overdue: { tone: 'bad', icon: 'warning' },
}

/** A row's sentence, for one visit by its name, for several by their number. */
export function inboxText({ kind, values, about }: Notification): string {
  const day = values['day']
  const filled = typeof day === 'string' ? { ...values, day: dayText(day) } : values
  const key: Text = about === 'inspections' && kind !== 'message' ? `inbox.${kind as CountedKind}.many` : `inbox.${kind}`
  return t(key, filled)
}
type CountedKind = Exclude<NotificationKind, 'message' | 'draw_made' | 'dispute_to_decide' | 'dispute_decided' | 'recusal_asked'>

/** The words that somebody wrote, under the sentence that says who. */
export function inboxWords({ kind, values }: Notification): string {
  return String((kind === 'message' ? values['words'] : kind === 'dispute_decided' ? values['because'] : '') ?? '')
}

/** Where a row leads; null where it is only to be read. */
export function inboxWay({ about, subject_id: id }: Notification): RouteLocationRaw | null {
  switch (about) {
    case 'inspection': return { name: 'inspection', params: { inspectionId: id } }
    case 'inspections': return { name: 'inspections', query: { task: id } }
    case 'plan_task': return { name: 'draw', params: { taskId: id } }
    case 'nothing': return null
  }
}
