import { createApp, shallowRef, watch } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './console.css'
import { createApi } from '@/api'
import { createClient } from '@/api/client'
import type { Me } from '@/api/types'
import { language } from '@/messages/t'
import App from './App.vue'
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

document.documentElement.lang = language.value
createApp(App).use(router).provide(DESK, desk).mount('#app')
