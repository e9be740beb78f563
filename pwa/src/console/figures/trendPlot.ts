import type { FigureTrend } from '@/api/figures'

const SHAPES = { wide: { width: 880, height: 240 }, narrow: { width: 360, height: 220 } } as const
const ROOM = { left: 52, right: 28, top: 34, bottom: 36 }
/** Between a dot or a line and the middle of its text. */
const BESIDE = 16
const FULL = 10_000

export type TrendPoint = FigureTrend['items'][number]
export interface Dot { readonly point: TrendPoint; readonly x: number; readonly y: number | null; readonly labelY: number }

/** A trend's geometry from 0 to 100 %; a quarter in which nothing counted has no dot and breaks the line. */
export function layOutTrend(points: readonly TrendPoint[], threshold: number | null, narrow = false) {
  const { width, height } = narrow ? SHAPES.narrow : SHAPES.wide
  const across = width - ROOM.left - ROOM.right
  const down = height - ROOM.top - ROOM.bottom
  const yOf = (rate: number) => ROOM.top + down * (1 - Math.min(FULL, Math.max(0, rate)) / FULL)
  const dots: Dot[] = points.map((point, at) => {
    const y = point.rate === null ? null : yOf(point.rate)
    return { point, x: ROOM.left + (points.length > 1 ? (across * at) / (points.length - 1) : across / 2), y, labelY: (y ?? 0) - BESIDE }
  })
  const path = dots.map((dot, at) => dot.y === null ? '' : `${(dots[at - 1]?.y ?? null) === null ? 'M' : 'L'}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`).join('')
  const lines = [0, 5000, FULL].map((rate) => ({ y: yOf(rate), label: `${rate / 100}%` }))
  return { width, height, left: ROOM.left, right: width - ROOM.right, bottom: height - ROOM.bottom, dots, path, lines, threshold: threshold === null ? null : yOf(threshold), thresholdLabel: threshold === null ? 0 : yOf(threshold) + BESIDE - 2 }
}
