import type { InspectionTarget } from '@/api/types'

/** GB 32100-2015: 9 is the market regulator's register, the second character the kind of entity there. */
const BY_CODE: Readonly<Record<string, string>> = { 91: 'enterprise', 92: 'individual_business', 93: 'cooperative' }

/** The kind that the checklist's rules ask for; read from the credit code where the API does not say it. */
export function targetKind(target: Pick<InspectionTarget, 'kind' | 'credit_code'>): string {
  return target.kind ?? BY_CODE[(target.credit_code ?? '').slice(0, 2)] ?? 'enterprise'
}
