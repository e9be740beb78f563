import type { DrawnRow, Named, Seat } from '@/api/types'

export interface Group { readonly label: string; readonly rows: readonly DrawnRow[] }

/** Drawn targets by stratum, in the order in which the strata come. */
export function byStratum(drawn: readonly DrawnRow[]): Group[] {
  const labels = [...new Set(drawn.map((row) => row.stratum_label))]
  return labels.map((label) => ({ label, rows: drawn.filter((row) => row.stratum_label === label) }))
}

/** The departments of the draw, each once: the columns of the table. */
export function departmentsOf(drawn: readonly DrawnRow[]): Named[] {
  const found = new Map(drawn.flatMap((row) => row.seats).map(({ department }) => [department.id, department]))
  return [...found.values()]
}

export function seatsOf(row: DrawnRow, department: Named): Seat[] {
  return row.seats.filter((seat) => seat.department.id === department.id).sort((a, b) => a.seat - b.seat)
}

/** Places that nobody fills. */
export function vacancies(drawn: readonly DrawnRow[]): number {
  return drawn.flatMap((row) => row.seats).filter((seat) => !seat.inspector).length
}
