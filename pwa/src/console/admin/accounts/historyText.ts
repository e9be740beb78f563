import type { AccountFieldChange } from '@/api/accounts'
import { t, texts } from '../../t'

const labels = { display_name: 'accounts.name', roles: 'accounts.roles', department: 'accounts.department', inspector: 'accounts.inspector', status: 'accounts.status' } as const

export const fieldText = (change: AccountFieldChange) => t(labels[change.field])

/** What a field held, in words; a name's words are kept nowhere. */
export function valueText(change: AccountFieldChange, values: readonly string[]): string {
  if (change.field === 'roles') return values.map((role) => texts(`role.${role}`) ?? role).join(t('list.comma'))
  if (change.field === 'status') return values.map((status) => texts(`account_status.${status}`) ?? status).join(t('list.comma')) || t('accounts.was_ended')
  return values.join(t('list.comma')) || t('none')
}

export const eventText = (name: string) => texts(`event.${name}`) ?? name
