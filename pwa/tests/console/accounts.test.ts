import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { choosesDepartment, grantable, needsDepartment, roles } from '@/console/admin/accounts/roles'
import en from '@/messages/console.en.json'
import zh from '@/messages/console.zh-CN.json'

describe('the roles that a form offers', () => {
  it('are a department’s own for its administrator, all for the system’s', () => {
    expect(grantable(['department_administrator'])).toEqual(['inspector', 'team_lead', 'department_administrator'])
    expect(grantable(['joint_office'])).not.toContain('system_administrator')
    expect(grantable(['system_administrator'])).toEqual(roles)
    expect(grantable(['inspector', 'auditor'])).toEqual([])
  })
  it('ask for a department where the role belongs to one', () => {
    expect(needsDepartment(['auditor'])).toBe(false)
    expect(needsDepartment(['auditor', 'team_lead'])).toBe(true)
    expect(choosesDepartment(['department_administrator'])).toBe(false)
    expect(choosesDepartment(['joint_office'])).toBe(true)
  })
  it('are exactly those of the API, each with its name', () => {
    const document = JSON.parse(readFileSync(new URL('../../../schemas/openapi.json', import.meta.url), 'utf8')) as { components: { schemas: { OpenAccount: { properties: { roles: { items: { enum: string[] } } } } } } }
    const named = document.components.schemas.OpenAccount.properties.roles.items.enum
    expect([...named].sort()).toEqual([...roles].sort())
    for (const role of roles) expect([zh[`role.${role}`], en[`role.${role}`]]).not.toContain(undefined)
  })
})
