import type { SaveTarget, TargetDetail, TargetRow } from '@/api/registry'
import type { Text } from '../t'

export const kinds = ['enterprise', 'individual_business', 'cooperative', 'product', 'project', 'behaviour'] as const
export const statuses = ['operating', 'deregistered', 'revoked', 'moved', 'gone'] as const
export const classes = ['A', 'B', 'C', 'D'] as const
export const answersForItself = (kind: string) => ['enterprise', 'individual_business', 'cooperative'].includes(kind)

/** A status never by colour alone. */
export const statusLook = { operating: { tone: 'good', icon: 'check' }, deregistered: { tone: 'calm', icon: 'cross' }, revoked: { tone: 'bad', icon: 'warning' }, moved: { tone: 'attention', icon: 'forward' }, gone: { tone: 'attention', icon: 'warning' } } as const

/** A class or status as a reader says it; a class is its own word. */
export const standingText = (aspect: string, value: string): Text | null => aspect === 'status' ? `target_status.${value}` as Text : null

/** What a form begins with: the target as it is, or nothing. */
export function formOf(detail: TargetDetail | null): SaveTarget {
  const row: Partial<TargetRow> = detail?.target ?? {}
  return {
    name: row.name ?? '', kind: row.kind ?? 'enterprise', address: row.address ?? '',
    industry: { code: row.industry?.code ?? '', name: row.industry?.name ?? '' },
    status: row.status ?? 'operating', credit_risk_class: row.credit_risk_class ?? 'B',
    credit_code: row.credit_code ?? '', registration_number: row.registration_number ?? '',
    legal_representative: detail?.legal_representative ?? '', position: detail?.position ?? null,
    responsible_id: detail?.responsible?.id ?? null, reason: '',
  }
}

/** The form as it is sent: what is empty is absent, and only what does not answer for itself names an entity. */
export function sentOf(form: SaveTarget): SaveTarget {
  const some = (value: string | null | undefined) => value?.trim() || null
  return {
    ...form, credit_code: some(form.credit_code), registration_number: some(form.registration_number),
    legal_representative: some(form.legal_representative), reason: some(form.reason),
    responsible_id: answersForItself(form.kind) ? null : form.responsible_id ?? null,
  }
}

/** Whether saving asks for a reason: status or class are no longer what they were. */
export const needsReason = (form: SaveTarget, detail: TargetDetail | null) => detail !== null
  && (form.status !== detail.target.status || form.credit_risk_class !== detail.target.credit_risk_class)

/** Tags out of what somebody typed: parted by spaces, commas, enumeration commas; each once. */
export const tagsOf = (text: string) => [...new Set(text.split(/[\s,\uff0c\u3001]+/).filter(Boolean))]
