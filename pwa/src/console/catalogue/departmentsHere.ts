import type { Desk } from '../session'

export interface DepartmentChoice { readonly id: string; readonly name: string; readonly code: string }

/** All departments here, and those that the reader may act for: every one for the joint office, else his own. */
export async function departmentsHere({ api, me }: Desk): Promise<{ all: readonly DepartmentChoice[]; own: readonly DepartmentChoice[] }> {
  const all = (await api.listDepartments()).items
  const own = me.value?.department
  if (me.value?.roles.includes('joint_office')) return { all, own: all }
  return { all, own: own ? all.filter((each) => each.id === own.id) : [] }
}
