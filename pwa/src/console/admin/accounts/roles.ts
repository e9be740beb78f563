import type { Role } from '@/api/accounts'

export const roles: readonly Role[] = ['inspector', 'team_lead', 'department_administrator', 'joint_office', 'auditor', 'system_administrator']
const ofDepartment: readonly Role[] = ['inspector', 'team_lead', 'department_administrator']
const grants: Readonly<Record<string, readonly Role[]>> = {
  department_administrator: ofDepartment,
  joint_office: [...ofDepartment, 'joint_office', 'auditor'],
  system_administrator: roles,
}

/** The roles that a form offers; the server decides. */
export const grantable = (own: readonly string[]): Role[] => roles.filter((role) => own.some((mine) => grants[mine]?.includes(role)))

/** Whether the administrator may choose a department, or has his own only. */
export const choosesDepartment = (own: readonly string[]) => own.some((role) => role === 'joint_office' || role === 'system_administrator')
export const needsDepartment = (chosen: readonly Role[]) => chosen.some((role) => ofDepartment.includes(role))
