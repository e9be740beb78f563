import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type Notification = Schemas['NotificationView']
export type NotificationKind = Notification['kind']

/** One's own inbox. Marking answers which rows changed: what it takes to undo. */
export function inboxOperations(call: Call) {
  return {
    listInbox: (unread: boolean, cursor: string | null = null) => call<Page<Notification>>('GET', '/api/inbox', { query: { unread: unread ? 'true' : null, cursor } }),
    countInbox: () => call<{ unread: number }>('GET', '/api/inbox/unread-count'),
    markRead: (ids: readonly string[]) => call<{ ids: string[] }>('PUT', '/api/inbox/read', { body: { ids } }),
    markUnread: (ids: readonly string[]) => call<{ ids: string[] }>('PUT', '/api/inbox/unread', { body: { ids } }),
    markAllRead: (newestId: string) => call<{ ids: string[] }>('PUT', '/api/inbox/all-read', { body: { newest_id: newestId } }),
  }
}
