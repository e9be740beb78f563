import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope } from 'vue'
import { createLive, type Source } from '@/console/live/live'
import { LIVE, useLive } from '@/console/live/useLive'
import { useLoaded } from '@/console/useLoaded'

type Heard = (event: { data: string; lastEventId: string }) => void

class FakeSource implements Source {
  readyState = 1
  private run: Heard | undefined
  private failed: (() => void) | undefined
  constructor(readonly url: string) {}
  addEventListener(type: 'changed' | 'error', run: Heard | (() => void)) {
    if (type === 'error') this.failed = run as () => void
    else this.run = run
  }
  close() { this.readyState = 2 }
  tell(id: number, ...topics: string[]) { this.run?.({ data: JSON.stringify(topics), lastEventId: String(id) }) }
  fail(forGood: boolean) { this.readyState = forGood ? 2 : 0; this.failed?.() }
}

function followed() {
  const sources: FakeSource[] = []
  const refused = vi.fn()
  const live = createLive({ open: (url) => { const made = new FakeSource(url); sources.push(made); return made }, refused })
  live.start()
  return { live, sources, refused, last: () => { const source = sources.at(-1); if (!source) throw new Error('nothing is open'); return source } }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

describe('following what changes', () => {
  it('tells those who listen to a topic, and nobody else', () => {
    const { live, last } = followed()
    const [visits, inbox] = [vi.fn(), vi.fn()]
    live.listen(['inspections'], visits)
    const stop = live.listen(['inbox', 'draws'], inbox)
    last().tell(7, 'inspections', 'targets')
    stop()
    last().tell(8, 'inbox')
    expect([visits.mock.calls.length, inbox.mock.calls.length]).toEqual([1, 0])
  })

  it('leaves a short cut to the browser, and comes back with its position where the browser gives up', () => {
    const { live, sources, refused, last } = followed()
    last().tell(41, 'inbox')
    last().fail(false)
    expect([live.state.value, sources.length, refused.mock.calls.length]).toEqual(['cut', 1, 0])
    last().fail(true)
    expect(refused).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(2000)
    expect(last().url).toBe('/api/live?after=41')
    last().fail(true)
    vi.advanceTimersByTime(3999)
    expect(sources.length).toBe(2)
    vi.advanceTimersByTime(1)
    expect(sources.length).toBe(3)
    last().tell(42)
    expect(live.state.value).toBe('on')
  })

  it('lets go in the background after a while, and asks for what it missed on coming back', () => {
    const { live, sources, last } = followed()
    last().tell(5)
    live.shown(false)
    vi.advanceTimersByTime(29_000)
    live.shown(true)
    expect(sources.length).toBe(1)
    live.shown(false)
    vi.advanceTimersByTime(30_000)
    expect([sources[0]?.readyState, live.state.value]).toEqual([2, 'off'])
    live.shown(true)
    expect(last().url).toBe('/api/live?after=5')
  })

  it('forgets where it stood when somebody else signs in', () => {
    const { live, last } = followed()
    last().tell(5)
    live.stop()
    live.start()
    expect(last().url).toBe('/api/live')
  })
})

describe('a screen that follows', () => {
  function screen<T>(live: ReturnType<typeof followed>['live'], setup: () => T) {
    const scope = effectScope(true)
    return { value: scope.run(() => createApp({}).provide(LIVE, live).runWithContext(setup)) as T, scope }
  }

  it('asks again once for many changes, and not after it is gone', () => {
    const { live, last } = followed()
    const run = vi.fn()
    const { scope } = screen(live, () => useLive(['inspections'], run))
    for (let at = 0; at < 20; at += 1) last().tell(at, 'inspections')
    vi.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledOnce()
    last().tell(30, 'inspections')
    vi.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(2000)
    expect(run).toHaveBeenCalledTimes(2)
    scope.stop()
    last().tell(31, 'inspections')
    vi.advanceTimersByTime(9000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('keeps what it shows when asking again fails', async () => {
    const { live, last } = followed()
    const load = vi.fn().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('cut')).mockResolvedValue(2)
    const { value } = screen(live, () => useLoaded<number>(load, undefined, ['draws']))
    await vi.advanceTimersByTimeAsync(0)
    last().tell(1, 'draws')
    await vi.advanceTimersByTimeAsync(4000)
    expect(load).toHaveBeenCalledTimes(2)
    expect(value.state.value).toEqual({ at: 'loaded', value: 1 })
    last().tell(2, 'draws')
    await vi.advanceTimersByTimeAsync(4000)
    expect(value.state.value).toEqual({ at: 'loaded', value: 2 })
  })
})
