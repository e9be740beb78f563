import { shallowRef, type ShallowRef } from 'vue'

/** What a change is about, as the server tells it; which rows changed is asked for. */
export type Topic = 'accounts' | 'calendar' | 'catalogue' | 'departments' | 'draws' | 'follow_ups' | 'inbox' | 'inspections' | 'messages' | 'plans' | 'publication' | 'people' | 'settings' | 'targets'

/** `off`: nobody follows, or the page is in the background. `cut`: the connection is being looked for. */
export type LiveState = 'off' | 'on' | 'cut'

export interface Live {
  readonly state: ShallowRef<LiveState>
  start(): void
  stop(): void
  /** Runs `run` when something of these topics has changed; answers how to stop listening. */
  listen(topics: readonly Topic[], run: () => void): () => void
  /** The page came to the front, or went away. */
  shown(visible: boolean): void
}

/** What is used of an EventSource. */
export interface Source {
  readonly readyState: number
  addEventListener(type: 'changed', run: (event: { data: string; lastEventId: string }) => void): void
  addEventListener(type: 'error', run: () => void): void
  close(): void
}

export interface LiveOptions {
  open: (url: string) => Source
  /** The server refused the stream: is there still a session? */
  refused?: () => void
}

const CLOSED = 2
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 60_000
/** A browser opens six connections a host: a page that nobody looks at lets go of its own. */
const BACKGROUND_MS = 30_000

/** Follows the server's changes. A cut is bridged by the browser; where it gives up, we come back with the position. */
export function createLive({ open, refused }: LiveOptions): Live {
  const state: ShallowRef<LiveState> = shallowRef<LiveState>('off')
  const listeners = new Set<{ topics: ReadonlySet<string>; run: () => void }>()
  let source: Source | null = null
  let position = ''
  let wanted = false
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect() {
    clearTimeout(timer)
    if (source || !wanted) return
    const mine = source = open(position ? `/api/live?after=${position}` : '/api/live')
    mine.addEventListener('changed', ({ data, lastEventId }) => {
      position = lastEventId
      state.value = 'on'
      wait = FIRST_WAIT_MS
      const topics = JSON.parse(data) as string[]
      for (const each of [...listeners]) if (topics.some((topic) => each.topics.has(topic))) each.run()
    })
    mine.addEventListener('error', () => {
      if (source !== mine) return
      state.value = 'cut'
      if (mine.readyState !== CLOSED) return
      source = null
      refused?.()
      timer = setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
  }
  function letGo() {
    clearTimeout(timer)
    source?.close()
    source = null
    state.value = 'off'
  }

  return {
    state,
    start() { wanted = true; connect() },
    stop() { wanted = false; position = ''; letGo() },
    listen(topics, run) {
      const listener = { topics: new Set<string>(topics), run }
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    shown(visible) {
      clearTimeout(timer)
      if (visible) connect()
      else if (wanted) timer = setTimeout(letGo, BACKGROUND_MS)
    },
  }
}
