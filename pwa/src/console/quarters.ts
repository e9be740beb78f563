/** A quarter of the county's calendar as the API writes it: `2026Q4`. */
export type Quarter = `${number}Q${number}`

/** The quarter of a plain date. */
export function quarterOf(date: string): Quarter {
  const [year, month] = date.split('-').map(Number)
  return `${year ?? 0}Q${Math.ceil((month ?? 1) / 3)}`
}

/** The quarter so many quarters later; negative goes back. */
export function quarterAfter(quarter: Quarter, by: number): Quarter {
  const { year, number } = partsOf(quarter)
  const index = year * 4 + number - 1 + by
  return `${Math.floor(index / 4)}Q${(index % 4) + 1}`
}

/** The quarter in an address, or `fallback` when there is none that makes sense. */
export function readQuarter(text: unknown, fallback: Quarter): Quarter {
  return typeof text === 'string' && /^\d{4}Q[1-4]$/.test(text) ? text as Quarter : fallback
}

export function partsOf(quarter: Quarter): { year: number; number: number } {
  const [year, number] = quarter.split('Q').map(Number)
  return { year: year ?? 0, number: number ?? 1 }
}
