import { dayText } from '@/messages/dates'
import { t } from './t'

/** Until when, and how long that is from today. */
export function dueText(dueOn: string, daysLeft: number): string {
  const date = dayText(dueOn)
  if (daysLeft < 0) return t('today.due_late', { date, days: -daysLeft })
  return daysLeft === 0 ? t('today.due_today', { date }) : t('today.due_in', { date, days: daysLeft })
}
