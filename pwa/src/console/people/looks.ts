import type { Expert, Inspector, InspectorDetail, PersonVersion, SaveExpert, SaveInspector } from '@/api/people'

export const staffKinds = ['enforcement', 'qualified', 'daily_supervision'] as const
export const serviceStatuses = ['active', 'transferred', 'retired'] as const
export const reviewStates = ['changed', 'refused', 'reviewed'] as const
export const reasonsAgainst = ['left', 'staff_kind', 'certificate_expired', 'not_reviewed'] as const
export const expertKinds = ['testing', 'audit', 'consulting', 'institute', 'person'] as const
export const expertStatuses = ['active', 'ended'] as const
export const trainingResults = ['passed', 'failed', 'attended'] as const
export const WARNED_DAYS = 60

/** A state never by colour alone. */
export const drawableLook = { yes: { tone: 'good', icon: 'check' }, no: { tone: 'attention', icon: 'warning' } } as const
export const reviewLook = { changed: { tone: 'attention', icon: 'half' }, refused: { tone: 'bad', icon: 'cross' }, reviewed: { tone: 'good', icon: 'check' } } as const

const dayAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** How a certificate stands on a day. */
export function certificateStands(expiresOn: string, today: string): 'expired' | 'expiring' | 'valid' {
  if (expiresOn < today) return 'expired'
  return expiresOn <= dayAfter(today, WARNED_DAYS) ? 'expiring' : 'valid'
}

/** What a form begins with: the inspector as he is, or nothing. */
export function formOf(detail: InspectorDetail | null, departmentId: string): SaveInspector & { words: string } {
  const row: Partial<Inspector> = detail?.inspector ?? {}
  return {
    department_id: row.department_id ?? departmentId, name: row.name ?? '', post: row.post ?? '', unit: row.unit ?? '',
    staff_kind: row.staff_kind ?? 'enforcement', certificate_number: row.certificate_number ?? '',
    certificate_expires_on: row.certificate_expires_on ?? '', qualification: row.qualification ?? '',
    expertise: [], region: row.region ?? '', version: row.version ?? null, words: (row.expertise ?? []).join(' '),
  }
}

/** Words out of what somebody typed: parted by spaces and commas of both kinds; each once. */
export const wordsOf = (text: string) => [...new Set(text.split(/[\s,;\uff0c\u3001\uff1b]+/).filter(Boolean))]

export function expertFormOf(row: Expert | null, departmentId: string): SaveExpert {
  return {
    department_id: row?.department_id ?? departmentId, kind: row?.kind ?? 'testing', name: row?.name ?? '', field: row?.field ?? '',
    credit_code: row?.credit_code ?? '', qualification: row?.qualification ?? '', contact: row?.contact ?? '',
    valid_until: row?.valid_until ?? '', status: row?.status ?? 'active', version: row?.version ?? null,
  }
}

/** What a change changed: each field with what it was and what it is. The first version has nothing before it. */
export function differences(now: PersonVersion, before: PersonVersion | undefined): { field: string; before: string; after: string }[] {
  const say = (value: unknown) => Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : ''
  return Object.keys(now.row)
    .map((field) => ({ field, before: say(before?.row[field]), after: say(now.row[field]) }))
    .filter((each) => each.before !== each.after)
}
