import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserSurroundings } from '../../src/offline'

class FakeDocument extends EventTarget {
  visibilityState = 'visible'
}

const page = () => ({ window: new EventTarget(), document: new FakeDocument(), navigator: { onLine: true } })
let here: ReturnType<typeof page>
let heard: unknown[]
beforeEach(() => {
  here = page()
  heard = []
})
const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

describe('the browser around the engine', () => {
  it('tells of online and offline until stopped', () => {
    const stop = browserSurroundings(here).onOnlineChange((online) => heard.push(online))
    here.window.dispatchEvent(new Event('online'))
    here.window.dispatchEvent(new Event('offline'))
    stop()
    here.window.dispatchEvent(new Event('online'))
    expect(heard).toEqual([true, false])
  })

  it('tells when the page comes back, not when it goes', () => {
    stops.push(browserSurroundings(here).onReturn(() => heard.push('back')))
    here.window.dispatchEvent(new Event('focus'))
    here.document.dispatchEvent(new Event('visibilitychange'))
    here.document.visibilityState = 'hidden'
    here.document.dispatchEvent(new Event('visibilitychange'))
    expect(heard).toEqual(['back', 'back'])
  })

  it('carries messages to the other tabs, not to its own', async () => {
    const [one, other] = [browserSurroundings(here), browserSurroundings(page())]
    stops.push(one.onTabMessage(() => heard.push('own')))
    await new Promise<void>((resolve) => {
      stops.push(other.onTabMessage((message) => resolve(void heard.push(message))))
      one.tellTabs('changed')
    })
    expect(heard).toEqual(['changed'])
  })

  it('knows no storage where the browser tells nothing of it', () => {
    expect(browserSurroundings(here).storage).toBeNull()
  })

  it('runs a timer once, unless it is stopped', async () => {
    const around = browserSurroundings(here)
    around.after(1, () => heard.push('stopped'))()
    await new Promise<void>((resolve) => void around.after(5, resolve))
    expect(heard).toEqual([])
  })
})
