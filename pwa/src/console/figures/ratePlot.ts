import type { PlaceRow } from '@/api/figures'

export type RateLine = Pick<PlaceRow, 'scope' | 'id' | 'name' | 'rate'>

/** Sizes of the drawing, about pixels: at the desk names stand left of the bars, on a phone above them. */
const SHAPES = {
  wide: { width: 880, left: 170, right: 76, top: 34, row: 40, bar: 22, nameAbove: false },
  narrow: { width: 360, left: 8, right: 66, top: 34, row: 56, bar: 18, nameAbove: true },
} as const
const FULL = 10_000

export interface RateBar { readonly row: RateLine; readonly y: number; readonly width: number; readonly name: { readonly x: number; readonly y: number } }

/** The plot's geometry: every rate from 0 to 100 %, whatever the data, so that two quarters can be compared by eye. */
export function layOut(rows: readonly RateLine[], threshold: number | null, narrow = false) {
  const { width, left, right, top, row: step, bar, nameAbove } = narrow ? SHAPES.narrow : SHAPES.wide
  const full = width - left - right
  const wide = (rate: number) => (Math.min(FULL, Math.max(0, rate)) / FULL) * full
  const bars: RateBar[] = rows.map((row, index) => {
    const y = top + index * step + (nameAbove ? step - bar - 6 : (step - bar) / 2)
    return { row, y, width: wide(row.rate ?? 0), name: nameAbove ? { x: left, y: y - 12 } : { x: left - 12, y: y + bar / 2 } }
  })
  const bottom = top + rows.length * step
  const ticks = (narrow ? [0, 50, 100] : [0, 25, 50, 75, 100]).map((percent) => ({ x: left + wide(percent * 100), label: `${percent}%` }))
  return { width, height: bottom + 34, left, top, bottom, full, bar, bars, ticks, nameAbove, threshold: threshold === null ? null : left + wide(threshold), valueX: width - 4 }
}
