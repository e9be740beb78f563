import type { CalendarDay } from '@/api/jurisdictions'

/** Day (`YYYY-MM-DD`) -> is it a working day. */
export type Days = ReadonlyMap<string, boolean>
export type DayKind = 'working' | 'weekend' | 'holiday' | 'makeup' | 'unknown'
export interface MonthDay { readonly day: string; readonly number: number; /** 1 is Monday. */ readonly weekday: number }

const MILLISECONDS = 86_400_000
const asDate = (day: string) => new Date(`${day}T00:00:00Z`)
const asDay = (date: Date) => date.toISOString().slice(0, 10)

export const weekdayOf = (day: string) => asDate(day).getUTCDay() || 7
export const addDays = (day: string, by: number) => asDay(new Date(asDate(day).getTime() + by * MILLISECONDS))
export const daysOf = (days: readonly CalendarDay[]): Days => new Map(days.map((each) => [each.day, each.is_working]))

/** The days of one month, `month` from 1. */
export function monthDays(year: number, month: number): MonthDay[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Array.from({ length: count }, (_, at) => {
    const day = asDay(new Date(Date.UTC(year, month - 1, at + 1)))
    return { day, number: at + 1, weekday: weekdayOf(day) }
  })
}

/** What a day is: an ordinary working day or weekend, or one that was moved. */
export function kindOf(day: string, works: boolean | undefined): DayKind {
  if (works === undefined) return 'unknown'
  const weekend = weekdayOf(day) > 5
  return works ? weekend ? 'makeup' : 'working' : weekend ? 'weekend' : 'holiday'
}

/** The pending changes after `day` got another answer; back to what stands, it is no change any more. */
export function withDay(pending: Days, standing: Days, day: string, works: boolean): Days {
  const next = new Map(pending)
  if (standing.get(day) === works) next.delete(day)
  else next.set(day, works)
  return next
}

export const answerOf = (pending: Days, standing: Days, day: string) => pending.get(day) ?? standing.get(day)

/** A first draft for a year without a table: Monday to Friday. The office corrects it by the notice. */
export function draftOf(year: number): Days {
  return new Map(Array.from({ length: 12 }, (_, at) => monthDays(year, at + 1)).flat().map((each) => [each.day, each.weekday <= 5]))
}

export const changesOf = (pending: Days): CalendarDay[] => [...pending].sort(([a], [b]) => a < b ? -1 : 1).map(([day, is_working]) => ({ day, is_working }))

/** Where a key leads from a day, or nothing when the key does not move. A year has no edge to fall over. */
export function dayAt(key: string, from: string, year: number): string | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
  const monthStart = `${from.slice(0, 8)}01`
  if (key === 'Home') return monthStart
  if (key === 'End') return addDays(addDays(monthStart, 31).slice(0, 8) + '01', -1)
  const step = steps[key]
  const to = step === undefined ? undefined : addDays(from, step)
  return to?.startsWith(`${year}-`) ? to : undefined
}
