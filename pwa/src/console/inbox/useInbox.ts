import { ref, shallowRef, type Ref } from 'vue'
import type { Notification } from '@/api/inbox'
import { problemOf, type Problem } from '@/api/problem'
import { theDesk } from '../session'
import { useLoaded } from '../useLoaded'

/** One's inbox as far as it is listed. What is marked shows at once, and is taken back if the server refuses. */
export function useInbox(unread: Ref<boolean>) {
  const { api } = theDesk()
  const pages = ref(1)
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const undo = shallowRef<readonly string[]>([])
  const { state, reload, put } = useLoaded(async () => {
    let page = await api.listInbox(unread.value)
    const items = [...page.items]
    for (let at = 1; at < pages.value && page.next !== null; at += 1) {
      page = await api.listInbox(unread.value, page.next)
      items.push(...page.items)
    }
    return { items, next: page.next }
  }, () => { pages.value = 1; return unread.value }, ['inbox'])

  const shown = (ids: readonly string[], readAt: string | null) => {
    if (state.value.at !== 'loaded') return
    put({ ...state.value.value, items: state.value.value.items.map((each) => ids.includes(each.id) ? { ...each, read_at: readAt } : each) })
  }
  async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    problem.value = null
    return question().catch((fault: unknown) => { problem.value = problemOf(fault); void reload(); return undefined }).finally(() => { busy.value = false })
  }
  async function mark(row: Notification, read: boolean): Promise<void> {
    if ((row.read_at !== null) === read) return
    shown([row.id], read ? new Date().toISOString() : null)
    await ask(() => read ? api.markRead([row.id]) : api.markUnread([row.id]))
  }
  async function markAll(): Promise<void> {
    const newest = state.value.at === 'loaded' ? state.value.value.items[0] : undefined
    if (!newest) return
    const marked = await ask(() => api.markAllRead(newest.id))
    if (!marked) return
    undo.value = marked.ids
    await reload()
  }
  async function takeBack(): Promise<void> {
    const done = await ask(() => api.markUnread(undo.value))
    if (!done) return
    undo.value = []
    await reload()
  }
  async function goOn(): Promise<void> {
    pages.value += 1
    await ask(reload)
  }
  return { state, reload, busy, problem, undo, mark, markAll, takeBack, goOn }
}
