/** The page around the engine, made of the browser's own objects, which the caller hands in. */
import type { DeviceStorage, Surroundings, TabMessage } from './types'

const CHANNEL = 'palmcheck-offline'

/** The parts of `window`, `document` and `navigator` that are used. */
export interface Page {
  readonly window: EventTarget
  readonly document: EventTarget & { readonly visibilityState: string }
  readonly navigator: { readonly onLine: boolean; readonly storage?: DeviceStorage }
}

function on(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}

/** Surroundings of a real page: `browserSurroundings({ window, document, navigator })`. */
export function browserSurroundings(page: Page): Surroundings {
  const channel = new BroadcastChannel(CHANNEL)
  return {
    isOnline: () => page.navigator.onLine,
    onOnlineChange(listener) {
      const stops = [
        on(page.window, 'online', () => listener(true)),
        on(page.window, 'offline', () => listener(false)),
      ]
      return () => stops.forEach((stop) => stop())
    },
    onReturn(listener) {
      const stops = [
        on(page.window, 'focus', listener),
        on(page.document, 'visibilitychange', () => {
          if (page.document.visibilityState === 'visible') listener()
        }),
      ]
      return () => stops.forEach((stop) => stop())
    },
    onLeave: (listener) =>
      on(page.document, 'visibilitychange', () => {
        if (page.document.visibilityState === 'hidden') listener()
      }),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    tellTabs: (message) => channel.postMessage(message),
    onTabMessage(listener) {
      const hear = (event: MessageEvent<TabMessage>): void => listener(event.data)
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
    storage: page.navigator.storage ?? null,
  }
}
