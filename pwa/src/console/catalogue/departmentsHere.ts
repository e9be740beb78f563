import type { Desk } from '../session'

export interface DepartmentChoice { readonly id: string; readonly name: string; readonly code: string }

/** The departments that the reader may act for: all of the jurisdiction for the office, else his own. */
export async function departmentsHere({ api, me, may }: Desk): Promise<readonly DepartmentChoice[]> {
  if (may('jurisdiction.read')) return (await api.readTree()).items[0]?.departments ?? []
  const own = me.value?.department
  return own ? [own] : []
}
