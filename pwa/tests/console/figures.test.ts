import { describe, expect, it } from 'vitest'
import type { Stratum } from '@/api/types'
import { fieldsOf, spread, unitOf } from '@/console/draw/strataDots'
import { layOut, type RateLine } from '@/console/figures/ratePlot'
import { layOutTrend } from '@/console/figures/trendPlot'
import { partsOf, quarterAfter, quarterOf, readQuarter } from '@/console/quarters'
import { rateText, reaches } from '@/console/rates'

describe('quarters', () => {
  it.each([['2026-01-01', '2026Q1'], ['2026-03-31', '2026Q1'], ['2026-04-01', '2026Q2'], ['2026-12-31', '2026Q4']])('%s lies in %s', (date, quarter) => {
    expect(quarterOf(date)).toBe(quarter)
  })
  it('run over the year’s end, both ways', () => {
    expect([quarterAfter('2026Q4', 1), quarterAfter('2027Q1', -1), quarterAfter('2026Q2', -6)]).toEqual(['2027Q1', '2026Q4', '2024Q4'])
    expect(partsOf('2026Q3')).toEqual({ year: 2026, number: 3 })
  })
  it('are taken from an address only if they are one', () => {
    expect(['2026Q4', '2026Q5', '', undefined, ['2026Q1']].map((text) => readQuarter(text, '2025Q1'))).toEqual(['2026Q4', '2025Q1', '2025Q1', '2025Q1', '2025Q1'])
  })
})

const row = (rate: number | null): RateLine => ({ scope: 'department', id: 'd', name: '卫生健康局', rate })

describe('rates', () => {
  it('are cut, never rounded up to the threshold', () => {
    expect([row(8999), row(9000), row(10_000), row(0), row(null)].map(rateText)).toEqual(['89.9%', '90.0%', '100.0%', '0.0%', '—'])
    expect([row(8999), row(9000), row(null)].map((each) => reaches(each, 9000))).toEqual([false, true, null])
  })
  it.each([false, true])('stand in the plot on a scale from 0 to 100 %% (narrow: %s)', (narrow) => {
    const plot = layOut([row(10_000), row(5000), row(null)], 9000, narrow)
    expect(plot.bars.map((bar) => bar.width)).toEqual([plot.full, plot.full / 2, 0])
    expect(plot.threshold).toBeCloseTo(plot.left + plot.full * 0.9)
    for (const bar of plot.bars) {
      expect(bar.y).toBeGreaterThanOrEqual(plot.top)
      expect(bar.y + plot.bar).toBeLessThanOrEqual(plot.bottom)
    }
  })
})

describe('trends', () => {
  const point = (rate: number | null) => ({ quarter: '2026Q3', numerator: 0, denominator: 0, rate })
  it('break where nothing counted and never leave the drawing', () => {
    const plot = layOutTrend([point(0), point(null), point(10_000), point(5000)], 9000)
    expect(plot.dots.map((dot) => dot.y === null)).toEqual([false, true, false, false])
    expect(plot.path.match(/[ML]/g)?.join('')).toBe('MML')
    expect(plot.threshold).toBeGreaterThan(plot.dots[2]?.y ?? 0)
    for (const dot of plot.dots) expect(dot.x).toBeLessThanOrEqual(plot.right)
  })
  it('have no line for a figure that is only shown', () => {
    expect([layOutTrend([point(1)], null, true).threshold, layOut([row(1)], null).threshold]).toEqual([null, null])
  })
})

describe('fields of dots', () => {
  const stratum = (pool: number, drawn: number): Stratum => ({ code: String(pool), label: 'A 类', pool, ratio: 100, quota: drawn, drawn })
  const dots = (path: string) => path.split('M').length - 1
  it('have a dot for each target while there are few', () => {
    const [field] = fieldsOf([stratum(60, 6)], 24)
    expect([dots(field?.rest ?? ''), dots(field?.taken ?? ''), field?.height]).toEqual([54, 6, 36])
  })
  it('let a dot stand for several when there are many, and never lose a drawn one', () => {
    const strata = [stratum(1507, 45), stratum(88, 1), stratum(0, 0)]
    expect(unitOf(strata)).toBe(4)
    expect(fieldsOf(strata, 60).map((field) => [dots(field.rest) + dots(field.taken), dots(field.taken)])).toEqual([[377, 11], [22, 1], [0, 0]])
  })
  it('mark nothing before the draw', () => {
    expect(fieldsOf([{ ...stratum(60, 0), quota: 6 }], 24)[0]?.taken).toBe('')
  })
  it('choose as many different places as were drawn, always the same', () => {
    expect(spread(12, 60).size).toBe(12)
    expect([...spread(12, 60)]).toEqual([...spread(12, 60)])
    expect(Math.max(...spread(60, 60))).toBe(59)
  })
})
