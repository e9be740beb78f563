import type { Stratum } from '@/api/types'

/** One bar of the plot, in units of a box `WIDTH` wide. */
export interface Bar { readonly stratum: Stratum; readonly pool: number; readonly taken: number; readonly isDrawn: boolean }

export const WIDTH = 1000

/** A share that is there is never thinner than this, or nobody would see that one was drawn. */
const THINNEST = 4

/** Bars on one scale, the largest pool is the whole width. `taken` is what was drawn, or before that the quota. */
export function barsOf(strata: readonly Stratum[]): Bar[] {
  const most = Math.max(1, ...strata.map((stratum) => stratum.pool))
  const drawn = strata.some((stratum) => stratum.drawn > 0)
  const wide = (count: number) => count === 0 ? 0 : Math.max(THINNEST, (count / most) * WIDTH)
  return strata.map((stratum) => ({ stratum, pool: wide(stratum.pool), taken: wide(drawn ? stratum.drawn : stratum.quota), isDrawn: drawn }))
}
