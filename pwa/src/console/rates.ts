import type { FigureRow } from '@/api/figures'
import { t } from './t'

/** A rate in 1/10,000 as percent with one decimal; `none` when there is nothing to divide by. */
export function rateText(row: Pick<FigureRow, 'rate'>): string {
  // Cut, not rounded: 89.96 % is not 90 %.
  return row.rate === null ? t('none') : `${(Math.floor(row.rate / 10) / 10).toFixed(1)}%`
}

/** Whether a row reaches the threshold (1/10,000); null when nothing was counted or nothing is asked for. */
export function reaches(row: Pick<FigureRow, 'rate'>, threshold: number | null): boolean | null {
  return row.rate === null || threshold === null ? null : row.rate >= threshold
}
