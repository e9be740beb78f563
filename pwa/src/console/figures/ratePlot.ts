import type { RateRow } from '@/api/types'

/** Where the bars begin; the names stand left of it. Units of the drawing, about pixels at the desk. */
export const LEFT = 170
const WIDTH = 860
const RIGHT = 30
const TOP = 34
const ROW = 40
const BAR = 24
const FULL = 10_000

/** A bar this long has room for its number inside. */
const ROOMY = 80

export interface RateBar { readonly row: RateRow; readonly y: number; readonly width: number; readonly height: number; readonly inside: boolean }

/** The plot's geometry: every rate from 0 to 100 %, whatever the data, so that two quarters can be compared by eye. */
export function layOut(rows: readonly RateRow[], threshold: number) {
  const full = WIDTH - LEFT - RIGHT
  const wide = (rate: number) => (Math.min(FULL, Math.max(0, rate)) / FULL) * full
  const bars: RateBar[] = rows.map((row, index) => {
    const width = wide(row.rate ?? 0)
    return { row, y: TOP + index * ROW + (ROW - BAR) / 2, width, height: BAR, inside: width > ROOMY }
  })
  const bottom = TOP + rows.length * ROW
  const ticks = [0, 25, 50, 75, 100].map((percent) => ({ x: LEFT + wide(percent * 100), label: `${percent}%` }))
  return { width: WIDTH, height: bottom + 34, top: TOP, bottom, full, bars, ticks, threshold: LEFT + wide(threshold) }
}
