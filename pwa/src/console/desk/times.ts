/** The county's clock has no summer time, so the offset is fixed. */
const OFFSET = '+08:00'

/** What a `datetime-local` input holds, read by the county's clock, as RFC 3339 UTC; null when it is no time. */
export function instantOf(local: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const moment = new Date(`${local}:00${OFFSET}`)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
