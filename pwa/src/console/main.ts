import { createApp, shallowRef, watch } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './console.css'
import { createApi } from '@/api'
import { createClient } from '@/api/client'
import type { Me } from '@/api/types'
import { language } from '@/messages/t'
import App from './App.vue'
import { createLive } from './live/live'
import { LIVE } from './live/useLive'
import { consoleRouter } from './router'
import { createDesk, DESK } from './session'

const me = shallowRef<Me | null>(null)
const call = createClient({ fetch: window.fetch.bind(window), language: () => language.value, onSignedOut: () => { me.value = null } })
const desk = createDesk(createApi(call), me)
const router = consoleRouter(desk)

// A session that ends while a screen is open leads to the door, and back to the same screen afterwards.
watch(me, (now, before) => {
  const here = router.currentRoute.value
  if (!now && before && !here.meta.open) void router.push({ name: 'sign-in', query: { next: here.fullPath } })
})

// A stream that the server refuses may be the first to know that the session is over.
const live = createLive({ open: (url) => new EventSource(url), refused: () => { if (me.value) void desk.api.readMe().catch(() => undefined) } })
watch(me, (now) => { if (now) live.start(); else live.stop() }, { immediate: true })
document.addEventListener('visibilitychange', () => live.shown(document.visibilityState === 'visible'))
window.addEventListener('online', () => live.shown(true))

document.documentElement.lang = language.value
createApp(App).use(router).provide(DESK, desk).provide(LIVE, live).mount('#app')
