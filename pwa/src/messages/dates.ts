import { language } from './t'

const ZONE = 'Asia/Shanghai'

/** Making a formatter costs more than a hundred uses of it, and a list may have a thousand dates. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function format(moment: Date, options: Intl.DateTimeFormatOptions): string {
  const key = language.value + Object.keys(options).join()
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(language.value, { timeZone: ZONE, ...options })
  formatters.set(key, made)
  return made.format(moment)
}

/** A plain date (`YYYY-MM-DD`) as month and day; the year is shown only when it is not `thisYear`. */
export function dayText(date: string, thisYear: string = today().slice(0, 4)): string {
  const year: Intl.DateTimeFormatOptions = date.startsWith(thisYear) ? {} : { year: 'numeric' }
  return format(new Date(`${date}T12:00:00+08:00`), { ...year, month: 'long', day: 'numeric' })
}

/** A moment (RFC 3339) as the clock in the county shows it, with the day. */
export function momentText(moment: string): string {
  return format(new Date(moment), { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false })
}

/** A moment for paper: with its year and its seconds, for a sheet is read in other years. */
export function paperMoment(moment: string): string {
  return format(new Date(moment), { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })
}

/** Swedish writes dates as ISO 8601 does. */
const asPlainDate = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE })

/** The county's date now, as `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  return asPlainDate.format(now)
}
