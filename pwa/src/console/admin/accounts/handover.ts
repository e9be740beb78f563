import type { AccountImport } from '@/api/accounts'
import { t } from '../../t'

/** A cell of a CSV; what a spreadsheet would take for a formula stays text. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The opened accounts with their one-time passwords as the address of a CSV that spreadsheets read as UTF-8. */
export function handoverSheet(rows: AccountImport['opened_rows']): string {
  const head = [t('accounts.name'), t('accounts.username'), t('accounts.one_time')]
  const lines = [head, ...rows.map((row) => [row.display_name, row.username, row.one_time_password])]
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`)}`
}
