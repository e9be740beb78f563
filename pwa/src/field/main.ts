import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import { language } from '@/messages/t'
import { browserSurroundings, createEngine } from '@/offline'
import App from './App.vue'
import { takeWayBack } from './resume'
import { fieldRouter } from './router'
import { keepForOffline } from './serviceWorker'
import { ENGINE } from './useEngine'

const engine = createEngine({
  surroundings: browserSurroundings({ window, document, navigator }),
  locks: 'locks' in navigator ? navigator.locks : null,
})
const router = fieldRouter(engine)
const wayBack = takeWayBack()

document.documentElement.lang = language.value
createApp(App).use(router).provide(ENGINE, engine).mount('#app')
if (wayBack) void router.isReady().then(() => router.replace(wayBack))

// A start that leads back into a filled-in page is not quiet. Without a worker the app still works online.
void keepForOffline(wayBack === null).catch(() => undefined)
