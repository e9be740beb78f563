import type { Stratum } from '@/api/types'

/** A stratum as a field of dots. Paths hold points `M x y h0` for a round pen. */
export interface DotField { readonly stratum: Stratum; readonly height: number; readonly rest: string; readonly taken: string }

/** Distance between dots, in units of the drawing. */
export const STEP = 12

/** A field never has more dots than this: beyond it a dot stands for several targets. */
const MOST_DOTS = 400

/** How many targets a dot stands for. */
export function unitOf(strata: readonly Stratum[]): number {
  return Math.max(1, Math.ceil(Math.max(0, ...strata.map((stratum) => stratum.pool)) / MOST_DOTS))
}

/** Dots of the field for so many targets; what is there is never without a dot. */
function dotsFor(count: number, unit: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round(count / unit))
}

/**
 * Which dots are the drawn ones: spread over the field, always the same ones for the same numbers.
 * Only the amount means something; where a dot lies does not.
 */
export function spread(taken: number, dots: number): ReadonlySet<number> {
  const order = Array.from({ length: dots }, (_, at) => at).sort((a, b) => scatter(a) - scatter(b))
  return new Set(order.slice(0, taken))
}

/** A fixed, even shuffle: steps of the golden ratio. */
const scatter = (at: number) => ((at + 5) * 0.6180339887 * 7919) % 1

/** The fields of all strata, `columns` dots wide. `taken` marks what was drawn, and nothing before the draw. */
export function fieldsOf(strata: readonly Stratum[], columns: number): DotField[] {
  const unit = unitOf(strata)
  return strata.map((stratum) => {
    const dots = dotsFor(stratum.pool, unit)
    const drawn = spread(Math.min(dots, dotsFor(stratum.drawn, unit)), dots)
    const point = (at: number) => `M${(at % columns) * STEP + STEP / 2} ${Math.floor(at / columns) * STEP + STEP / 2}h0`
    const all = Array.from({ length: dots }, (_, at) => at)
    return { stratum, height: Math.max(1, Math.ceil(dots / columns)) * STEP, rest: all.filter((at) => !drawn.has(at)).map(point).join(''), taken: all.filter((at) => drawn.has(at)).map(point).join('') }
  })
}
