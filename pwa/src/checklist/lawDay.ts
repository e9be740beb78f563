const SHANGHAI_MS = 8 * 3_600_000

/** The day of an instant by the clock of the counties (Asia/Shanghai, which keeps no summer time), YYYY-MM-DD. */
export function lawDay(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 10)
}
