import { ref } from 'vue'

/** A newer version of the app is on this phone and waits for the next quiet start. */
export const newVersionWaits = ref(false)

/**
 * Makes the app work without a network, and takes a waiting update, but only now, at the start,
 * while nothing is being filled in (`quiet`). It never replaces files under an inspector's hands.
 */
export async function keepForOffline(quiet: boolean): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const registration = await navigator.serviceWorker.register('/app/sw.js', { scope: '/app/', updateViaCache: 'none' })
  if (registration.waiting && quiet) {
    navigator.serviceWorker.addEventListener('controllerchange', () => { location.reload() }, { once: true })
    registration.waiting.postMessage('take-over')
  }
  const look = () => { newVersionWaits.value = Boolean(registration.waiting) }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  look()
}

/** Mark of the version kept for offline use; null while there is none. */
export async function keptVersion(): Promise<string | null> {
  if (typeof caches === 'undefined') return null
  const name = (await caches.keys()).find((each) => each.startsWith('palmcheck-field-'))
  return name?.replace('palmcheck-field-', '').slice(0, 8) ?? null
}
