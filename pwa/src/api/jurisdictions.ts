import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type Setting = Schemas['SettingView']
export type SettingValue = Setting['value']
export type SettingChange = Schemas['SettingChange']
export type CalendarYear = Schemas['CalendarYear']
export type CalendarVersion = Schemas['CalendarVersionView']
export type CalendarDay = Schemas['DayView']
export type CalendarFile = Schemas['CalendarFile']
export type TreeNode = Schemas['TreeNode']
export type DepartmentView = Schemas['DepartmentView']
export type Responsible = Schemas['Responsible']
export type ResponsibleChange = Schemas['ResponsibleChange']

const base = '/api/jurisdictions'
const id = encodeURIComponent

/** Settings, calendar and departments. A change names the `version` that it was made from; `place`: one below, to read. */
export function jurisdictionsApi(call: Call) {
  return {
    listSettings: (place: string | null = null) => call<Page<Setting>>('GET', `${base}/settings`, { query: { jurisdiction_id: place } }),
    listSettingChanges: (key: string, cursor: string | null = null, place: string | null = null) =>
      call<Page<SettingChange>>('GET', `${base}/settings/${id(key)}/history`, { query: { cursor, jurisdiction_id: place } }),
    changeSetting: (key: string, version: number, value: SettingValue, reason: string) => call<Setting>('PUT', `${base}/settings/${id(key)}`, { version, body: { value, reason } }),
    readWorkingDays: (year: number, place: string | null = null) => call<CalendarYear>('GET', `${base}/working-days`, { query: { year: String(year), jurisdiction_id: place } }),
    changeWorkingDays: (version: number, changes: readonly CalendarDay[], reason: string) => call<CalendarYear>('PUT', `${base}/working-days`, { version, body: { changes, reason } }),
    readWorkingDayFile: (file: Blob) => call<CalendarFile>('POST', `${base}/working-days/files`, { file }),
    readTree: () => call<{ items: TreeNode[] }>('GET', `${base}/tree`),
    listResponsibleChanges: (departmentId: string, cursor: string | null = null) => call<Page<ResponsibleChange>>('GET', `${base}/departments/${id(departmentId)}/history`, { query: { cursor } }),
    nameResponsible: (departmentId: string, version: number, people: Responsible) => call<DepartmentView>('PUT', `${base}/departments/${id(departmentId)}/responsible`, { version, body: people }),
  }
}
