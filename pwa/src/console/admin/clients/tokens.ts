import type { TokenView } from '@/api/accounts'
import { today } from '@/messages/dates'
import { t, texts } from '../../t'

/** What a form offers; the server decides. All of it is reading. */
export const scopes = ['plan.read', 'draw.read', 'inspection.read', 'figures.read'] as const
export const scopeText = (scope: string) => texts(`scope.${scope}`) ?? scope

/** A token ends with the day that was named: `expires_at` is the midnight after it. */
export const lastDayOf = (token: TokenView) => today(new Date(Date.parse(token.expires_at) - 1))

/** A plain date so many months from `from`, as the form proposes it. */
export function monthsLater(months: number, from: Date = new Date()): string {
  const [year, month, day] = today(from).split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

const looks = {
  live: { look: { tone: 'good', icon: 'check' }, words: 'clients.live', live: true },
  over: { look: { tone: 'calm', icon: 'clock' }, words: 'clients.over', live: false },
  stopped: { look: { tone: 'calm', icon: 'cross' }, words: 'clients.stopped', live: false },
} as const

export function standingOf(token: TokenView, now: Date): (typeof looks)[keyof typeof looks] {
  if (token.revoked_at) return looks.stopped
  return Date.parse(token.expires_at) <= now.getTime() ? looks.over : looks.live
}

export const copied = (text: string): Promise<boolean> => navigator.clipboard.writeText(text).then(() => true, () => false)
export const copyText = (done: boolean) => done ? t('clients.copied') : t('clients.copy')
