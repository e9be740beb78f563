import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import { language } from '@/messages/t'
import { browserSurroundings, createEngine } from '@/offline'
import App from './App.vue'
import { takeWayBack } from './resume'
import { fieldRouter } from './router'
import { keepForOffline } from './serviceWorker'
import { textsReady } from './t'
import { ENGINE } from './useEngine'

const engine = createEngine({
  surroundings: browserSurroundings({ window, document, navigator }),
  locks: 'locks' in navigator ? navigator.locks : null,
})
const router = fieldRouter(engine)

document.documentElement.lang = language.value
void start()

/** Back to where the camera ended the page; such a start is not quiet. Without a worker the app still works online. */
async function start(): Promise<void> {
  await textsReady()
  createApp(App).use(router).provide(ENGINE, engine).mount('#app')
  const wayBack = await takeWayBack().catch(() => null)
  await router.isReady()
  if (wayBack) await router.replace(wayBack)
  await keepForOffline(wayBack === null).catch(() => undefined)
}
