import { createApp, effectScope } from 'vue'
import { createApi } from '@/api'
import { createClient } from '@/api/client'
import { createDesk, DESK, type Desk } from '@/console/session'
import { createFakeApi, type FakeApi } from './fakeApi'

/** A storage like the browser's; `full` makes it refuse to keep anything. */
export function memoryStorage({ full = false } = {}): Storage {
  const kept = new Map<string, string>()
  return {
    get length() { return kept.size },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (at) => [...kept.keys()][at] ?? null,
    removeItem: (key) => { kept.delete(key) },
    setItem: (key, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}

/** Runs `setup` as a component of somebody who sits at a desk before the fake server. */
export async function atDesk<T>(username: string, setup: () => T): Promise<{ value: T; desk: Desk; fake: FakeApi }> {
  const fake = createFakeApi({ signedIn: username })
  const desk = createDesk(createApi(createClient({ fetch: fake.fetch, language: () => 'zh-CN' })))
  await desk.known()
  const app = createApp({}).provide(DESK, desk)
  const value = effectScope(true).run(() => app.runWithContext(setup)) as T
  return { value, desk, fake }
}
