/** The inbox on the phone: the newest rows are kept, and what was read here is told to the server later. */
import { timestamp } from './clock'
import type { Core } from './core'
import { isSignedOut } from './http'
import { NetworkError } from './problems'
import { THIS, type InboxRow } from './rows'
import type { InboxItem, InboxView } from './types'
import type { NewestOfInbox } from './wire'

const EMPTY: InboxRow = { key: THIS, version: '', unread: 0, items: [], marks: {} }

/** Tells what was read here, then takes what is new. Only a session that is over is thrown: the work goes on without. */
export async function syncInbox(core: Core): Promise<void> {
  try {
    await tellMarks(core)
    await takeNewest(core)
  } catch (error) {
    if (isSignedOut(error)) throw error
  }
}

/** Marks rows as read, or takes that back; shown at once, also without a connection. */
export async function markInbox(core: Core, ids: readonly string[], read: boolean): Promise<void> {
  await core.db.write(['inbox'], async (tx) => {
    const kept = (await tx.get('inbox', THIS)) ?? EMPTY
    await tx.put('inbox', { ...kept, marks: { ...kept.marks, ...Object.fromEntries(ids.map((id) => [id, read])) } })
  })
}

/** The inbox as the inspector sees it: the server's word, and on it what he did here. */
export function inboxView(kept: InboxRow | null): InboxView {
  const { items, marks, unread } = kept ?? EMPTY
  const shown = items.map(({ read_at, ...item }): InboxItem => ({ ...item, unread: !(marks[item.id] ?? read_at !== null) }))
  const before = items.filter(({ read_at }) => read_at === null).length
  const now = shown.filter((item) => item.unread).length
  return { items: shown, unread: Math.max(0, unread - before + now) }
}

async function tellMarks(core: Core): Promise<void> {
  const told = core.mirror.inbox?.marks ?? {}
  for (const read of [true, false]) {
    const ids = Object.keys(told).filter((id) => told[id] === read)
    if (ids.length > 0) await core.inSession.json('PUT', read ? '/api/inbox/read' : '/api/inbox/unread', JSON.stringify({ ids }))
  }
  if (Object.keys(told).length > 0) await settle(core, told)
}

/** The server knows these marks now; one that changed meanwhile stays to be told. */
async function settle(core: Core, told: InboxRow['marks']): Promise<void> {
  const at = timestamp(core.now())
  await core.db.write(['inbox'], async (tx) => {
    const kept = await tx.get('inbox', THIS)
    if (!kept) return
    const marks = Object.fromEntries(Object.entries(kept.marks).filter(([id, read]) => told[id] !== read))
    const items = kept.items.map((item) => (told[item.id] === undefined ? item : { ...item, read_at: told[item.id] ? at : null }))
    const unread = inboxView({ ...kept, marks: told }).unread
    await tx.put('inbox', { ...kept, marks, items, unread })
  })
}

async function takeNewest(core: Core): Promise<void> {
  const known = core.mirror.inbox?.version ?? ''
  const query = known === '' ? '' : `?known=${encodeURIComponent(known)}`
  const newest = newestIn(await core.inSession.json('GET', `/api/inbox/newest${query}`))
  const { version, unread, items } = newest
  if (version === known && items === null && core.mirror.inbox?.unread === unread) return
  await core.db.write(['inbox'], async (tx) => {
    const kept = (await tx.get('inbox', THIS)) ?? EMPTY
    await tx.put('inbox', { ...kept, version, unread, items: items ?? kept.items })
  })
}

function newestIn(body: unknown): NewestOfInbox {
  const newest = body as Partial<NewestOfInbox> | null
  if (typeof newest?.version !== 'string' || typeof newest.unread !== 'number') throw new NetworkError('no inbox')
  return { version: newest.version, unread: newest.unread, items: newest.items ?? null }
}
