import type { Permission } from '../session'
import type { Text } from '../t'

/** One screen of the administration. Whoever adds a screen adds it here; the menu and the start page follow. */
export interface AdminPlace { readonly name: string; readonly label: Text; readonly what: Text; readonly needs: Permission }

export const adminPlaces: readonly AdminPlace[] = [
  { name: 'accounts', label: 'admin.accounts', what: 'admin.accounts_what', needs: 'account.read' },
  { name: 'devices', label: 'admin.devices', what: 'admin.devices_what', needs: 'device.read' },
  { name: 'clients', label: 'admin.clients', what: 'admin.clients_what', needs: 'token.administer' },
  { name: 'settings', label: 'admin.settings', what: 'admin.settings_what', needs: 'setting.read' },
  { name: 'calendar', label: 'admin.calendar', what: 'admin.calendar_what', needs: 'setting.read' },
  { name: 'departments', label: 'admin.departments', what: 'admin.departments_what', needs: 'jurisdiction.read' },
]
